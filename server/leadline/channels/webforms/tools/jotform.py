"""Jotform: multipart with the answers as JSON text in `rawRequest`."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from typing import Any

from leadline.channels.webforms.bodies import Body
from leadline.channels.webforms.filled import Filled, flat, moment, plain, record
from leadline.kit import json
from leadline.kit.errors import Invalid

_QUESTION = re.compile(r"q\d+_(.+)")
_WORDS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_FILES = ("fileUpload", "temp_upload")


def read(body: Body) -> Sequence[Filled] | None:
    """The one submission in a webhook of Jotform."""
    value = record(body.value)
    if "rawRequest" not in value or "submissionID" not in value:
        return None
    try:
        raw = record(json.loads(str(value["rawRequest"]).encode()))
    except Invalid:
        # Without it the readable summary is all there is.
        raw = {"q0_message": plain(value.get("pretty"))}
    answers: dict[str, Any] = {}
    hidden: dict[str, str] = {}
    for name, given in raw.items():
        question = _QUESTION.fullmatch(name)
        if question is None and name not in _FILES:
            continue
        label = _WORDS.sub("_", question[1] if question else "files").lower()
        if label.startswith("utm_"):
            hidden[label] = html.unescape(plain(given))
        else:
            answers.update(_answer(label, given))
    return [
        Filled(
            key=plain(value["submissionID"]),
            answers=answers,
            attribution=hidden,
            form_name=plain(value.get("formTitle")),
            at=moment(raw.get("submitDate")),
        )
    ]


def _answer(label: str, given: Any) -> dict[str, Any]:
    if isinstance(given, dict) and "full" in given:
        return {label: html.unescape(plain(given["full"]))}
    if isinstance(given, dict) and {"first", "last"} & set(given):
        whole = " ".join(plain(given.get(part)) for part in ("first", "middle", "last"))
        return {label: html.unescape(" ".join(whole.split()))}
    return {name: _unescaped(found) for name, found in flat({label: given}).items()}


def _unescaped(value: Any) -> Any:
    if isinstance(value, list):
        return [_unescaped(item) for item in value]
    return html.unescape(value) if isinstance(value, str) else value
