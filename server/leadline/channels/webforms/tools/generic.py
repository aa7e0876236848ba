"""Anything else: flat or nested JSON, an array of objects, or form fields with free names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from leadline.channels.webforms.bodies import Body, nested
from leadline.channels.webforms.filled import Filled, flat, moment, named_value, plain, record

MAX_OBJECTS = 1000
_KEYS = ("idempotency_key", "submission_id", "lead_id", "entry_id")
_TIMES = ("created_time", "submitted_at", "created_at")

# What our own script posts; the answers are in `fields`.
_PARTS = {"form", "fields", "attribution", "visitor", "consent", "antispam", *_KEYS}


def read(body: Body) -> Sequence[Filled]:
    """Each object of the body as a filled-in form."""
    if isinstance(body.value, list):
        if len(body.value) > 1 and all(named_value(item) for item in body.value):
            # A form written down as the list of its fields.
            return [_one({"fields": body.value})]
        return [_one(record(item)) for item in body.value[:MAX_OBJECTS] if isinstance(item, dict)]
    value = record(body.value)
    if not body.is_json:
        value = nested(value)
    return [_one({_path(name): given for name, given in value.items()})] if value else []


def _one(value: dict[str, Any]) -> Filled:
    wrapped = isinstance(value.get("fields"), dict) and set(value) <= _PARTS
    answers = flat(value["fields"] if wrapped else _without_parts(value))
    times = (moment(value[name]) for name in _TIMES if value.get(name))
    consent = record(value.get("consent"))
    return Filled(
        key=next((plain(value[name]) for name in _KEYS if value.get(name)), ""),
        answers={name: given for name, given in answers.items() if name not in _KEYS},
        attribution={**record(value.get("attribution")), **record(value.get("visitor"))},
        form_name=plain(value.get("form")) if wrapped else "",
        at=next((at for at in times if at is not None), None),
        consent=consent,
    )


def _without_parts(value: dict[str, Any]) -> dict[str, Any]:
    parts = {"attribution", "visitor", "antispam"}
    if isinstance(value.get("consent"), dict):
        parts.add("consent")
    return {name: given for name, given in value.items() if name not in parts}


def _path(name: str) -> str:
    # Zapier and Make write nesting as parent__child; a leading one is somebody's own habit.
    return name.replace("__", ".") if not name.startswith("_") else name
