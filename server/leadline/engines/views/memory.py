"""Ask the same questions of one record in memory, with the same answers as the database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from django.db.models import Manager, Model

from leadline.engines.schema.ports import Field, FieldType
from leadline.engines.schema.rules import CUSTOM, IDS, LISTS, NUMBERS, TEXTS, fold, stored_time
from leadline.engines.views import formulas
from leadline.engines.views.context import Context, Range
from leadline.engines.views.rules import CONTRARY, All, Condition, Node, Not

Record = Mapping[str, Any] | Model
_TIMES = {FieldType.DATE, FieldType.DATETIME}


Test = Callable[[Record], bool]
_Holds = Callable[[Any], bool]


def test_of(node: Node, context: Context) -> Test:
    """Whether the filter finds a record, as a function to ask of many: what is the same for all of them is
    worked out once, and only when a record needs it."""
    if isinstance(node, Condition):
        return _condition(node, context)
    if isinstance(node, Not):
        test = test_of(node.part, context)
        return lambda record: not test(record)
    parts = [test_of(part, context) for part in node.parts]
    if isinstance(node, All):
        return lambda record: all(part(record) for part in parts)
    return lambda record: any(part(record) for part in parts)


def _condition(asked: Condition, context: Context) -> Test:
    op = CONTRARY.get(asked.op, asked.op)
    values = _values(asked.field, context)
    holds = _holds(Condition(asked.field, op, asked.values), context)
    wanted = op == asked.op

    def test(record: Record) -> bool:
        return any(holds(value) for value in values(record) if not _empty(value)) is wanted

    return test


def _holds(asked: Condition, context: Context) -> _Holds:
    kind = asked.field.type
    if asked.op == "is_not_empty":
        return lambda value: True
    if kind in LISTS:
        return _list_holds(asked)
    if kind in IDS:
        people = {str(member_id) for member_id in context.people(asked)}
        return lambda value: str(value) in people
    if kind in TEXTS:
        return _text_holds(asked)
    if kind in NUMBERS:
        return _number_holds(asked, context)
    if kind in _TIMES:
        return _time_holds(asked, context)
    return lambda value: type(value) in {str, bool} and value in asked.values


def _list_holds(asked: Condition) -> _Holds:
    enough = all if asked.op == "has_all" else any

    def holds(value: Any) -> bool:
        if not isinstance(value, list | tuple):
            return enough(False for _ in asked.values)
        items = {item for item in value if isinstance(item, str)}
        return enough(wanted in items for wanted in asked.values)

    return holds


def _text_holds(asked: Condition) -> _Holds:
    wanted = [fold(str(text)) for text in asked.values]
    first = wanted[0] if wanted else ""
    if asked.op == "contains":
        return lambda value: isinstance(value, str) and first in fold(value)
    if asked.op == "starts_with":
        return lambda value: isinstance(value, str) and fold(value).startswith(first)
    return lambda value: isinstance(value, str) and fold(value) in wanted


def _number_holds(asked: Condition, context: Context) -> _Holds:
    range_ = cache(lambda: context.range(asked))

    def holds(value: Any) -> bool:
        if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
            return False
        number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
        return number in asked.values if asked.op == "in" else _inside(range_(), number)

    return holds


def _time_holds(asked: Condition, context: Context) -> _Holds:
    range_ = cache(lambda: context.range(asked))

    def holds(value: Any) -> bool:
        wanted = range_()
        if isinstance(value, str) and asked.field.custom:
            return _inside(_stored(wanted), value)
        moment = datetime.fromisoformat(value) if isinstance(value, str) else value
        if asked.field.type is FieldType.DATE and isinstance(moment, datetime):
            moment = moment.date()
        return isinstance(moment, date) and _inside(wanted, moment)

    return holds


def _stored(asked: Range) -> Range:
    # Custom times are compared as the texts they are stored as, here as in the database.
    lower: Any = stored_time(asked.lower) if isinstance(asked.lower, date) else None
    upper: Any = stored_time(asked.upper) if isinstance(asked.upper, date) else None
    return Range(lower, upper, asked.lower_open, asked.upper_open)


def _inside(asked: Range, value: Any) -> bool:
    lower: Any = asked.lower
    upper: Any = asked.upper
    if lower is not None and (value <= lower if asked.lower_open else value < lower):
        return False
    return upper is None or not (value >= upper if asked.upper_open else value > upper)


def _empty(value: Any) -> bool:
    return value is None or value == "" or value == []


def value_of(field: Field, record: Record, context: Context) -> Any:
    """What a formula computes of this record."""
    return formulas.value(field, lambda part: next(iter(_plain_values(part)(record)), None), context.meaning)


def _values(field: Field, context: Context) -> Callable[[Record], Iterable[Any]]:
    if field.formula:
        return lambda record: [value_of(field, record, context)]
    return _plain_values(field)


def _plain_values(field: Field) -> Callable[[Record], Iterable[Any]]:
    """What a record holds in the field: several values where the path leads to several rows."""
    names = field.path.split("__")

    def values(record: Record) -> Iterable[Any]:
        if isinstance(record, Mapping):
            return [_from_mapping(field, record)]
        found: list[Any] = [record]
        for name in names:
            found = [one for value in found for one in _step(value, name)]
        return [value.pk if isinstance(value, Model) else value for value in found]

    return values


def _from_mapping(field: Field, record: Mapping[str, Any]) -> Any:
    if field.key in record or not field.custom:
        return record.get(field.key)
    return (record.get("custom") or {}).get(field.key.removeprefix(CUSTOM))


def _step(value: Any, name: str) -> list[Any]:
    if value is None:
        return []
    if isinstance(value, Mapping):
        return [value.get(name)]
    if not isinstance(value, Model):
        return []
    found = getattr(value, name)
    return list(found.all()) if isinstance(found, Manager) else [found]
