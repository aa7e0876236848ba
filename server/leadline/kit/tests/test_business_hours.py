from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadline.kit.business_hours import ALWAYS, Calendar, add_working_time, working_time_between
from leadline.kit.errors import Invalid

HOUR = timedelta(hours=1)
NINE_TO_FIVE = [(time(9), time(17))]
OFFICE = Calendar("Asia/Jerusalem", dict.fromkeys(range(5), NINE_TO_FIVE))
NEW_YORK = ZoneInfo("America/New_York")
NIGHT_SHIFT = Calendar("America/New_York", {day: [(time(22), time(6))] for day in range(7)})


def jerusalem(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=ZoneInfo("Asia/Jerusalem"))  # type: ignore[misc,arg-type]


FRIDAY_FOUR = jerusalem(2026, 1, 9, 16, 0)


def test_four_hours_from_friday_at_four_end_on_monday_at_noon() -> None:
    assert add_working_time(FRIDAY_FOUR, 4 * HOUR, OFFICE) == jerusalem(2026, 1, 12, 12, 0)


def test_a_holiday_does_not_count() -> None:
    closed_monday = Calendar(OFFICE.timezone, OFFICE.weekly, {date(2026, 1, 12)})

    assert add_working_time(FRIDAY_FOUR, 4 * HOUR, closed_monday) == jerusalem(2026, 1, 13, 12, 0)


def test_an_inquiry_in_the_night_starts_its_clock_at_the_opening() -> None:
    assert add_working_time(jerusalem(2026, 1, 10, 3, 0), HOUR, OFFICE) == jerusalem(2026, 1, 12, 10, 0)


def test_time_that_ends_with_the_working_day_is_due_at_closing_and_not_the_next_morning() -> None:
    assert add_working_time(FRIDAY_FOUR, HOUR, OFFICE) == jerusalem(2026, 1, 9, 17, 0)


def test_results_are_in_utc() -> None:
    assert add_working_time(FRIDAY_FOUR, HOUR, OFFICE).tzinfo is UTC
    assert OFFICE.next_open(FRIDAY_FOUR).tzinfo is UTC


def test_open_at_the_opening_moment_and_closed_at_the_closing_moment() -> None:
    assert OFFICE.is_open(jerusalem(2026, 1, 9, 9, 0))
    assert not OFFICE.is_open(jerusalem(2026, 1, 9, 17, 0))
    assert not OFFICE.is_open(jerusalem(2026, 1, 10, 12, 0))
    assert OFFICE.next_open(jerusalem(2026, 1, 9, 17, 0)) == jerusalem(2026, 1, 12, 9, 0)


def test_a_lunch_break_pauses_the_clock() -> None:
    with_lunch = Calendar("UTC", {0: [(time(13), time(17)), (time(9), time(12))]})
    monday = datetime(2026, 1, 12, 11, 30, tzinfo=UTC)

    assert add_working_time(monday, HOUR, with_lunch) == datetime(2026, 1, 12, 13, 30, tzinfo=UTC)


def test_overlapping_hours_count_once() -> None:
    doubled = Calendar("UTC", {0: [(time(9), time(12)), (time(11), time(13))]})
    monday = datetime(2026, 1, 12, tzinfo=UTC)

    assert working_time_between(monday, monday + timedelta(days=1), doubled) == 4 * HOUR


def test_a_night_shift_loses_an_hour_in_spring_and_gains_one_in_autumn() -> None:
    spring = datetime(2026, 3, 7, 12, tzinfo=NEW_YORK)
    autumn = datetime(2026, 10, 31, 12, tzinfo=NEW_YORK)

    assert working_time_between(spring, datetime(2026, 3, 8, 12, tzinfo=NEW_YORK), NIGHT_SHIFT) == 7 * HOUR
    assert working_time_between(autumn, datetime(2026, 11, 1, 12, tzinfo=NEW_YORK), NIGHT_SHIFT) == 9 * HOUR


def test_an_opening_time_that_the_clock_jumped_over_opens_at_the_jump() -> None:
    early = Calendar("America/New_York", {6: [(time(2, 30), time(4))]})

    assert early.next_open(datetime(2026, 3, 8, 1, tzinfo=NEW_YORK)) == datetime(2026, 3, 8, 7, tzinfo=UTC)


def test_hours_that_lie_entirely_in_the_gap_do_not_exist_that_day() -> None:
    gap = Calendar("America/New_York", {6: [(time(2, 10), time(2, 50))]})
    next_sunday = datetime(2026, 3, 15, 2, 10, tzinfo=NEW_YORK)

    assert gap.next_open(datetime(2026, 3, 8, 1, tzinfo=NEW_YORK)) == next_sunday


def test_the_always_calendar_counts_every_moment() -> None:
    assert add_working_time(FRIDAY_FOUR, 100 * HOUR, ALWAYS) == FRIDAY_FOUR + 100 * HOUR
    assert working_time_between(FRIDAY_FOUR, FRIDAY_FOUR + HOUR, ALWAYS) == HOUR
    assert ALWAYS.is_open(FRIDAY_FOUR)


