"""Formulas as the database computes them, and as they are computed in memory, with the same answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import FieldDoesNotExist
from django.db.models import (
    BooleanField,
    Case,
    CharField,
    DateField,
    DateTimeField,
    DecimalField,
    Expression,
    F,
    Field,
    Func,
    Model,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Greatest, Least, Left, Length, NullIf, Upper
from django.db.models.lookups import (
    Exact,
    GreaterThanOrEqual,
    LessThan,
    LessThanOrEqual,
    Regex,
)

from leadline.engines.schema import formula
from leadline.engines.schema.formula import Call, Kind, Literal, Node, Ref
from leadline.engines.schema.formula.computing import DIVIDED, LIMIT, SHOWN
from leadline.engines.schema.ports import Field as SchemaField
from leadline.engines.schema.ports import FieldType
from leadline.engines.views.columns import JsonColumn, column_of
from leadline.kit import money
from leadline.kit.errors import Invalid

_NUMBER = DecimalField(max_digits=60, decimal_places=20)
_TEXT, _TRUTH, _DATE = TextField(), BooleanField(), DateField()
_NOTHING = Value(None)
_DAY = r"^\d{4}-\d{2}-\d{2}"
Made = Expression | F


@dataclass(frozen=True)
class Meaning:
    """What a formula's words mean in a workspace at a moment: today, the day of a moment, an amount."""

    today: date
    zone: ZoneInfo
    currency: str

    def decimals(self, currency: str | None) -> int:
        """How many decimals amounts of a record have; one without a currency is in the workspace's."""
        try:
            return money.exponent(currency or self.currency)
        except Invalid:
            return 2


def value(field: SchemaField, get: Callable[[SchemaField], Any], meaning: Meaning) -> Any:
    """A formula of one record; None where something it needs is missing, or a field it names is gone."""
    tree = _tree(field)
    if tree is None:
        return None
    currency = field.parts.get("currency")
    return formula.computed(
        tree,
        field,
        lambda key: get(field.parts[key]),
        fields=field.parts,
        today=meaning.today,
        zone=meaning.zone,
        decimals=meaning.decimals(get(currency) if currency else None),
    )


def expression(field: SchemaField, model: type[Model], meaning: Meaning) -> Expression:
    """A formula as an expression of the ORM over the rows of a model."""
    tree = _tree(field)
    if tree is None:
        return Value(None, output_field=_OUTPUT[field.type])
    compiling = _Compiling(field.parts, model, meaning)
    made = compiling.node(tree)
    if field.type is FieldType.MONEY:
        made = _joined(" * ", _NUMBER, made, compiling.scale(up=True))
        return _bounded(_rounded(made, 0))
    if field.type is FieldType.NUMBER:
        return _bounded(_rounded(made, SHOWN))
    if field.type is FieldType.TEXT:
        return _text_or_none(made)
    return Func(made, template="%(expressions)s", output_field=_OUTPUT[field.type])


def _tree(field: SchemaField) -> Node | None:
    """The formula, unless a field that it is made of was taken away."""
    try:
        return formula.checked(field.formula, field.type, field.parts)
    except Invalid:
        return None


