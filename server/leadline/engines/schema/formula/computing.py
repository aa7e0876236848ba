"""Compute a formula of one record, with the same answer as the database."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from typing import Any
from zoneinfo import ZoneInfo

from leadline.engines.schema.formula.tree import Call, Literal, Node, Ref
from leadline.engines.schema.ports import Field, FieldType
from leadline.engines.schema.rules import fold

# Products stay exact; what is divided is rounded in the same place as in the database.
_EXACT = Context(prec=300, rounding=ROUND_HALF_UP)
DIVIDED, SHOWN = 10, 6
LIMIT = Decimal(10**15)
Get = Callable[[str], Any]


def computed(
    node: Node,
    field: Field,
    get: Get,
    *,
    fields: Mapping[str, Field],
    today: date,
    zone: ZoneInfo,
    decimals: int,
) -> Any:
    """The value of a formula field; None where something it needs is missing.

    `get` gives the values of fields by key; `decimals` are those of the record's currency.
    """
    with localcontext(_EXACT):
        value = _Computing(get, fields, today, zone, decimals).node(node)
        if field.type is FieldType.MONEY and value is not None:
            value = _rounded(value.scaleb(decimals), 0)
        elif isinstance(value, Decimal):
            value = _rounded(value, SHOWN)
    if isinstance(value, Decimal) and abs(value) >= LIMIT:
        return None
    return None if value == "" else value


def _rounded(value: Decimal, digits: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)


class _Computing:
    """One record: missing values make what is computed of them missing; a condition on them does not hold."""

    def __init__(
        self, get: Get, fields: Mapping[str, Field], today: date, zone: ZoneInfo, decimals: int
    ) -> None:
        self.get, self.fields, self.today, self.zone, self.decimals = get, fields, today, zone, decimals

    def node(self, node: Node) -> Any:
        if isinstance(node, Literal):
            return node.value
        if isinstance(node, Ref):
            return self._field(node.key)
        return self._call(node)

    def _field(self, key: str) -> Any:
        field = self.fields.get(key)
        value = self.get(key)
        if field is None or value is None or value == "":
            return False if field is not None and field.type is FieldType.BOOL else None
        if field.type in {FieldType.NUMBER, FieldType.MONEY}:
            return self._number(field, value)
        if field.type is FieldType.BOOL:
            return value is True
        if field.type in {FieldType.DATE, FieldType.DATETIME}:
            return self._date(value)
        return value if isinstance(value, str) else None

    def _number(self, field: Field, value: Any) -> Decimal | None:
        if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
            return None
        number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
        return number.scaleb(-self.decimals) if field.type is FieldType.MONEY else number

    def _date(self, value: Any) -> date | None:
        if isinstance(value, str):
            value = datetime.fromisoformat(value) if len(value) > 10 else date.fromisoformat(value)
        if isinstance(value, datetime):
            return value.astimezone(self.zone).date()
        return value if isinstance(value, date) else None

    def _call(self, node: Call) -> Any:
        if node.name == "TODAY":
            return self.today
        if node.name == "IF":
            condition, yes, no = node.args
            return self.node(yes) if self.node(condition) else self.node(no)
        args = [self.node(part) for part in node.args]
        if node.name in _WITH_MISSING:
            return _WITH_MISSING[node.name](args)
        if any(arg is None for arg in args):
            return False if node.name in _COMPARING else None
        return _FUNCTIONS[node.name](*args)


def _first(args: list[Any]) -> Any:
    return next((arg for arg in args if arg is not None and arg != ""), None)


def _alike(value: Any) -> Any:
    return fold(value) if isinstance(value, str) else value


def _moved(day: date, days: Decimal) -> date | None:
    try:
        return day + timedelta(days=int(_rounded(days, 0)))
    except OverflowError:
        return None


_COMPARING = {"=", "<>", "<", "<=", ">", ">="}
_WITH_MISSING: Mapping[str, Callable[[list[Any]], Any]] = {
    "FIRST": _first,
    "EMPTY": lambda args: args[0] is None or args[0] == "" or args[0] is False,
    "MIN": lambda args: min((arg for arg in args if arg is not None), default=None),
    "MAX": lambda args: max((arg for arg in args if arg is not None), default=None),
    "&": lambda args: "".join(arg or "" for arg in args),
    "and": all,
    "or": any,
    "not": lambda args: not args[0],
}
_FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: _rounded(a / b, DIVIDED) if b else None,
    "neg": lambda a: -a,
    "=": lambda a, b: _alike(a) == _alike(b),
    "<>": lambda a, b: _alike(a) != _alike(b),
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "ROUND": lambda a, digits: _rounded(a, int(digits)),
    "ABS": abs,
    "TEXT": lambda a, digits: format(_rounded(a, int(digits)), "f"),
    "LEN": lambda text: Decimal(len(text)),
    "LEFT": lambda text, letters: text[: int(letters)],
    "UPPER": fold,
    "DAYS": lambda since, until: Decimal((until - since).days),
    "ADDDAYS": _moved,
    "YEAR": lambda day: Decimal(day.year),
    "MONTH": lambda day: Decimal(day.month),
}
