"""What is wrong with a field of a body or an address, in words for people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from leadline.kit.sentences import Text, Value, say, word

# By the kinds of pydantic, and what of an error's context stands in the place.
_WORDS: dict[str, str] = {
    "bool_parsing": word("is true or false"),
    "bool_type": word("is true or false"),
    "date_from_datetime_parsing": word("is a date like 2026-01-31"),
    "datetime_from_date_parsing": word("is a time like 2026-01-31T10:00:00Z"),
    "datetime_parsing": word("is a time like 2026-01-31T10:00:00Z"),
    "dict_type": word("is an object"),
    "int_from_float": word("is a whole number"),
    "int_parsing": word("is a whole number"),
    "int_type": word("is a whole number"),
    "json_invalid": word("is not valid JSON"),
    "list_type": word("is a list"),
    "missing": word("is needed"),
    "model_attributes_type": word("is an object"),
    "model_type": word("is an object"),
    "string_type": word("is a text"),
    "uuid_parsing": word("is an id"),
    "uuid_type": word("is an id"),
}
_WITH: dict[str, tuple[str, str]] = {
    "enum": (word("is one of {value}"), "expected"),
    "greater_than": (word("is more than {value}"), "gt"),
    "greater_than_equal": (word("is at least {value}"), "ge"),
    "less_than": (word("is less than {value}"), "lt"),
    "less_than_equal": (word("is at most {value}"), "le"),
    "literal_error": (word("is one of {value}"), "expected"),
    "string_too_long": (word("has at most {value} characters"), "max_length"),
    "string_too_short": (word("has at least {value} characters"), "min_length"),
    "too_long": (word("has at most {value} items"), "max_length"),
    "too_short": (word("has at least {value} items"), "min_length"),
}


def trouble_of(error: Mapping[str, Any]) -> Text:
    """The words for one error of a shape; where there are none, those of the shape itself."""
    kind, context = str(error.get("type", "")), error.get("ctx") or {}
    if kind in _WORDS:
        return say(_WORDS[kind])
    form, key = _WITH.get(kind, ("", ""))
    if key in context:
        value: Value = str(context[key])
        return say(form, value=value)
    return str(error.get("msg", "not valid")).removeprefix("Value error, ")
