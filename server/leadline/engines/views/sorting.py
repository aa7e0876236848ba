"""Sort a list and continue it after a row, with indexes instead of offsets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import (
    CharField,
    DecimalField,
    Expression,
    F,
    Field,
    Model,
    OrderBy,
    Q,
    TextField,
    Value,
)
from django.db.models.functions import Upper
from django.db.models.lookups import Exact, GreaterThan, IsNull, LessThan

from leadline.engines.schema import queries as schema
from leadline.engines.schema.ports import ObjectType
from leadline.engines.schema.rules import NUMBERS, TEXTS
from leadline.engines.views.columns import Column, Place, column_of, place_of
from leadline.infra.web.shapes import decode_cursor, encode_cursor
from leadline.kit.errors import Invalid
from leadline.kit.sentences import say

MAX_KEYS = 3
_UNREAL = (ValidationError, ValueError, TypeError, OverflowError)


@dataclass(frozen=True)
class _Key:
    """One field a list is sorted by: a column, or a value of a field of the workspace's own (`own`)."""

    place: Place
    descending: bool
    own: Column | None = None

    @property
    def text(self) -> bool:
        """Texts sort without regard to case; a choice is a text that only the product writes."""
        if self.own is not None:
            return self.own.kind in TEXTS
        return isinstance(self.place.column, CharField | TextField)

    @property
    def output(self) -> Field[Any, Any]:
        """What the values are."""
        if self.own is None:
            return self.place.column
        return DecimalField(max_digits=60, decimal_places=20) if self.own.kind in NUMBERS else TextField()

    @property
    def optional(self) -> bool:
        """Whether a row may have no value."""
        return self.own is not None or self.place.nullable

    @property
    def expression(self) -> Expression | F:
        found = F(self.place.path) if self.own is None else self.own.value()
        return Upper(found, output_field=TextField()) if self.text else found

    def order(self) -> OrderBy:
        if not self.optional:
            # Without NULLS LAST a plain index serves both directions.
            return OrderBy(self.expression, descending=self.descending)
        return OrderBy(self.expression, descending=self.descending, nulls_last=True)

    def same(self, value: Any) -> Q:
        if value is None:
            return self._missing()
        return Q(Exact(self.expression, self._compared(value)))

    def later(self, value: Any) -> Q:
        """Rows that come after this value; those without one come last."""
        if value is None:
            return Q(pk__in=[])
        lookup = LessThan if self.descending else GreaterThan
        after = Q(lookup(self.expression, self._compared(value)))
        return after | self._missing() if self.optional else after

    def bound(self, value: Any) -> Q:
        """Not before this value: true of all rows that follow, and a range an index understands."""
        if value is None or self.optional or self.text:
            return Q()
        return Q(**{f"{self.place.path}__{'lte' if self.descending else 'gte'}": value})

    def _missing(self) -> Q:
        return Q(IsNull(self.expression, True))

    def _compared(self, value: Any) -> Any:
        return Upper(Value(value)) if self.text else Value(value, output_field=self.output)


def order_by(sort: str, object_key: str) -> list[OrderBy]:
    """The order for “-score,name”: values missing come last, equal rows are ordered by id."""
    return [key.order() for key in _keys(sort, schema.object_type(object_key))]


def cursor_of(row: Model, sort: str, object_key: str) -> str:
    """Where a list sorted like this continues after the row."""
    keys = _keys(sort, schema.object_type(object_key))
    return encode_cursor([sort, *(_read(row, key) for key in keys)])


def after(cursor: str | None, sort: str, object_key: str) -> Q:
    """The rows that follow the cursor in this order; all rows without a cursor."""
    if not cursor:
        return Q()
    keys = _keys(sort, schema.object_type(object_key))
    values = _values(cursor, sort, keys)
    following = Q(pk__in=[])
    for position in reversed(range(len(keys))):
        key, value = keys[position], values[position]
        following = key.later(value) | (key.same(value) & following)
    return keys[0].bound(values[0]) & following


def _keys(sort: str, described: ObjectType) -> list[_Key]:
    names = [name for name in sort.split(",") if name]
    if len(names) > MAX_KEYS:
        raise Invalid(
            say("Sort by at most {max_keys} fields.", max_keys=MAX_KEYS), code="sort_invalid", field="sort"
        )
    known = schema.fields_named(described.key, [name.removeprefix("-") for name in names])
    keys = []
    for name in names:
        field = known.get(name.removeprefix("-"))
        if field is None or not field.sortable:
            raise Invalid(
                say("A list cannot be sorted by “{name}”.", name=name[:60]), code="sort_invalid", field="sort"
            )
        place = place_of(described.model, field.path)
        own = column_of(described.model, field.path, field.type) if field.custom else None
        keys.append(_Key(place, name.startswith("-"), own))
    last = keys[-1].descending if keys else True
    return [*keys, _Key(place_of(described.model, "pk"), last)]


def _values(cursor: str, sort: str, keys: Sequence[_Key]) -> list[Any]:
    given = decode_cursor(cursor)
    if len(given) != len(keys) + 1 or given[0] != sort:
        raise _invalid()
    try:
        values = [
            None if value is None else key.output.to_python(value)
            for key, value in zip(keys, given[1:], strict=True)
        ]
    except _UNREAL as error:
        raise _invalid() from error
    if values[-1] is None or any(isinstance(value, str) and "\x00" in value for value in values):
        raise _invalid()
    return values


def _invalid() -> Invalid:
    return Invalid("This cursor does not belong to this list; start again without it.", field="cursor")


def _read(row: Model, key: _Key) -> Any:
    value: Any = row
    for name in key.place.path.split("__"):
        value = None if value is None else getattr(value, name)
    for name in key.place.keys:
        value = value.get(name) if isinstance(value, Mapping) else None
    # An empty own value is none, here as in the database.
    value = None if key.own is not None and value == "" else value
    return value.pk if isinstance(value, Model) else value
