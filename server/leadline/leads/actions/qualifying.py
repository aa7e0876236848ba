"""Check what is written down about the questions that qualify a lead."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from leadline.kit import text
from leadline.kit.errors import Invalid
from leadline.kit.sentences import say
from leadline.leads.rules import QUESTIONS, Answer

_LONGEST_NOTE = 1000


def checked_answers(
    present: Mapping[str, Mapping[str, str]], changes: Mapping[str, Mapping[str, Any] | None]
) -> dict[str, dict[str, str]]:
    """The answers after the changes; an empty answer is taken away, Invalid (422) names what cannot be."""
    answers = {key: dict(answer) for key, answer in present.items()}
    for key, change in changes.items():
        if key not in QUESTIONS:
            raise Invalid(
                say("There is no field “{key}” that can be changed.", key=key[:60]),
                code="unknown_field",
                field=f"qualification.{key[:60]}",
            )
        answer = _checked(change or {})
        if answer["state"] or answer["note"]:
            answers[key] = answer
        else:
            answers.pop(key, None)
    return answers


def _checked(change: Mapping[str, Any]) -> dict[str, str]:
    state = change.get("state")
    return {
        "state": Answer(state).value if state else "",
        "note": text.clean(str(change.get("note") or ""), _LONGEST_NOTE),
    }
