"""The order of lists of leads, and where a list continues."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import SimpleNamespace
from typing import Any

from django.db.models import F, OrderBy, Q, QuerySet

from leadline.engines.schema.rules import CUSTOM
from leadline.engines.views import actions as views
from leadline.infra.web.shapes import decode_cursor, encode_cursor
from leadline.kit.errors import Invalid
from leadline.kit.sentences import say
from leadline.leads.models import Lead

SORTS = frozenset(
    {
        "name",
        "value_minor",
        "score",
        "chance",
        "inbound_at",
        "last_activity_at",
        "entered_stage_at",
        "created_at",
        "next_step_at",
        "respond_by",
    }
)
# These have no index, like the fields of the workspace's own: they are sorted anew for every page of a table.
_OF_TABLES = frozenset({"company", "contact.name", "contact.city"})


# What is read of other tables, by table: the attribute and the name of the value in a row.
_JOINED = {
    "contact": {"name": "contact_name", "city": "city", "custom": "contact_custom"},
    "company": {"name": "company_name", "custom": "company_custom"},
}


class _Read:
    """A row of values as the cursor reads it: by attribute."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self.values = values

    def __getattr__(self, name: str) -> Any:
        if name in _JOINED:
            return SimpleNamespace(**{attr: self.values[key] for attr, key in _JOINED[name].items()})
        return self.values["id" if name == "pk" else name]


def order(sort: str) -> Sequence[OrderBy]:
    """The order for a sort like “-score,name”."""
    if any(not _sortable(key) for key in _keys(sort)):
        raise Invalid(
            say("A list cannot be sorted by “{sort}”.", sort=sort[:60]), code="sort_invalid", field="sort"
        )
    if _by_name(sort):
        down = sort.startswith("-")
        return [OrderBy(F("name_key"), descending=down), OrderBy(F("id"), descending=down)]
    return views.order_by(sort, "lead")


def require_order_of_cards(sort: str) -> None:
    """Invalid (422) for an order that only a table has: a board is never sorted without an index."""
    if any(key not in SORTS for key in _keys(sort)):
        raise Invalid(
            say("A board cannot be sorted by “{sort}”.", sort=sort[:60]), code="sort_invalid", field="sort"
        )


def _keys(sort: str) -> list[str]:
    return [key.removeprefix("-") for key in sort.split(",") if key]


def _sortable(key: str) -> bool:
    return key in SORTS or key in _OF_TABLES or CUSTOM in key


def ordered(rows: QuerySet[Lead], sort: str, cursor: str | None = None) -> QuerySet[Lead]:
    """The rows in order, after the cursor."""
    wanted = order(sort)
    if cursor:
        after = _after_name(cursor, sort) if _by_name(sort) else views.after(cursor, sort, "lead")
        rows = rows.filter(after)
    return rows.order_by(*wanted)


def cut(found: list[dict[str, Any]], limit: int, sort: str) -> tuple[list[dict[str, Any]], str | None]:
    """The first `limit` rows, and the cursor after them when there are more."""
    if len(found) <= limit:
        return found, None
    shown = found[:limit]
    if _by_name(sort):
        return shown, encode_cursor([sort, shown[-1]["name_key"], shown[-1]["id"]])
    return shown, views.cursor_of(_Read(shown[-1]), sort, "lead")  # type: ignore[arg-type]


def _by_name(sort: str) -> bool:
    # Upper case is kept in a column: under row-level security an index on an expression finds no place.
    return sort.removeprefix("-") == "name"


def _after_name(cursor: str, sort: str) -> Q:
    given = decode_cursor(cursor)
    if len(given) != 3 or given[0] != sort or not all(isinstance(value, str) for value in given):
        raise Invalid("This cursor does not belong to this list; start again without it.", field="cursor")
    _, key, row_id = given
    side = "lt" if sort.startswith("-") else "gt"
    beyond = Q(**{f"name_key__{side}": key}) | Q(name_key=key, **{f"id__{side}": row_id})
    return Q(**{f"name_key__{side}e": key}) & beyond
