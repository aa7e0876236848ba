"""Due times and waiting times agree with the calendar, for any hours."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from leadline.assignment.rules import (
    Mark,
    Pause,
    Times,
    marks,
    moment_before,
    next_mark,
    times,
)
from leadline.kit.business_hours import Calendar, add_working_time, working_time_between

START = datetime(2025, 1, 1, tzinfo=UTC)
moments = st.integers(0, 2 * 365 * 86_400).map(lambda seconds: START + timedelta(seconds=seconds))
minutes = st.integers(1, 5 * 24 * 60)


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    days = draw(st.lists(st.integers(0, 6), min_size=1, max_size=7, unique=True))
    opens, length = draw(st.integers(0, 20)), draw(st.integers(1, 3))
    zone = draw(st.sampled_from(["UTC", "Asia/Jerusalem", "America/New_York"]))
    return Calendar(zone, {day: [(time(opens), time(opens + length))] for day in days})


@given(moments, minutes, calendars())
def test_warnings_come_in_order_and_the_due_time_is_the_working_time(
    start: datetime, length: int, calendar: Calendar
) -> None:
    found = times(start, length, "business", calendar)
    assert start <= found.warn_50_at <= found.warn_80_at <= found.due_at
    assert working_time_between(start, found.due_at, calendar) == timedelta(minutes=length)


@given(moments, minutes)
def test_without_hours_business_time_is_plain_time(start: datetime, length: int) -> None:
    found = times(start, length, "business", None)
    assert found == times(start, length, "calendar", None)
    assert found.due_at == start + timedelta(minutes=length)


@given(moments, minutes, calendars(), st.lists(st.integers(1, 4000), max_size=4))
def test_a_pause_takes_exactly_its_own_working_time(
    start: datetime, length: int, calendar: Calendar, lengths: list[int]
) -> None:
    pauses: list[Pause] = []
    at = start
    for number in lengths:
        begins = at + timedelta(minutes=number)
        at = begins + timedelta(minutes=number % 700 + 1)
        pauses.append((begins, at))
    due = times(start, length, "business", calendar, pauses).due_at
    paused = [
        working_time_between(begins, min(ends, due), calendar) for begins, ends in pauses if ends is not None
    ]
    worked = working_time_between(start, due, calendar) - sum(paused, timedelta())
    assert worked == timedelta(minutes=length)
    assert not any(begins < due < ends for begins, ends in pauses if ends is not None)


@given(moments, minutes, calendars())
def test_what_came_before_the_moment_has_waited_long_enough_and_what_came_after_has_not(
    now: datetime, length: int, calendar: Calendar
) -> None:
    span = timedelta(minutes=length)
    limit = moment_before(now, span, calendar)
    longest = now - timedelta(days=400)
    if limit > longest + timedelta(seconds=1):
        assert working_time_between(limit, now, calendar) >= span
        assert working_time_between(limit + timedelta(seconds=2), now, calendar) < span
        assert add_working_time(limit, span, calendar) <= now


def test_a_clock_says_each_thing_once() -> None:
    at = datetime(2026, 1, 7, tzinfo=UTC)
    when = Times(warn_50_at=at, warn_80_at=at, due_at=at)
    assert [mark for mark, _ in marks(when)] == [Mark.HALF, Mark.MOST, Mark.BREACH]
    assert next_mark(when, []) == (Mark.HALF, at)
    assert next_mark(when, [Mark.HALF, Mark.MOST]) == (Mark.BREACH, at + timedelta(seconds=1))
    assert next_mark(when, list(Mark)) is None
