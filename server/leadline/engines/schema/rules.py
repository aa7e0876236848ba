"""Pure rules of fields: keys, and what a value of a type looks like."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from functools import lru_cache

from leadline.engines.schema.ports import FieldType

CUSTOM = "custom."
# The mark of a workspace that names the objects it computes something of.
COMPUTED = "computed"
KEY = re.compile(r"[a-z](?:_?[a-z0-9])*")
MAX_KEY = 40
MAX_FIELDS = 500
MAX_CHOICES = 500

TEXTS = frozenset({FieldType.TEXT, FieldType.LONG_TEXT, FieldType.URL, FieldType.EMAIL, FieldType.PHONE})
IDS = frozenset({FieldType.MEMBER, FieldType.TEAM, FieldType.STAGE})
LISTS = frozenset({FieldType.MULTI_CHOICE, FieldType.TAGS})
NUMBERS = frozenset({FieldType.NUMBER, FieldType.MONEY})
# Own fields of these kinds can be sorted by.
SORTABLE = (TEXTS - {FieldType.LONG_TEXT}) | NUMBERS | {FieldType.DATE, FieldType.DATETIME, FieldType.CHOICE}
CHOSEN = frozenset({FieldType.CHOICE, FieldType.MULTI_CHOICE})


def is_key(key: str) -> bool:
    """Whether this may be the key of a custom field: letters a to z, digits and single underscores."""
    return len(key) <= MAX_KEY and KEY.fullmatch(key) is not None


def key_from(label: str) -> str:
    """A key made from a label; empty when the label has no Latin letter to begin with."""
    words = re.findall(r"[a-z0-9]+", label.lower())
    return re.sub(r"^[0-9_]+", "", "_".join(words))[:MAX_KEY].strip("_")


def stored_time(value: date) -> str:
    """A date or moment as custom values keep it: texts that sort like the times they stand for."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return value.isoformat()


def fold(text: str) -> str:
    """Upper case as the database does it: letter by letter, so that both compare alike."""
    return text.upper() if text.isascii() else "".join(map(_upper, text))


@lru_cache(maxsize=4096)
def _upper(char: str) -> str:
    # ß and its like have a longer upper case, which a letter-by-letter comparison does not use.
    upper = char.upper()
    if len(upper) == 1:
        return upper
    title = char.title()
    return title if len(title) == 1 else char


_EMPTY = ("is_empty", "is_not_empty")
_EQUAL = ("eq", "ne")
_AMONG = ("in", "not_in")
_ORDER = ("lt", "lte", "gt", "gte", "between")
_RELATIVE = ("within_last", "within_next", "before_ago")
_TEXT_OPS = (*_EQUAL, *_AMONG, "contains", "starts_with", *_EMPTY)
_LIST_OPS = ("has_any", "has_all", *_EMPTY)
_ID_OPS = (*_EQUAL, *_AMONG, *_EMPTY)
_NUMBER_OPS = (*_EQUAL, *_AMONG, *_ORDER, *_EMPTY)
_TIME_OPS = (*_EQUAL, *_ORDER, *_RELATIVE, *_EMPTY)

# What may be asked of a value, per type: the operators of the filter language.
OPERATORS: dict[FieldType, tuple[str, ...]] = {
    FieldType.TEXT: _TEXT_OPS,
    FieldType.LONG_TEXT: _TEXT_OPS,
    FieldType.URL: _TEXT_OPS,
    FieldType.EMAIL: _TEXT_OPS,
    FieldType.PHONE: _TEXT_OPS,
    FieldType.NUMBER: _NUMBER_OPS,
    FieldType.MONEY: _NUMBER_OPS,
    FieldType.DATE: _TIME_OPS,
    FieldType.DATETIME: _TIME_OPS,
    FieldType.BOOL: (*_EQUAL, *_EMPTY),
    FieldType.CHOICE: _ID_OPS,
    FieldType.MULTI_CHOICE: _LIST_OPS,
    FieldType.TAGS: _LIST_OPS,
    FieldType.MEMBER: _ID_OPS,
    FieldType.TEAM: _ID_OPS,
    FieldType.STAGE: _ID_OPS,
    FieldType.FILE: _EMPTY,
}
