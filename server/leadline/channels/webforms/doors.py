"""How connections of form tools are made in the settings, and how they are tried."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import Field

from leadline.capture import queries as capture
from leadline.capture.models import Connection
from leadline.capture.ports import Door, Step
from leadline.channels.webforms.adapters import FORM_HOOK
from leadline.channels.webforms.forms import FormKind, checked
from leadline.channels.webforms.hooks import SECRET
from leadline.channels.webforms.mapping import EXTRA, IGNORE, STANDARD
from leadline.channels.webforms.signatures import SIGNING_TOOLS
from leadline.channels.webforms.tools import READERS
from leadline.infra.web import Shape
from leadline.kit.errors import Invalid
from leadline.kit.sentences import moment, say, word

_TARGETS = {*STANDARD, EXTRA, IGNORE}


class HookSettings(Shape):
    """What is known about a form tool: which one, and what its answers mean."""

    tool: str = Field("auto", max_length=20)
    mapping: dict[str, str] = Field(default_factory=dict, max_length=300)
    source: str = Field("website", max_length=60)
    campaign: str = Field("", max_length=200)
    consent_text: str = Field("", max_length=1000)
    kind: FormKind = "landing"
    offer: str = Field("", max_length=200)


def check(given: Mapping[str, Any]) -> dict[str, Any]:
    """The settings as they are stored; Invalid (422) names what is wrong."""
    read = checked(HookSettings, given, "settings")
    if read.tool not in ("auto", "generic", *READERS):
        known = ", ".join(("auto", "generic", *READERS))
        raise Invalid(say("Choose one of {known}.", known=known), field="settings.tool")
    for label, target in read.mapping.items():
        if target not in _TARGETS and not target.startswith("custom."):
            raise Invalid(
                say("“{label}” cannot go to “{target}”.", label=label, target=target),
                field="settings.mapping",
            )
    return read.model_dump()


def test(connection: Connection) -> Sequence[Step]:
    """What can be said without the tool's help."""
    signed = connection.settings.get("tool") in SIGNING_TOOLS
    has_secret = bool(capture.secrets_of(connection).get(SECRET))
    seen = connection.last_event_at
    steps = [
        Step(name=word("Switched on"), ok=connection.enabled),
        Step(
            name=word("A delivery has arrived"),
            ok=seen is not None,
            detail=say("Last at {at}.", at=moment(seen)) if seen else word("Send a test from the form tool."),
        ),
    ]
    if signed:
        hint = word("Copy the signing secret from the tool, so that nobody else can post.")
        steps.append(
            Step(name=word("Signatures are checked"), ok=has_secret, detail="" if has_secret else hint)
        )
    return steps


HOOK_DOOR = Door(
    channel=FORM_HOOK,
    label=word("Form tool webhook"),
    path="/hooks/forms/{token}",
    secrets=(SECRET,),
    check=check,
    test=test,
)
