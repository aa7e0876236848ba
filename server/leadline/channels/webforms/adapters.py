"""How submissions of forms are understood: own forms and the webhooks of form tools."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from leadline.capture.models import Submission
from leadline.capture.ports import NotUnderstood, Taken, Understood
from leadline.channels.webforms import bodies, tools
from leadline.channels.webforms.forms import Form
from leadline.channels.webforms.inquiries import Setting, inquiry_of
from leadline.kit.sentences import say, word
from leadline.workspaces.actor import Actor

OWN_FORM = "form"
FORM_HOOK = "form_hook"
INCOMPLETE = word("Incomplete: there is neither an e-mail address nor a phone number in it.")


class FormAdapter:
    """Understands what came through one kind of form door; files nothing beyond people and leads."""

    def __init__(self, channel: str) -> None:
        self.channel = channel

    def understand(self, submission: Submission) -> Understood:
        """The inquiries in the body; one without address and number is incomplete."""
        setting = setting_of(submission)
        tool = str(_settings(submission).get("tool", "auto"))
        if self.channel == OWN_FORM:
            tool = "generic"
        body = bodies.read(bytes(submission.body), submission.content_type)
        _, filled = tools.read(body, tool)
        found = [inquiry_of(one, setting, one.key or submission.natural_key) for one in filled]
        inquiries = [inquiry for inquiry in found if inquiry is not None]
        if not inquiries:
            raise NotUnderstood(INCOMPLETE if filled else "The body holds no form fields.")
        missing = len(found) - len(inquiries)
        note = say("{missing} of {all} were incomplete.", missing=missing, all=len(found))
        return Understood(inquiries=inquiries, note=note if missing else "")

    def settle(self, actor: Actor, submission: Submission, taken: Sequence[Taken]) -> None:
        """A form leaves nothing but its leads."""

    def settle_all(self, actor: Actor, settled: Sequence[tuple[Submission, Sequence[Taken]]]) -> None:
        """A form leaves nothing but its leads."""


def setting_of(submission: Submission) -> Setting:
    """What the receiver knows: the door's settings, and the page the browser named."""
    if submission.connection is None:
        raise NotUnderstood("The form it came through is unknown.")
    known = _settings(submission)
    own = Form.model_validate(known) if submission.channel == OWN_FORM else None
    return Setting(
        connection_id=submission.connection.id,
        name=submission.connection.name,
        received_at=submission.received_at,
        source=str(known.get("source", "")),
        campaign=str(known.get("campaign", "")),
        consent_text=str(known.get("consent_text", "")),
        mapping=own.mapping if own else dict(known.get("mapping") or {}),
        labels={field.key: field.label for field in own.fields} if own else {},
        page=str(submission.headers.get("Referer", "")),
        newsletter=known.get("kind") == "newsletter",
    )


def _settings(submission: Submission) -> dict[str, Any]:
    return submission.connection.settings if submission.connection is not None else {}