class _Compiling:
    """One formula becoming an expression."""

    def __init__(self, fields: Mapping[str, SchemaField], model: type[Model], meaning: Meaning) -> None:
        self.fields, self.model, self.meaning = fields, model, meaning

    def node(self, node: Node) -> Made:
        if isinstance(node, Literal):
            made = Value(node.value, output_field=_LITERALS[type(node.value)])
            # A bare 7 would be an integer, and 7 / 3 would be 2.
            return _numeric(made) if isinstance(node.value, Decimal) else made
        if isinstance(node, Ref):
            return self._field(self.fields[node.key])
        return self._call(node)

    def scale(self, *, up: bool) -> Expression:
        """What an amount in minor units is multiplied with to be whole, or the other way."""

        def factor(decimals: int) -> Value:
            return Value(Decimal(10) ** (decimals if up else -decimals), output_field=_NUMBER)

        try:
            self.model._meta.get_field("currency")
        except FieldDoesNotExist:
            return factor(self.meaning.decimals(None))
        strange = {n: codes for n, codes in money.by_decimals().items() if n != 2}
        cases = [When(currency="", then=factor(self.meaning.decimals(None)))]
        cases += [When(currency__in=codes, then=factor(n)) for n, codes in strange.items()]
        return Case(*cases, default=factor(2), output_field=_NUMBER)

    def _field(self, field: SchemaField) -> Made:
        column = column_of(self.model, field.path, field.type)
        if field.type is FieldType.BOOL:
            return Case(
                When(column.among([True]), then=Value(True)), default=Value(False), output_field=_TRUTH
            )
        made = column.value()
        if field.type is FieldType.MONEY:
            return _joined(" * ", _NUMBER, made, self.scale(up=False))
        if field.type not in {FieldType.DATE, FieldType.DATETIME}:
            return made
        if not isinstance(column, JsonColumn):
            return self._day(made) if isinstance(column.place.column, DateTimeField) else made
        kind = "timestamptz" if field.type is FieldType.DATETIME else "date"
        cast = Func(made, template=f"(%(expressions)s)::{kind}", output_field=DateTimeField())
        day = self._day(cast) if field.type is FieldType.DATETIME else cast
        return Case(When(Regex(made, _DAY), then=day), default=None, output_field=_DATE)

    def _day(self, moment: Made) -> Expression:
        zone = Value(self.meaning.zone.key, output_field=CharField())
        return _joined(" AT TIME ZONE ", _DATE, moment, zone, cast="::date")

    def _call(self, node: Call) -> Made:
        if node.name == "TODAY":
            return Value(self.meaning.today, output_field=_DATE)
        kinds = [formula.kind_of(part, self.fields) for part in node.args]
        args = [self.node(part) for part in node.args]
        if node.name == "IF":
            kind = formula.kind_of(node, self.fields)
            return Case(
                When(Exact(args[0], Value(True)), then=args[1]), default=args[2], output_field=_KINDS[kind]
            )
        if node.name in _COMPARISONS:
            return _compared(node.name, args, kinds[0])
        if node.name in {"FIRST", "EMPTY"}:
            args = [_text_or_none(arg) if kinds[0] is Kind.TEXT else arg for arg in args]
        if node.name == "FIRST":
            return args[0] if len(args) == 1 else Coalesce(*args, output_field=_KINDS[kinds[0]])
        if node.name == "EMPTY":
            gone = "(NOT %(expressions)s)" if kinds[0] is Kind.TRUTH else "(%(expressions)s IS NULL)"
            return Func(args[0], template=gone, output_field=_TRUTH)
        return _FUNCTIONS[node.name](args)


def _text_or_none(text: Made) -> Expression:
    return NullIf(text, Value("", output_field=_TEXT), output_field=_TEXT)


def _joined(sign: str, output: Field[Any, Any], *args: Made, cast: str = "") -> Expression:
    return Func(*args, template=f"(%(expressions)s){cast}", arg_joiner=sign, output_field=output)


def _numeric(made: Made) -> Expression:
    return Func(made, template="(%(expressions)s)::numeric", output_field=_NUMBER)


def _rounded(number: Made, digits: int) -> Expression:
    return Func(number, Value(digits), function="ROUND", output_field=_NUMBER)


def _bounded(number: Expression) -> Expression:
    size = Func(number, function="ABS", output_field=_NUMBER)
    return Case(When(LessThan(size, Value(LIMIT)), then=number), default=None, output_field=_NUMBER)


def _compared(name: str, args: Sequence[Made], kind: Kind) -> Expression:
    # Texts are the same in capitals too; what is missing is neither the same nor another.
    sides = [Upper(arg, output_field=_TEXT) for arg in args] if kind is Kind.TEXT else list(args)
    return _sure(_joined(f" {name} ", _TRUTH, *sides))


def _sure(condition: Any) -> Expression:
    return Coalesce(condition, Value(False), output_field=_TRUTH)


