"""Pure rules of fields: keys, and what a value of a type looks like."""

from __future__ import annotations

import re

from leadline.engines.schema.ports import FieldType

CUSTOM = "custom."
KEY = re.compile(r"[a-z](?:_?[a-z0-9])*")
MAX_KEY = 40
MAX_FIELDS = 500
MAX_CHOICES = 500

TEXTS = frozenset({FieldType.TEXT, FieldType.LONG_TEXT, FieldType.URL, FieldType.EMAIL, FieldType.PHONE})
IDS = frozenset({FieldType.MEMBER, FieldType.TEAM, FieldType.STAGE})
LISTS = frozenset({FieldType.MULTI_CHOICE, FieldType.TAGS})
NUMBERS = frozenset({FieldType.NUMBER, FieldType.MONEY})
CHOSEN = frozenset({FieldType.CHOICE, FieldType.MULTI_CHOICE})


def is_key(key: str) -> bool:
    """Whether this may be the key of a custom field: letters a to z, digits and single underscores."""
    return len(key) <= MAX_KEY and KEY.fullmatch(key) is not None


def key_from(label: str) -> str:
    """A key made from a label; empty when the label has no Latin letter to begin with."""
    words = re.findall(r"[a-z0-9]+", label.lower())
    return re.sub(r"^[0-9_]+", "", "_".join(words))[:MAX_KEY].strip("_")
