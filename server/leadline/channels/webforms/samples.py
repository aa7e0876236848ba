"""What a form tool sends, shown field by field, so that a person can say where each answer goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from leadline.capture import queries as capture
from leadline.capture.models import Connection
from leadline.channels.webforms import bodies, tools
from leadline.channels.webforms.filled import Filled
from leadline.channels.webforms.mapping import Place, places
from leadline.channels.webforms.said import CHANNELS, read
from leadline.kit.errors import Invalid, LeadlineError, NotFound
from leadline.kit.sentences import say
from leadline.workspaces.actor import Actor


@dataclass(frozen=True, kw_only=True)
class Sample:
    """The answers of one delivery and where each would go; empty when nothing has come yet."""

    tool: str = ""
    received_at: datetime | None = None
    places: Sequence[Place] = field(default_factory=tuple)


def newest(actor: Actor, connection_id: UUID) -> Sample:
    """What the tool sent last, under the mapping as it is saved."""
    hook = _hook(actor, connection_id)
    submission = capture.newest_of(actor, hook.id)
    if submission is None:
        return Sample()
    try:
        tool, filled = read(submission)
    except LeadlineError:
        return Sample(received_at=submission.received_at)
    return Sample(tool=tool, received_at=submission.received_at, places=_places(hook, filled))


def pasted(actor: Actor, connection_id: UUID, body: str) -> Sample:
    """A sample somebody pasted, JSON or form-encoded; nothing is stored."""
    hook = _hook(actor, connection_id)
    kind = "application/json" if body.lstrip()[:1] in ("{", "[") else "application/x-www-form-urlencoded"
    tool, filled = tools.read(bodies.read(body.encode(), kind), str(hook.settings.get("tool", "auto")))
    if not filled or not filled[0].answers:
        raise Invalid(say("There are no form fields in this sample."), field="body")
    return Sample(tool=tool, places=_places(hook, filled))


def _places(hook: Connection, filled: Sequence[Filled]) -> list[Place]:
    return places(filled[0], dict(hook.settings.get("mapping") or {})) if filled else []


def _hook(actor: Actor, connection_id: UUID) -> Connection:
    hook = capture.connection(actor, connection_id)
    if hook.channel not in CHANNELS:
        raise NotFound("There is no form with this id.")
    return hook