def _moved(args: Sequence[Made]) -> Expression:
    """A day so many days later; none outside the years 1 to 9999."""
    day, number = args
    days = Func(_rounded(number, 0), template="(%(expressions)s)::int", output_field=_NUMBER)
    since = _joined(" - ", _NUMBER, day, Value(date.min, output_field=_DATE))
    place = _joined(" + ", _NUMBER, since, _rounded(number, 0))
    inside = _joined(
        " AND ", _TRUTH, GreaterThanOrEqual(place, Value(0)), LessThanOrEqual(place, Value(3652058))
    )
    return Case(
        When(Exact(_sure(inside), Value(True)), then=_joined(" + ", _DATE, day, days)),
        default=None,
        output_field=_DATE,
    )


def _arithmetic(op: str) -> Callable[[Sequence[Made]], Expression]:
    return lambda args: _joined(f" {op} ", _NUMBER, *args)


def _part(name: str) -> Callable[[Sequence[Made]], Expression]:
    return lambda args: Func(
        args[0], template=f"EXTRACT({name} FROM %(expressions)s)::numeric", output_field=_NUMBER
    )


_OUTPUT: Mapping[FieldType, Field[Any, Any]] = {
    FieldType.NUMBER: _NUMBER,
    FieldType.MONEY: _NUMBER,
    FieldType.TEXT: _TEXT,
    FieldType.BOOL: _TRUTH,
    FieldType.DATE: _DATE,
}
_KINDS: Mapping[Kind, Field[Any, Any]] = {
    Kind.NUMBER: _NUMBER,
    Kind.TEXT: _TEXT,
    Kind.TRUTH: _TRUTH,
    Kind.DATE: _DATE,
}
_LITERALS: Mapping[type, Field[Any, Any]] = {Decimal: _NUMBER, str: _TEXT, bool: _TRUTH}
_COMPARISONS = frozenset({"=", "<>", "<", "<=", ">", ">="})
_FUNCTIONS: Mapping[str, Callable[[Sequence[Made]], Made]] = {
    **{op: _arithmetic(op) for op in ("+", "-", "*")},
    "/": lambda args: _rounded(
        _joined(" / ", _NUMBER, args[0], NullIf(args[1], Value(Decimal(0)), output_field=_NUMBER)), DIVIDED
    ),
    "neg": lambda args: Func(args[0], template="(- %(expressions)s)", output_field=_NUMBER),
    "&": lambda args: _joined(" || ", _TEXT, *(Coalesce(arg, Value(""), output_field=_TEXT) for arg in args)),
    "and": lambda args: _joined(" AND ", _TRUTH, *args),
    "or": lambda args: _joined(" OR ", _TRUTH, *args),
    "not": lambda args: Func(args[0], template="(NOT %(expressions)s)", output_field=_TRUTH),
    "ROUND": lambda args: _rounded(args[0], _literal(args[1])),
    "ABS": lambda args: Func(args[0], function="ABS", output_field=_NUMBER),
    "MIN": lambda args: args[0] if len(args) == 1 else Least(*args, output_field=_NUMBER),
    "MAX": lambda args: args[0] if len(args) == 1 else Greatest(*args, output_field=_NUMBER),
    "TEXT": lambda args: Func(
        _rounded(args[0], _literal(args[1])), template="(%(expressions)s)::text", output_field=_TEXT
    ),
    "LEN": lambda args: _numeric(Length(args[0])),
    "LEFT": lambda args: Left(args[0], _literal(args[1]), output_field=_TEXT),
    "UPPER": lambda args: Upper(args[0], output_field=_TEXT),
    "DAYS": lambda args: _numeric(_joined(" - ", _NUMBER, args[1], args[0])),
    "ADDDAYS": _moved,
    "YEAR": _part("YEAR"),
    "MONTH": _part("MONTH"),
}


def _literal(made: Made) -> int:
    """The whole number that was written there, which the check has seen to."""
    written = made.get_source_expressions()[0] if isinstance(made, Func) else made
    assert isinstance(written, Value)
    return int(written.value)
