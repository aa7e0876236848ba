"""The grammar of the filter language: nodes, limits, folding."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias
from uuid import UUID

from leadline.engines.schema.ports import Field

MAX_DEPTH = 8
MAX_CONDITIONS = 100
MAX_VALUES = 200
MAX_TEXT = 500
MAX_NUMBER = 10**18
ME = "me"
MAX_VIEWS = 200
MAX_COLUMNS = 100

# Operators that are the contrary of another one: they hold whenever the other does not.
CONTRARY = {"ne": "eq", "not_in": "in", "is_empty": "is_not_empty"}
WITHOUT_VALUE = frozenset({"is_empty", "is_not_empty"})
WITH_LIST = frozenset({"in", "not_in", "has_any", "has_all"})
RELATIVE = frozenset({"within_last", "within_next", "before_ago"})

Value: TypeAlias = str | Decimal | bool | date | datetime | UUID | timedelta


class Sharing(StrEnum):
    """Who may use a saved view beside its maker."""

    PRIVATE = "private"
    TEAM = "team"
    ALL = "all"


@dataclass(frozen=True)
class Condition:
    """One question about one field; `values` holds none, one, two (between) or many (in, has_any)."""

    field: Field
    op: str
    values: tuple[Value, ...]


@dataclass(frozen=True)
class All:
    """Every part holds; with no part it always holds."""

    parts: tuple[Node, ...]


@dataclass(frozen=True)
class AnyOf:
    """At least one part holds."""

    parts: tuple[Node, ...]


@dataclass(frozen=True)
class Not:
    """The part does not hold."""

    part: Node


Node: TypeAlias = Condition | All | AnyOf | Not

_DURATION = re.compile(r"(\d{1,6})(m|h|d|w)")
_UNITS = {
    "m": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
    "w": timedelta(weeks=1),
}
_LONGEST = timedelta(days=36600)


def duration(text: str) -> timedelta | None:
    """The span of a text like 30m, 2h, 7d or 4w; None when it is none or longer than a century."""
    found = _DURATION.fullmatch(text)
    if found is None:
        return None
    span = int(found[1]) * _UNITS[found[2]]
    return span if span <= _LONGEST else None


def fields_asked(tree: object) -> set[str]:
    """The field keys a tree names, whatever its shape; looks at no more nodes than a tree may have."""
    keys: set[str] = set()
    waiting: list[object] = [tree]
    for _ in range(MAX_CONDITIONS * (MAX_DEPTH + 1)):
        if not waiting:
            break
        node = waiting.pop()
        if isinstance(node, dict):
            if isinstance(node.get("field"), str):
                keys.add(node["field"])
            waiting += [part for key in ("all", "any", "not") if (part := node.get(key)) is not None]
        elif isinstance(node, Sequence) and not isinstance(node, str | bytes):
            waiting += node[:MAX_CONDITIONS]
    return keys
