"""Elementor Pro: labels as keys, or bracketed fields with id, title, type and value."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from leadline.channels.webforms.bodies import Body, nested
from leadline.channels.webforms.filled import Filled, flat, plain, record

_KINDS = {"email": "email", "tel": "phone"}
_FORM = ("form_id", "form_name")


def read(body: Body) -> Sequence[Filled] | None:
    """The one submission; both settings of the webhook action are understood."""
    value = record(body.value)
    tree = nested(value)
    if set(_FORM) <= set(value):
        answers = flat({name: given for name, given in value.items() if name not in _FORM})
        return [Filled(answers=answers, form_name=plain(value["form_name"]))]
    fields = record(tree.get("fields"))
    if not fields or not isinstance(tree.get("form"), dict) or not isinstance(tree.get("meta"), dict):
        return None
    answers = {}
    kinds: dict[str, str] = {}
    hidden: dict[str, Any] = {}
    for name, asked in fields.items():
        asked = record(asked)
        label, kind = plain(asked.get("title")) or name, str(asked.get("type"))
        given = asked.get("raw_value") or asked.get("value")
        if kind == "hidden":
            hidden[name] = plain(given)
            continue
        answers[label] = [plain(one) for one in given] if isinstance(given, list) else plain(given)
        # Labels are translated; the field's own id often is not.
        if kind in _KINDS or name in ("name", "message"):
            kinds[label] = _KINDS.get(kind) or {"name": "name", "message": "text"}[name]
    meta = record(tree["meta"])
    return [
        Filled(
            answers=answers,
            kinds=kinds,
            attribution=hidden,
            form_name=plain(record(tree["form"]).get("name")),
            page=plain(record(meta.get("page_url")).get("value")),
        )
    ]