def test_hours_that_never_open_are_refused_instead_of_searched_for_ever() -> None:
    closed = Calendar("UTC", {})

    assert not closed.is_open(FRIDAY_FOUR)
    assert working_time_between(FRIDAY_FOUR, FRIDAY_FOUR + HOUR, closed) == timedelta()
    with pytest.raises(Invalid, match="Add at least one"):
        add_working_time(FRIDAY_FOUR, HOUR, closed)


@pytest.mark.parametrize("name", ["Mars/Olympus", "", "../etc/passwd", "/etc/passwd", "A\x00B"])
def test_an_unknown_time_zone_is_refused(name: str) -> None:
    with pytest.raises(Invalid, match="time zone"):
        Calendar(name, {})


ZONES = [
    "UTC",
    "Asia/Jerusalem",
    "America/New_York",
    "Australia/Lord_Howe",  # moves by half an hour
    "America/Sao_Paulo",  # used to jump at midnight
    "Africa/Casablanca",  # changes around Ramadan
    "Asia/Beirut",
    "Pacific/Apia",  # skipped a whole day in 2011
    "Asia/Kathmandu",
]
times = st.builds(time, st.integers(0, 23), st.sampled_from([0, 10, 30, 59]))
hours = st.tuples(times, times).filter(lambda pair: pair[0] != pair[1])
calendars = st.builds(
    Calendar,
    st.sampled_from(ZONES),
    st.dictionaries(st.integers(0, 6), st.lists(hours, min_size=1, max_size=3), min_size=1),
    st.frozensets(st.dates(date(2011, 12, 20), date(2012, 1, 10)), max_size=4),
)


def between(first: str, last: str) -> st.SearchStrategy[datetime]:
    return st.datetimes(datetime.fromisoformat(first), datetime.fromisoformat(last), timezones=st.just(UTC))


moments = between("2009-01-01", "2031-01-01") | between("2011-12-27", "2012-01-02")
durations = st.timedeltas(timedelta(), timedelta(days=40))


@settings(max_examples=300, deadline=None)
@given(moments, durations, calendars)
def test_adding_and_measuring_are_each_others_inverse(
    start: datetime, span: timedelta, calendar: Calendar
) -> None:
    due = add_working_time(start, span, calendar)

    assert due >= start
    assert working_time_between(start, due, calendar) == span
    if span:
        just_before = due - timedelta(microseconds=1)
        assert working_time_between(start, just_before, calendar) == span - timedelta(microseconds=1)


@settings(max_examples=300, deadline=None)
@given(moments, durations, durations, calendars)
def test_two_spans_one_after_the_other_are_their_sum(
    start: datetime, first: timedelta, second: timedelta, calendar: Calendar
) -> None:
    in_two_steps = add_working_time(add_working_time(start, first, calendar), second, calendar)

    assert in_two_steps == add_working_time(start, first + second, calendar)


@settings(max_examples=300, deadline=None)
@given(moments, durations, durations, calendars)
def test_working_time_is_additive_over_a_split(
    start: datetime, first: timedelta, second: timedelta, calendar: Calendar
) -> None:
    middle, end = start + first, start + first + second
    parts = working_time_between(start, middle, calendar) + working_time_between(middle, end, calendar)

    assert parts == working_time_between(start, end, calendar)
    assert timedelta() <= parts <= end - start


@settings(max_examples=300, deadline=None)
@given(moments, moments, durations, calendars)
def test_who_came_first_is_never_due_later(
    a: datetime, b: datetime, span: timedelta, calendar: Calendar
) -> None:
    earlier, later = sorted([a, b])

    assert add_working_time(earlier, span, calendar) <= add_working_time(later, span, calendar)


@settings(max_examples=300, deadline=None)
@given(moments, calendars)
def test_open_is_what_the_clock_on_the_wall_says(at: datetime, calendar: Calendar) -> None:
    wall = at.astimezone(ZoneInfo(calendar.timezone))
    if wall.replace(fold=0).utcoffset() != wall.replace(fold=1).utcoffset():
        return  # shown twice that day: the first showing counts for opening and closing
    since_midnight = timedelta(
        hours=wall.hour, minutes=wall.minute, seconds=wall.second, microseconds=wall.microsecond
    )
    open_hours = calendar.spans[wall.weekday()] if wall.date() not in calendar.holidays else ()

    assert calendar.is_open(at) == any(begin <= since_midnight < end for begin, end in open_hours)


@settings(max_examples=200, deadline=None)
@given(moments, calendars)
def test_the_next_opening_is_open_and_nothing_before_it_is(at: datetime, calendar: Calendar) -> None:
    opening = calendar.next_open(at)

    assert calendar.is_open(opening)
    assert working_time_between(at, opening, calendar) == timedelta()
