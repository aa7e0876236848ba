"""When a human must have answered, and what a clock says on its way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TypeAlias

from leadline.kit.business_hours import ALWAYS, Calendar, add_working_time, working_time_between


class ClockKind(StrEnum):
    """Which time counts."""

    BUSINESS = "business"
    CALENDAR = "calendar"


class Mark(StrEnum):
    """What a clock says on its way."""

    HALF = "half"
    MOST = "most"
    BREACH = "breach"


DEFAULT_POLICIES = (
    ("hot", 60, ClockKind.BUSINESS),
    ("warm", 24 * 60, ClockKind.CALENDAR),
    ("cold", 48 * 60, ClockKind.CALENDAR),
)
# From when to when a clock stood still; the running pause has no end.
Pause: TypeAlias = tuple[datetime, datetime | None]
# One second late is late, the due moment itself is in time.
_LATE = timedelta(seconds=1)
_LONGEST_LOOK_BACK = timedelta(days=400)


@dataclass(frozen=True, kw_only=True)
class Times:
    """The moments of a clock."""

    warn_50_at: datetime
    warn_80_at: datetime
    due_at: datetime


def times(
    start: datetime, minutes: int, kind: str, calendar: Calendar | None, pauses: Sequence[Pause] = ()
) -> Times:
    """When a clock warns and when the answer is due; business time only once there are hours."""
    whole, counted = timedelta(minutes=minutes), counted_time(kind, calendar)
    half, most, all_of_it = (running_on(start, whole * part, counted, pauses) for part in (0.5, 0.8, 1))
    return Times(warn_50_at=half, warn_80_at=most, due_at=all_of_it)


def counted_time(kind: str, calendar: Calendar | None) -> Calendar:
    """The time that a clock of this kind counts."""
    counted = calendar if kind == ClockKind.BUSINESS and calendar else ALWAYS
    return ALWAYS if counted.never_opens else counted


def running_on(start: datetime, span: timedelta, counted: Calendar, pauses: Sequence[Pause] = ()) -> datetime:
    """The first moment at which `span` of counted time has passed since `start` outside of the pauses.

    Pauses come in order and do not overlap. A running one takes nothing away before it has ended.
    """
    at, left = start, span
    for begins, ends in pauses:
        if ends is None or ends <= at:
            continue
        passed = working_time_between(at, begins, counted)
        if passed >= left:
            break
        at, left = max(at, ends), left - passed
    return add_working_time(at, left, counted)


def pauses_of(stored: Iterable[Sequence[str | None]]) -> list[Pause]:
    """Pauses as a clock keeps them, in order."""
    return [
        (datetime.fromisoformat(begins), datetime.fromisoformat(ends) if ends else None)
        for begins, ends in stored
        if begins
    ]


def stands_still(pauses: Sequence[Sequence[object]]) -> bool:
    """Whether the last pause has not ended."""
    return bool(pauses) and pauses[-1][1] is None


def overdue_from(when: Times) -> datetime:
    """From which moment on the answer is late."""
    return when.due_at + _LATE


def marks(when: Times) -> list[tuple[Mark, datetime]]:
    """What the clock says, in order, and from which moment on."""
    return [(Mark.HALF, when.warn_50_at), (Mark.MOST, when.warn_80_at), (Mark.BREACH, overdue_from(when))]


def next_mark(when: Times, said: Iterable[str]) -> tuple[Mark, datetime] | None:
    """The first thing the clock has not said yet."""
    done = set(said)
    return next(((mark, at) for mark, at in marks(when) if mark not in done), None)


def moment_before(now: datetime, span: timedelta, calendar: Calendar | None) -> datetime:
    """The latest moment since which `span` has passed: of open time with a calendar, of plain time without.

    Everything that came before it has waited long enough. Exact to the second; never more than 400 days ago.
    """
    if calendar is None or calendar.never_opens or calendar.always_open:
        return now - span
    early, late = now - _LONGEST_LOOK_BACK, now - span
    if working_time_between(late, now, calendar) >= span:
        return late
    while late - early > timedelta(seconds=1):
        middle = early + timedelta(seconds=(late - early) // timedelta(seconds=2))
        if working_time_between(middle, now, calendar) >= span:
            early = middle
        else:
            late = middle
    return early
