"""Turn the cells of a row into values by the types of the places they go to."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, tzinfo
from decimal import Decimal, InvalidOperation
from typing import Any

from leadline.engines.schema.ports import Field, FieldType
from leadline.engines.transfer import dates
from leadline.engines.transfer.ports import Given, Verdict
from leadline.engines.transfer.reading import Record
from leadline.engines.transfer.rules import EXTRA, DateOrder, as_written
from leadline.infra.language import worded
from leadline.kit.sentences import Text, say, sentence_from

_YES = {"true", "yes", "y", "1", "on", "x", "ja", "oui", "כן", "✓"}
_NO = {"false", "no", "n", "0", "off", "nein", "non", "לא"}
_LISTED = re.compile(r"\s*[,;|]\s*")
_BETWEEN = re.compile(r"[\s\u00a0\u202f']")


class Wrong(Exception):
    """A cell that its place cannot hold."""

    def __init__(self, why: Text) -> None:
        super().__init__(str(why))
        self.why = why


@dataclass(frozen=True)
class Place:
    """Where one column of the file goes, and how its cells are read."""

    header: str
    to: str
    field: Field | None = None
    dates: DateOrder | None = None
    decimal: str = ""


def verdict(record: Record, places: Sequence[Place], zone: tzinfo) -> Verdict:
    """The row with its values, or with the first trouble that was found in it."""
    values: dict[str, Any] = {}
    extra: dict[str, str] = {}
    trouble: Text = record.trouble
    for place, raw in zip(places, record.cells, strict=True):
        cell = as_written(raw).strip()
        if not cell or not place.to:
            continue
        if place.to == EXTRA or place.field is None:
            extra[place.header] = cell[:2000]
            continue
        try:
            values[place.to] = _READERS.get(place.field.type, _text)(cell, place, zone)
        except Wrong as problem:
            trouble = trouble or _told(place.header, problem.why)
    return Verdict(Given(record.number, values, extra), trouble=trouble)


def _told(header: str, why: Text) -> Text:
    return say("{column}: {trouble}", column=header, trouble=sentence_from(why))


def _text(cell: str, place: Place, zone: tzinfo) -> str:
    return cell


def _number(cell: str, place: Place, zone: tzinfo) -> str:
    plain = _plain(cell, place.decimal)
    try:
        number = Decimal(plain.rstrip("%"))
    except InvalidOperation:
        raise Wrong(say("“{text}” is not a number", text=cell[:60])) from None
    return format(number, "f")


def _money(cell: str, place: Place, zone: tzinfo) -> str:
    """An amount is read with its currency by the room; only the decimal sign is settled here."""
    if not any(char.isdecimal() for char in cell):
        raise Wrong(say("“{text}” is not an amount", text=cell[:60]))
    return _plain(cell, place.decimal) if place.decimal else cell


def _plain(cell: str, decimal: str) -> str:
    text = _BETWEEN.sub("", cell).replace("\u2212", "-")
    if not decimal:
        # One comma without a point, not before three digits, is a decimal comma.
        decimal = "," if re.fullmatch(r"-?\d+,(\d{1,2}|\d{4,})", text) else "."
    other = "," if decimal == "." else "."
    return text.replace(other, "").replace(decimal, ".")


def _date(cell: str, place: Place, zone: tzinfo) -> str:
    return str(_moment(cell, place, zone).date())


def _datetime(cell: str, place: Place, zone: tzinfo) -> str:
    return str(_moment(cell, place, zone).astimezone(UTC).isoformat())


def _moment(cell: str, place: Place, zone: tzinfo) -> Any:
    found = dates.read(cell, place.dates or DateOrder.DAY_FIRST, zone)
    if found is None or not 1900 <= found.year <= 2200:
        raise Wrong(say("“{text}” is not a date", text=cell[:60]))
    return found


def _bool(cell: str, place: Place, zone: tzinfo) -> bool:
    said = cell.casefold()
    if said not in _YES | _NO:
        raise Wrong(say("“{text}” is neither yes nor no", text=cell[:60]))
    return said in _YES


def _listed(cell: str, place: Place, zone: tzinfo) -> list[str]:
    return [item for item in _LISTED.split(cell) if item]


_READERS: Mapping[FieldType, Callable[[str, Place, tzinfo], Any]] = {
    FieldType.NUMBER: _number,
    FieldType.MONEY: _money,
    FieldType.DATE: _date,
    FieldType.DATETIME: _datetime,
    FieldType.BOOL: _bool,
    FieldType.TAGS: _listed,
    FieldType.MULTI_CHOICE: _listed,
}


def label_of(field: Field) -> str:
    """What people read for the place, in the language spoken now."""
    return field.label if field.custom else worded(field.label)
