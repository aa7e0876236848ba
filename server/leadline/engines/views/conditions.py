"""Compile a filter to the ORM: only to Q objects, never to SQL text."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import Any

from django.db.models import Model, Q

from leadline.engines.schema.ports import Field, FieldType
from leadline.engines.schema.rules import IDS, NUMBERS
from leadline.engines.views import formulas
from leadline.engines.views.columns import Column, FormulaColumn, column_of
from leadline.engines.views.context import Context, Range
from leadline.engines.views.rules import CONTRARY, All, AnyOf, Condition, Node, Not


def compile_node(node: Node, model: type[Model], context: Context) -> Q:
    """The condition under which a row is found. Every part holds or does not; nothing is ever unknown."""
    if isinstance(node, Condition):
        return _condition(node, model, context)
    if isinstance(node, Not):
        return ~_whole(compile_node(node.part, model, context))
    parts = [compile_node(part, model, context) for part in node.parts]
    joined = Q()
    for part in parts:
        if isinstance(node, All):
            joined &= part
        elif isinstance(node, AnyOf):
            # An empty Q means "always" but would vanish from an OR.
            joined |= _whole(part)
    return joined


def _whole(condition: Q) -> Q:
    return condition if condition else Q(pk__isnull=False)


def _condition(asked: Condition, model: type[Model], context: Context) -> Q:
    column = _column(asked.field, model, context)
    op = CONTRARY.get(asked.op, asked.op)
    found = _holds(asked, op, column, context)
    if column.place.many:
        found = Q(pk__in=model._default_manager.filter(found).values("pk"))
    return found if op == asked.op else ~found


def _column(field: Field, model: type[Model], context: Context) -> Column:
    if field.formula:
        return FormulaColumn(formulas.expression(field, model, context.meaning), field.type)
    return column_of(model, field.path, field.type)


def _holds(asked: Condition, op: str, column: Column, context: Context) -> Q:
    kind = asked.field.type
    if op == "is_not_empty":
        return column.given()
    if op in {"contains", "starts_with"}:
        return column.like(op.replace("_", ""), str(asked.values[0]))
    if op in {"has_any", "has_all"}:
        return column.has([str(value) for value in asked.values], every=op == "has_all")
    if kind in IDS:
        return column.among(context.people(asked))
    if op == "in" or kind not in {*NUMBERS, FieldType.DATE, FieldType.DATETIME}:
        return column.among(_storable(asked, column))
    return _within(column, context.range(Condition(asked.field, op, asked.values)))


def _storable(asked: Condition, column: Column) -> list[Any]:
    if not column.whole_numbers:
        return list(asked.values)
    return [int(v) for v in asked.values if isinstance(v, Decimal) and v == v.to_integral_value()]


def _within(column: Column, asked: Range) -> Q:
    if column.whole_numbers:
        asked = _whole_range(asked)
    found = Q()
    if asked.lower is not None:
        found &= column.within("gt" if asked.lower_open else "gte", asked.lower)
    if asked.upper is not None:
        found &= column.within("lt" if asked.upper_open else "lte", asked.upper)
    return found


def _whole_range(asked: Range) -> Range:
    """The same whole numbers, with closed whole bounds: Django would round others."""
    lower: Any = asked.lower
    upper: Any = asked.upper
    if lower is not None:
        lower = math.floor(lower) + 1 if asked.lower_open else math.ceil(lower)
    if upper is not None:
        upper = math.ceil(upper) - 1 if asked.upper_open else math.floor(upper)
    return Range(lower, upper)
