"""Look at the columns of a file, and guess where each should go."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from leadline.engines.schema.ports import FieldType
from leadline.engines.transfer import dates
from leadline.engines.transfer.ports import Column
from leadline.engines.transfer.reading import Record
from leadline.engines.transfer.rules import EXTRA, DateOrder, as_written
from leadline.infra.language import in_language
from leadline.kit import text

SAMPLES = 3
_LOOKED_AT = 2000
_MAIL = re.compile(r"^[^@\s]+@[^@\s]+\.[^@\s]+$")
_PHONE = re.compile(r"^[+(]?\d[\d\s().\-/]{6,20}$")
_POINT = re.compile(r"^-?\d{1,3}(,\d{3})+(\.\d+)?$|^-?\d+\.\d+$")
_COMMA = re.compile(r"^-?\d{1,3}(\.\d{3})+(,\d+)?$|^-?\d+,\d+$")
_WORDS = re.compile(r"[^\W_]+")
_MOSTLY = 0.8
_NEARLY_ALL = 0.95


@dataclass
class Seen:
    """What the cells of one column look like."""

    header: str
    samples: list[str] = field(default_factory=list)
    filled: int = 0
    looked: int = 0
    different: set[str] = field(default_factory=set)
    mails: int = 0
    phones: int = 0
    dates: int = 0
    points: int = 0
    commas: int = 0
    orders: frozenset[DateOrder] = frozenset(DateOrder)

    def look(self, raw: str) -> None:
        """Take one more cell into account."""
        cell = as_written(raw)
        if not cell:
            return
        self.filled += 1
        if len(self.samples) < SAMPLES and cell[:80] not in self.samples:
            self.samples.append(cell[:80])
        if self.dates == self.looked and (orders := dates.orders_of(cell)):
            # Every row counts: one 31/12 decides the order of the whole column.
            self.orders = self.orders & orders or self.orders
        if self.looked >= _LOOKED_AT:
            return
        self.looked += 1
        self.different.add(cell)
        self.mails += bool(_MAIL.match(cell))
        self.phones += bool(_PHONE.match(cell)) and not dates.looks_like(cell)
        self.dates += dates.looks_like(cell)
        self.points += bool(_POINT.match(cell))
        self.commas += bool(_COMMA.match(cell))

    @property
    def apart(self) -> float:
        """How well the cells tell rows apart: 1 when no two are alike."""
        return len(self.different) / self.looked if self.looked else 0.0

    @property
    def order(self) -> DateOrder | None:
        """The order of dates, if the cells leave only one."""
        left = self.orders - {DateOrder.YEAR_FIRST} if self.orders != {DateOrder.YEAR_FIRST} else self.orders
        if (
            DateOrder.YEAR_FIRST in self.orders
            and self.samples
            and all(s[:4].isdecimal() for s in self.samples)
        ):
            return DateOrder.YEAR_FIRST
        return next(iter(left)) if len(left) == 1 else None

    @property
    def data(self) -> dict[str, Any]:
        """What the wizard shows of the column."""
        return {
            "header": self.header,
            "samples": self.samples,
            "filled": self.filled,
            "dates": self.looked > 0 and self.dates >= _MOSTLY * self.looked,
            "order": self.order,
            "decimal": "," if self.commas > self.points else "." if self.points else "",
        }


def look_at(headers: Sequence[str], records: Iterable[Record]) -> tuple[list[Seen], int]:
    """The columns of the file and how many rows there are, in one pass."""
    seen = [Seen(header) for header in headers]
    count = 0
    for record in records:
        count += 1
        for column, cell in zip(seen, record.cells, strict=True):
            column.look(cell)
    return seen, count


def guess(seen: Sequence[Seen], columns: Sequence[Column], languages: Iterable[str]) -> list[str]:
    """The key of the place each column goes to; what fits nowhere is kept beside the record."""
    names = _names(columns, languages)
    scores = sorted(
        (
            (-score, index, place, column.field.key)
            for index, one in enumerate(seen)
            for place, column in enumerate(columns)
            if (score := _score(one, column, names[column.field.key])) > 0
        ),
    )
    chosen: dict[int, str] = {}
    for _, index, _, key in scores:
        if index not in chosen and key not in chosen.values():
            chosen[index] = key
    _name_rows(seen, columns, chosen)
    return [chosen.get(index, EXTRA if one.filled else "") for index, one in enumerate(seen)]


def _name_rows(seen: Sequence[Seen], columns: Sequence[Column], chosen: dict[int, str]) -> None:
    """Where rows would be without a name, a column that tells all of them apart gives it.

    A column with another use is taken for it only where nothing else says anything.
    """
    key = next((column.field.key for column in columns if column.names), None)
    known = {column.field.key for column in columns if column.identifies or column.names}
    saying = [index for index, to in chosen.items() if to in known]
    total = max((one.filled for one in seen), default=0)
    if key is None or any(seen[index].filled >= _NEARLY_ALL * total for index in saying):
        return
    free = [i for i, one in enumerate(seen) if i not in chosen and one.apart == 1 and one.filled == total]
    others = [] if saying else sorted(range(len(seen)), key=lambda i: -seen[i].apart)
    for index in [*free, *others][:1]:
        chosen[index] = key


def _names(columns: Sequence[Column], languages: Iterable[str]) -> Mapping[str, set[str]]:
    spoken = list(languages)
    return {
        column.field.key: {
            _key(name)
            for name in (
                *column.synonyms,
                column.field.key,
                column.field.key.removeprefix("custom."),
                column.field.label,
                *(in_language(language, column.field.label) for language in spoken),
            )
        }
        for column in columns
    }


def _key(name: str) -> str:
    return " ".join(_WORDS.findall(text.fold(name)))


def _score(seen: Seen, column: Column, names: set[str]) -> float:
    header = _key(seen.header)
    share = max(seen.looked, 1)
    kind = column.field.type
    fits = _fits(seen, kind)
    if header in names and fits is not False:
        return 2.0 + (0.1 if fits else 0)
    if fits and kind in (FieldType.EMAIL, FieldType.PHONE) and not _is_number_of_record(header):
        return 1.0 if (seen.mails if kind is FieldType.EMAIL else seen.phones) >= _MOSTLY * share else 0
    words = set(header.split())
    if fits is not False and any(" " in name and set(name.split()) <= words for name in names):
        return 0.5
    return 0


def _fits(seen: Seen, kind: FieldType) -> bool | None:
    """Whether the cells look like the type: yes, no, or nothing can be said."""
    if not seen.looked:
        return None
    if kind is FieldType.EMAIL:
        return seen.mails >= 0.3 * seen.looked
    if kind is FieldType.PHONE:
        return seen.phones >= 0.3 * seen.looked
    if kind in (FieldType.DATE, FieldType.DATETIME):
        return seen.dates >= 0.5 * seen.looked
    if kind in (FieldType.NUMBER, FieldType.MONEY):
        return sum(any(c.isdecimal() for c in cell) for cell in seen.samples) * 2 >= len(seen.samples)
    return None


def _is_number_of_record(header: str) -> bool:
    return bool({"id", "number", "no", "code", "zip", "score", "amount", "מספר", "קוד"} & set(header.split()))
