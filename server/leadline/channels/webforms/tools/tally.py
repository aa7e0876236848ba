"""Tally: fields with labels; choices are ids that resolve through the options."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from leadline.channels.webforms.bodies import Body
from leadline.channels.webforms.filled import Filled, moment, plain, record, records

_KINDS = {"INPUT_EMAIL": "email", "INPUT_PHONE_NUMBER": "phone"}


def read(body: Body) -> Sequence[Filled] | None:
    """The one response in a `FORM_RESPONSE` delivery."""
    value = record(body.value)
    if value.get("eventType") != "FORM_RESPONSE":
        return None
    response = record(value.get("data"))
    answers: dict[str, Any] = {}
    kinds: dict[str, str] = {}
    hidden: dict[str, str] = {}
    for asked in records(response.get("fields")):
        label, kind, given = plain(asked.get("label")), str(asked.get("type")), asked.get("value")
        # Checkboxes come again as one boolean per option.
        if given is None or (kind == "CHECKBOXES" and isinstance(given, bool)):
            continue
        if kind == "HIDDEN_FIELDS":
            hidden[label] = plain(given)
            continue
        answers[label] = _answer(asked, given)
        if kind in _KINDS:
            kinds[label] = _KINDS[kind]
    return [
        Filled(
            key=plain(response.get("responseId")),
            answers=answers,
            kinds=kinds,
            attribution=hidden,
            form_name=plain(response.get("formName")),
            at=moment(response.get("createdAt")),
        )
    ]


def _answer(asked: dict[str, Any], given: Any) -> Any:
    names = {plain(option.get("id")): plain(option.get("text")) for option in records(asked.get("options"))}
    if isinstance(given, list):
        found = [
            plain(one.get("url") or one.get("name"))
            if isinstance(one, dict)
            else names.get(plain(one), plain(one))
            for one in given
        ]
        return found[0] if asked.get("type") in ("MULTIPLE_CHOICE", "DROPDOWN") and len(found) == 1 else found
    if isinstance(given, bool | int | float):
        return given
    return names.get(plain(given), plain(given))
