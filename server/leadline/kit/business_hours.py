"""Time that counts only while the business is open, exact across holidays and clock changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple, TypeAlias
from zoneinfo import ZoneInfo

from leadline.kit.errors import Invalid
from leadline.kit.sentences import say

Hours: TypeAlias = tuple[time, time]
Period: TypeAlias = tuple[datetime, datetime]
# Two distances from local midnight, as the clock on the wall shows them.
Span: TypeAlias = tuple[timedelta, timedelta]

_ZERO = timedelta()
_DAY = timedelta(days=1)
_MIDNIGHT = time(0, 0)


@dataclass(frozen=True)
class Calendar:
    """When a business is open: Monday is 0; closing at 00:00, or earlier than opening, is the next day."""

    timezone: str
    weekly: Mapping[int, Sequence[Hours]]
    holidays: Set[date] = frozenset()
    spans: tuple[tuple[Span, ...], ...] = field(init=False, repr=False, compare=False)
    totals: tuple[timedelta, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        _zone(self.timezone)
        spans = _spans_of_the_week(self.weekly)
        object.__setattr__(self, "spans", spans)
        object.__setattr__(self, "totals", tuple(sum((b - a for a, b in day), _ZERO) for day in spans))

    @property
    def never_opens(self) -> bool:
        """Whether there is not one open hour in the week."""
        return not any(self.spans)

    @property
    def always_open(self) -> bool:
        """Whether every moment counts, so that working time is plain time."""
        return not self.holidays and all(total == _DAY for total in self.totals)

    def is_open(self, at: datetime) -> bool:
        """Whether the business is open: at the opening moment it is, at the closing moment no longer."""
        return not self.never_opens and self.next_open(at) == at

    def next_open(self, at: datetime) -> datetime:
        """The moment itself while open, otherwise the next opening, in UTC; `Invalid` if it never opens."""
        moment = _utc(at)
        if self.always_open:
            return moment
        return next(max(moment, opens) for opens, closes in _periods(moment, self) if moment < closes)


def add_working_time(start: datetime, duration: timedelta, calendar: Calendar) -> datetime:
    """The first moment, in UTC, at which `duration` of open time has passed since `start`."""
    moment = _utc(start)
    if duration < _ZERO:
        raise ValueError("Working time only runs forward.")
    if duration == _ZERO or calendar.always_open:
        return moment + duration

    left = duration
    for day in _open_days(moment, calendar):
        if day.total < left and day.begins >= moment:
            left -= day.total
            continue
        for opens, closes in day.periods(calendar):
            opens = max(opens, moment)
            if closes - opens >= left:
                return opens + left
            left -= max(closes - opens, _ZERO)
    raise AssertionError("unreachable: the days of a calendar that opens never end")


def working_time_between(a: datetime, b: datetime, calendar: Calendar) -> timedelta:
    """How much open time lies between two moments; zero unless the second is later."""
    begin, end = _utc(a), _utc(b)
    if end <= begin or calendar.never_opens:
        return _ZERO
    if calendar.always_open:
        return end - begin

    passed = _ZERO
    for day in _open_days(begin, calendar):
        if day.begins >= end:
            break
        if begin <= day.begins and day.ends <= end:
            passed += day.total
        else:
            overlaps = (min(closes, end) - max(opens, begin) for opens, closes in day.periods(calendar))
            passed += sum((overlap for overlap in overlaps if overlap > _ZERO), _ZERO)
    return passed


class _OpenDay(NamedTuple):
    """A local date with open hours; a whole day is taken by its total, without looking at its periods."""

    date: date
    begins: datetime
    ends: datetime
    total: timedelta

    def periods(self, calendar: Calendar) -> list[Period]:
        spans = calendar.spans[self.date.weekday()]
        if self.ends - self.begins == _DAY:
            return [(self.begins + opens, self.begins + closes) for opens, closes in spans]
        return _periods_across_a_change(calendar.timezone, self.date, spans)


def _open_days(moment: datetime, calendar: Calendar) -> Iterator[_OpenDay]:
    if calendar.never_opens:
        raise Invalid("These business hours hold no open hour. Add at least one.", code="no_open_hours")
    timezone, holidays, totals = calendar.timezone, calendar.holidays, calendar.totals
    day = moment.astimezone(_zone(timezone)).date()
    while True:
        if totals[day.weekday()] and day not in holidays:
            begins, ends = _day_bounds(timezone, day)
            total = totals[day.weekday()]
            if ends - begins != _DAY:
                spans = calendar.spans[day.weekday()]
                total = sum((b - a for a, b in _periods_across_a_change(timezone, day, spans)), _ZERO)
            yield _OpenDay(day, begins, ends, total)
        day += _DAY


def _periods(moment: datetime, calendar: Calendar) -> Iterator[Period]:
    for day in _open_days(moment, calendar):
        yield from day.periods(calendar)


def _periods_across_a_change(timezone: str, day: date, spans: Sequence[Span]) -> list[Period]:
    bounds = [(_moment(timezone, day, opens), _moment(timezone, day, closes)) for opens, closes in spans]
    return [(opens, closes) for opens, closes in bounds if opens < closes]


@lru_cache(maxsize=8192)
def _day_bounds(timezone: str, day: date) -> Period:
    return _moment(timezone, day, _ZERO), _moment(timezone, day, _DAY)


def _moment(timezone: str, day: date, wall: timedelta) -> datetime:
    """The first moment at which the clock on the wall shows this time, or has jumped past it."""
    zone = _zone(timezone)
    shown = datetime.combine(day, _MIDNIGHT) + wall
    moment = shown.replace(tzinfo=zone).astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None) == shown:
        return moment
    return _end_of_gap(zone, shown)


def _end_of_gap(zone: ZoneInfo, shown: datetime) -> datetime:
    # The clock jumped over this time. Python would go on counting with the offset from before the jump, and
    # two times inside the gap would then come after the time that ends it; the jump itself keeps the order.
    after = shown.replace(tzinfo=zone, fold=1).utcoffset()
    early = shown.replace(tzinfo=zone, fold=1).astimezone(UTC)
    late = shown.replace(tzinfo=zone, fold=0).astimezone(UTC)
    while late - early > timedelta(seconds=1):
        middle = early + timedelta(seconds=(late - early) // timedelta(seconds=2))
        if middle.astimezone(zone).utcoffset() == after:
            late = middle
        else:
            early = middle
    return late.replace(microsecond=0)


def _spans_of_the_week(weekly: Mapping[int, Sequence[Hours]]) -> tuple[tuple[Span, ...], ...]:
    days: list[list[Span]] = [[] for _ in range(7)]
    for weekday, all_hours in weekly.items():
        if weekday not in range(7):
            raise Invalid("A weekday is a number from 0 (Monday) to 6 (Sunday).", code="weekday_unknown")
        for opens, closes in all_hours:
            begin, end = _from_midnight(opens), _from_midnight(closes) or _DAY
            if begin == end:
                raise Invalid("Opening and closing time must differ.", code="hours_empty")
            if begin < end:
                days[weekday].append((begin, end))
            else:
                days[weekday].append((begin, _DAY))
                days[(weekday + 1) % 7].append((_ZERO, end))
    return tuple(_merged(spans) for spans in days)


def _merged(spans: list[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for begin, end in sorted(spans):
        if merged and begin <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((begin, end))
    return tuple(merged)


def _from_midnight(at: time) -> timedelta:
    return timedelta(hours=at.hour, minutes=at.minute, seconds=at.second, microseconds=at.microsecond)


def _utc(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError("A moment needs a time zone: pass an aware datetime.")
    return at.astimezone(UTC)


@lru_cache(maxsize=1024)
def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, KeyError):
        raise Invalid(
            say("There is no time zone “{name}”. Use a name such as Asia/Jerusalem.", name=name[:60]),
            code="timezone_unknown",
        ) from None


# Round the clock, every day: for clocks that run on the calendar.
ALWAYS = Calendar("UTC", {weekday: [(_MIDNIGHT, _MIDNIGHT)] for weekday in range(7)})
