"""Typeform: typed answers joined to the questions by their id."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from leadline.channels.webforms.bodies import Body
from leadline.channels.webforms.filled import Filled, moment, plain, record, records

_KINDS = {"email": "email", "phone_number": "phone"}


def read(body: Body) -> Sequence[Filled] | None:
    """The one response in a `form_response` delivery."""
    value = record(body.value)
    if value.get("event_type") != "form_response" or "form_response" not in value:
        return None
    response = record(value["form_response"])
    definition = record(response.get("definition"))
    titles: dict[str, str] = {}
    for asked in records(definition.get("fields")):
        for name in (asked.get("id"), asked.get("ref")):
            titles[str(name)] = plain(asked.get("title"))
    answers: dict[str, Any] = {}
    kinds: dict[str, str] = {}
    for answer in records(response.get("answers")):
        asked = record(answer.get("field"))
        ref = plain(asked.get("ref")) or plain(asked.get("id"))
        label = titles.get(str(asked.get("id"))) or titles.get(ref) or ref
        answers[label] = _answer(answer)
        kind = _KINDS.get(str(answer.get("type")))
        if kind:
            kinds[label] = kind
    return [
        Filled(
            key=plain(response.get("token")),
            answers=answers,
            kinds=kinds,
            attribution={k: plain(v) for k, v in record(response.get("hidden")).items()},
            form_name=plain(definition.get("title")),
            at=moment(response.get("submitted_at")),
        )
    ]


def _answer(answer: dict[str, Any]) -> Any:
    kind = str(answer.get("type"))
    value = answer.get(kind)
    if kind == "choice":
        chosen = record(value)
        return plain(chosen.get("label") or chosen.get("other"))
    if kind == "choices":
        chosen = record(value)
        labels = chosen.get("labels")
        texts = [plain(label) for label in labels] if isinstance(labels, list) else []
        return [*texts, *([plain(chosen["other"])] if chosen.get("other") else [])]
    return value if isinstance(value, bool | int | float) else plain(value)
