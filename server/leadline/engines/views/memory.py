"""Ask the same questions of one record in memory, with the same answers as the database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Manager, Model

from leadline.engines.schema.ports import Field, FieldType
from leadline.engines.schema.rules import CUSTOM, IDS, LISTS, NUMBERS, TEXTS, fold, stored_time
from leadline.engines.views import formulas
from leadline.engines.views.context import Context, Range
from leadline.engines.views.rules import CONTRARY, All, Condition, Node, Not

Record = Mapping[str, Any] | Model
_TIMES = {FieldType.DATE, FieldType.DATETIME}


def holds(node: Node, record: Record, context: Context) -> bool:
    """Whether the filter finds this record."""
    if isinstance(node, Condition):
        return _condition(node, record, context)
    if isinstance(node, Not):
        return not holds(node.part, record, context)
    parts = (holds(part, record, context) for part in node.parts)
    return all(parts) if isinstance(node, All) else any(parts)


def _condition(asked: Condition, record: Record, context: Context) -> bool:
    op = CONTRARY.get(asked.op, asked.op)
    plain = Condition(asked.field, op, asked.values)
    found = any(
        _holds(plain, value, context) for value in _values(asked.field, record, context) if not _empty(value)
    )
    return found if op == asked.op else not found


def _holds(asked: Condition, value: Any, context: Context) -> bool:
    kind = asked.field.type
    if asked.op == "is_not_empty":
        return True
    if kind in LISTS:
        items = (
            {item for item in value if isinstance(item, str)} if isinstance(value, list | tuple) else set()
        )
        return (all if asked.op == "has_all" else any)(wanted in items for wanted in asked.values)
    if kind in IDS:
        return str(value) in {str(member_id) for member_id in context.people(asked)}
    if kind in TEXTS:
        return isinstance(value, str) and _text_holds(asked, fold(value))
    if kind in NUMBERS:
        return _number_holds(asked, value, context)
    if kind in _TIMES:
        return _time_holds(asked, value, context)
    return type(value) in {str, bool} and value in asked.values


def _text_holds(asked: Condition, value: str) -> bool:
    wanted = [fold(str(text)) for text in asked.values]
    if asked.op == "contains":
        return wanted[0] in value
    if asked.op == "starts_with":
        return value.startswith(wanted[0])
    return value in wanted


def _number_holds(asked: Condition, value: Any, context: Context) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return False
    number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    return number in asked.values if asked.op == "in" else _inside(context.range(asked), number)


def _time_holds(asked: Condition, value: Any, context: Context) -> bool:
    wanted = context.range(asked)
    if isinstance(value, str) and asked.field.custom:
        return _inside(_stored(wanted), value)
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    if asked.field.type is FieldType.DATE and isinstance(moment, datetime):
        moment = moment.date()
    return isinstance(moment, date) and _inside(wanted, moment)


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


def _values(field: Field, record: Record, context: Context) -> Iterable[Any]:
    return [value_of(field, record, context)] if field.formula else _plain_values(field, record)


def value_of(field: Field, record: Record, context: Context) -> Any:
    """What a formula computes of this record."""
    return formulas.value(field, lambda part: next(iter(_plain_values(part, record)), None), context.meaning)


def _plain_values(field: Field, record: Record) -> Iterable[Any]:
    if isinstance(record, Mapping):
        return [_from_mapping(field, record)]
    values: list[Any] = [record]
    for name in field.path.split("__"):
        values = [found for value in values for found in _step(value, name)]
    return [value.pk if isinstance(value, Model) else value for value in values]


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
