"""Logic-less placeholders: {{name|what to write without it}}, from a fixed list of variables."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from leadline.engines.schema import queries as schema
from leadline.kit.errors import Invalid
from leadline.kit.sentences import say

_PLACE = re.compile(r"\{\{\s*([a-zA-Z_][\w.]*)\s*(?:\|([^{}]*))?\}\}")
_LOOSE = re.compile(r"\{\{|\}\}")


def variables(object_key: str) -> frozenset[str]:
    """What may stand in a text about this object in the running workspace; at most one statement."""
    return frozenset(key for key, field in schema.fields(object_key).items() if field.in_templates)


def check(text: str, known: Collection[str], *, field: str) -> None:
    """Invalid (422) when the text names a variable that does not exist, or leaves a bracket open."""
    for match in _PLACE.finditer(text):
        if match[1] not in known:
            raise Invalid(
                say("There is no variable “{match}”.", match=match[1]), field=field, code="unknown_variable"
            )
    if _LOOSE.search(_PLACE.sub("", text)):
        raise Invalid("Write variables as {{name}} or {{name|text without it}}.", field=field)


def filled(text: str, values: Mapping[str, Any], *, empty: str | None = None) -> str:
    """The text with its placeholders filled; what is missing or empty becomes `empty`, without that the text
    after the bar."""

    def fill(match: re.Match[str]) -> str:
        written = _written(values.get(match[1]))
        otherwise = (match[2] or "").strip() if empty is None else empty
        return written or otherwise

    return _PLACE.sub(fill, text)


def filled_everywhere(value: Any, values: Mapping[str, Any]) -> Any:
    """Like filled(), for every text inside a JSON value."""
    if isinstance(value, str):
        return filled(value, values)
    if isinstance(value, Mapping):
        return {key: filled_everywhere(part, values) for key, part in value.items()}
    if isinstance(value, list):
        return [filled_everywhere(part, values) for part in value]
    return value


def variables_in(value: Any) -> set[str]:
    """The variables that the texts inside a JSON value name."""
    return {match[1] for _, text in texts_in(value, "") for match in _PLACE.finditer(text)}


def texts_in(value: Any, field: str) -> list[tuple[str, str]]:
    """Every text inside a JSON value, keys of objects too, with the name of its place."""
    if isinstance(value, str):
        return [(field, value)]
    if isinstance(value, Mapping):
        keys = [(field, str(key)) for key in value]
        return keys + [found for key, part in value.items() for found in texts_in(part, f"{field}.{key}")]
    if isinstance(value, list):
        return [found for place, part in enumerate(value) for found in texts_in(part, f"{field}.{place}")]
    return []


def _written(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return ", ".join(_written(part) for part in value)
    return str(value).strip()
