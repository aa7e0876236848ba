from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone

import pytest

from leadline.kit import clock

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def test_now_is_aware_and_in_utc() -> None:
    assert clock.now().utcoffset() == timedelta()


def test_a_held_clock_stands_still_and_runs_again_afterwards() -> None:
    with clock.hold(NOON):
        assert clock.now() == NOON
        assert clock.now() == NOON

    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)


def test_a_held_clock_can_be_moved_and_leaves_no_trace() -> None:
    with clock.hold(NOON):
        clock.move(timedelta(hours=2))
        assert clock.now() == NOON + timedelta(hours=2)

    assert clock.offset() == timedelta()


def test_holds_nest() -> None:
    with clock.hold(NOON):
        with clock.hold(NOON + timedelta(days=1)):
            assert clock.now() == NOON + timedelta(days=1)
        assert clock.now() == NOON


def test_a_moved_clock_keeps_running_and_every_thread_sees_it() -> None:
    clock.move(timedelta(days=40))
    try:
        with ThreadPoolExecutor(1) as pool:
            seen = pool.submit(clock.now).result()
        assert seen - datetime.now(UTC) > timedelta(days=39)
        clock.set_offset(timedelta(days=1))
        assert clock.offset() == timedelta(days=1)
    finally:
        clock.set_offset(timedelta())


def test_a_held_moment_is_shown_in_utc() -> None:
    with clock.hold(datetime(2026, 3, 2, 14, 0, tzinfo=timezone(timedelta(hours=2)))):
        assert clock.now() == NOON
        assert clock.now().tzinfo is UTC


def test_a_moment_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"), clock.hold(NOON.replace(tzinfo=None)):
        pass


def test_a_told_time_is_told_to_its_own_thread_only() -> None:
    with clock.telling(NOON), ThreadPoolExecutor(1) as other:
        assert clock.now() == NOON
        assert abs(other.submit(clock.now).result() - datetime.now(UTC)) < timedelta(seconds=5)

    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)
