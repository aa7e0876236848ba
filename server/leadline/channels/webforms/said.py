"""What somebody wrote into a form, as one text, without what browsers and scripts add."""

from __future__ import annotations

from typing import Any

from leadline.capture.models import Submission
from leadline.channels.webforms import bodies, tools
from leadline.channels.webforms.attribution import NAMES
from leadline.channels.webforms.filled import Filled, plain
from leadline.kit.errors import LeadlineError

OWN_FORM = "form"
FORM_HOOK = "form_hook"
CHANNELS = (OWN_FORM, FORM_HOOK)
MAX_SAID = 5000
_SCRIPTED = frozenset({*NAMES, "altcha", "consent"})


def said(filled: Filled) -> str:
    """The answers of a filled-in form, a line each."""
    lines = [_text(value) for name, value in filled.answers.items() if not _is_scripted(name)]
    return "\n".join(line for line in (*lines, filled.text) if line)[:MAX_SAID]


def said_in(submission: Submission) -> str:
    """What was written in a submission of a form; empty when it cannot be read."""
    try:
        _, filled = read(submission)
    except LeadlineError:
        return ""
    return "\n".join(map(said, filled))[:MAX_SAID]


def read(submission: Submission) -> tuple[str, list[Filled]]:
    """Which tool a submission is of, and the filled-in forms in it; Invalid when it cannot be read."""
    known: dict[str, Any] = submission.connection.settings if submission.connection is not None else {}
    tool = "generic" if submission.channel == OWN_FORM else str(known.get("tool", "auto"))
    body = bodies.read(bytes(submission.body), submission.content_type)
    name, filled = tools.read(body, tool)
    return name, list(filled)


def _is_scripted(name: str) -> bool:
    return name.startswith("_") or name in _SCRIPTED


def _text(value: Any) -> str:
    return ", ".join(map(plain, value)) if isinstance(value, list) else plain(value)
