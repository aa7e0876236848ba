"""The tree of a formula, and the functions there are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from leadline.engines.schema.ports import FieldType
from leadline.engines.schema.rules import TEXTS


class Kind(StrEnum):
    """What a part of a formula is."""

    NUMBER = "number"
    TEXT = "text"
    TRUTH = "truth"
    DATE = "date"
    # A condition's branches, or the values of FIRST: any kind, but all of one.
    SAME = "same"


@dataclass(frozen=True)
class Literal:
    """A number, text or truth as it is written."""

    value: Decimal | str | bool


@dataclass(frozen=True)
class Ref:
    """The value of a field."""

    key: str


@dataclass(frozen=True)
class Call:
    """An operator or function and what it works on."""

    name: str
    args: tuple[Node, ...]


Node: TypeAlias = Literal | Ref | Call


@dataclass(frozen=True)
class Signature:
    """What a function takes and gives; the last kind may repeat when there may be many."""

    takes: tuple[Kind, ...]
    gives: Kind
    many: bool = False


_N, _T, _B, _D, _S = Kind.NUMBER, Kind.TEXT, Kind.TRUTH, Kind.DATE, Kind.SAME
SIGNATURES: Mapping[str, Signature] = {
    **{op: Signature((_N, _N), _N) for op in ("+", "-", "*", "/")},
    **{op: Signature((_S, _S), _B) for op in ("=", "<>", "<", "<=", ">", ">=")},
    "&": Signature((_T, _T), _T),
    "and": Signature((_B,), _B, many=True),
    "or": Signature((_B,), _B, many=True),
    "not": Signature((_B,), _B),
    "neg": Signature((_N,), _N),
    "IF": Signature((_B, _S, _S), _S),
    "FIRST": Signature((_S,), _S, many=True),
    "EMPTY": Signature((_S,), _B),
    "ROUND": Signature((_N, _N), _N),
    "ABS": Signature((_N,), _N),
    "MIN": Signature((_N,), _N, many=True),
    "MAX": Signature((_N,), _N, many=True),
    "TEXT": Signature((_N, _N), _T),
    "LEN": Signature((_T,), _N),
    "LEFT": Signature((_T, _N), _T),
    "UPPER": Signature((_T,), _T),
    "TODAY": Signature((), _D),
    "DAYS": Signature((_D, _D), _N),
    "ADDDAYS": Signature((_D, _N), _D),
    "YEAR": Signature((_D,), _N),
    "MONTH": Signature((_D,), _N),
}
# Where a whole number is written out: digits after the point, letters of a text.
WHOLE = {"ROUND": range(11), "TEXT": range(11), "LEFT": range(1, 1001)}
FUNCTIONS = tuple(name for name in SIGNATURES if name.isupper())
KINDS: Mapping[FieldType, Kind] = {
    FieldType.NUMBER: _N,
    FieldType.MONEY: _N,
    FieldType.BOOL: _B,
    FieldType.DATE: _D,
    FieldType.DATETIME: _D,
    **dict.fromkeys([*TEXTS, FieldType.CHOICE], _T),
}
# What may come out of a formula, and the kind it needs.
RESULTS: Mapping[FieldType, Kind] = {
    FieldType.NUMBER: _N,
    FieldType.MONEY: _N,
    FieldType.TEXT: _T,
    FieldType.BOOL: _B,
    FieldType.DATE: _D,
}


def refs(node: Node) -> Iterator[str]:
    """The keys of the fields a formula is made of."""
    if isinstance(node, Ref):
        yield node.key
    elif isinstance(node, Call):
        for part in node.args:
            yield from refs(part)
