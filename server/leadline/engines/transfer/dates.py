"""Read dates and times as spreadsheets and people write them."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, tzinfo

from leadline.engines.transfer.rules import DateOrder

_DATE = r"(?P<a>\d{1,4})[./\-](?P<b>\d{1,2})[./\-](?P<c>\d{1,4})"
_CLOCK = r"(?P<h>\d{1,2})[:.](?P<m>\d{2})(?:[:.](?P<s>\d{2})(?:[.,]\d+)?)?"
_TIME = rf"(?:[T ,]+{_CLOCK}\s*(?P<half>[AaPp]\.?[Mm]\.?)?)?"
_ZONE = r"\s*(?P<zone>Z|UTC|[+\-]\d{2}:?\d{2})?"
_WRITTEN = re.compile(rf"^\s*{_DATE}{_TIME}{_ZONE}\s*$")
_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july",
         "aug august", "sep sept september", "oct october", "nov november", "dec december"), 1
    )
    for name in names.split()
}  # fmt: skip
_WORDS = re.compile(
    r"^\s*(?:(\d{1,2})[ .\-]+([A-Za-z]{3,9})|([A-Za-z]{3,9})[ .\-]+(\d{1,2}),?)[ .,\-]+(\d{4})\s*$"
)
# Days since the beginning of a spreadsheet's calendar.
_EPOCH = date(1899, 12, 30)


def looks_like(cell: str) -> bool:
    """Whether the cell is written like a date."""
    return bool(_WRITTEN.match(cell) or _WORDS.match(cell))


def orders_of(cell: str) -> frozenset[DateOrder]:
    """In which orders the cell makes sense as a date."""
    if _WORDS.match(cell):
        return frozenset(DateOrder)
    found = _WRITTEN.match(cell)
    if found is None:
        return frozenset()
    return frozenset(order for order in DateOrder if _day(found, order) is not None)


def read(cell: str, order: DateOrder, zone: tzinfo) -> datetime | None:
    """The moment, in the zone unless the cell names one; None when there is no such day."""
    found = _WRITTEN.match(cell)
    if found is None:
        return _in_words(cell, zone) or _serial(cell, zone)
    day = _day(found, order) or (_day(found, DateOrder.YEAR_FIRST) if len(found["a"]) == 4 else None)
    if day is None:
        return None
    try:
        at = datetime(day.year, day.month, day.day, *_time(found), tzinfo=_zone(found["zone"], zone))
    except ValueError:
        return None
    return at


def _day(found: re.Match[str], order: DateOrder) -> date | None:
    a, b, c = found["a"], found["b"], found["c"]
    year, month, day = {"dmy": (c, b, a), "mdy": (c, a, b), "ymd": (a, b, c)}[order]
    if len(year) not in (2, 4) or len(day) > 2 or len(month) > 2:
        return None
    if order is DateOrder.YEAR_FIRST and len(year) == 2:
        return None
    try:
        return date(
            int(year) + (0 if len(year) == 4 else 2000 if int(year) < 70 else 1900), int(month), int(day)
        )
    except ValueError:
        return None


def _time(found: re.Match[str]) -> tuple[int, int, int]:
    if found["h"] is None:
        return 0, 0, 0
    hour = int(found["h"])
    if half := (found["half"] or "").lower():
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    return hour, int(found["m"]), int(found["s"] or 0)


def _zone(named: str | None, zone: tzinfo) -> tzinfo:
    if not named:
        return zone
    return datetime.fromisoformat(f"2000-01-01T00:00:00{'Z' if named == 'UTC' else named}").tzinfo or zone


def _in_words(cell: str, zone: tzinfo) -> datetime | None:
    found = _WORDS.match(cell)
    if found is None:
        return None
    day, month = (found[1], found[2]) if found[1] else (found[4], found[3])
    number = _MONTHS.get(month.lower())
    try:
        return datetime(int(found[5]), number or 0, int(day), tzinfo=zone)
    except ValueError:
        return None


def _serial(cell: str, zone: tzinfo) -> datetime | None:
    if not re.fullmatch(r"\d{5}(\.\d+)?", cell.strip()):
        return None
    day = _EPOCH + timedelta(days=int(float(cell)))
    return datetime(day.year, day.month, day.day, tzinfo=zone)
