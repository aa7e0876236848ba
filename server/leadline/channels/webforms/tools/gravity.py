"""Gravity Forms: an entry whose keys are field ids; sub-fields 3 and 6 are first and last name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from leadline.channels.webforms.bodies import Body
from leadline.channels.webforms.filled import Filled, moment, plain, record
from leadline.kit import json
from leadline.kit.errors import Invalid

_FIELD = re.compile(r"(\d+)(?:\.(\d+))?")
_NAME_PARTS = {"3": "first_name", "6": "last_name"}


def read(body: Body) -> Sequence[Filled] | None:
    """The one entry of a Webhooks add-on delivery."""
    value = record(body.value)
    if "form_id" not in value or "id" not in value or not any(_FIELD.fullmatch(key) for key in value):
        return None
    parts: dict[str, dict[str, Any]] = {}
    for key, given in value.items():
        found = _FIELD.fullmatch(key)
        if found and given not in (None, ""):
            parts.setdefault(found[1], {})[found[2] or ""] = given
    answers: dict[str, Any] = {}
    kinds: dict[str, str] = {}
    for number, given in parts.items():
        if set(given) <= {"2", "3", "4", "6", "8"} and set(given) & set(_NAME_PARTS):
            for part, text in given.items():
                answers[f"{number}.{part}"] = plain(text)
                kinds[f"{number}.{part}"] = _NAME_PARTS.get(part, "extra")
        elif set(given) == {""}:
            answers[number] = _answer(given[""])
        else:
            # The parts of a checkbox field are its ticked choices.
            answers[number] = [plain(text) for text in given.values()]
    return [
        Filled(
            key=f"{plain(value['form_id'])}:{plain(value['id'])}",
            answers=answers,
            kinds=kinds,
            page=plain(value.get("source_url")),
            at=moment(value.get("date_created")),
        )
    ]


def _answer(given: Any) -> Any:
    if isinstance(given, str) and given.startswith("["):
        try:
            listed = json.loads(given.encode())
        except Invalid:
            return plain(given)
        if isinstance(listed, list):
            return [plain(item) for item in listed]
    return given if isinstance(given, bool | int | float) else plain(given)
