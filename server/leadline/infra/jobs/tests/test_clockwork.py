"""The clock starts what is due, on one process, once for all that was missed."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from django.db import connections

from leadline.infra.jobs.background import Clockwork
from leadline.infra.jobs.clockwork import Clock, is_due
from leadline.infra.jobs.tests.works import wait_until
from leadline.infra.models import Schedule
from leadline.kit import clock

NOON = datetime(2026, 1, 7, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("last", "due"),
    [
        (None, True),
        (NOON - HOUR, True),
        (NOON - 30 * HOUR, True),
        (NOON - HOUR / 2, False),
        (NOON, False),
        # Clocks of two machines differ a little; a day ahead was another time.
        (NOON + timedelta(seconds=2), False),
        (NOON + timedelta(days=1), True),
    ],
)
def test_when_something_is_due(last: datetime | None, due: bool) -> None:
    assert is_due(last, HOUR, NOON) is due


@pytest.fixture
def hands() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(2) as pool:
        yield pool
        pool.submit(connections.close_all).result()


@pytest.mark.django_db(transaction=True)
def test_what_was_missed_for_a_week_runs_once_and_is_remembered(
    held: datetime, hands: ThreadPoolExecutor
) -> None:
    ran: list[datetime] = []
    ticking = Clock({"sweep": Clockwork("sweep", lambda: ran.append(clock.now()), HOUR)})
    ticking.tick(hands)
    wait_until(lambda: Schedule.objects.filter(name="sweep", last_run_at=held).exists())

    clock.move(timedelta(days=7))
    ticking.tick(hands)
    wait_until(lambda: len(ran) == 2)
    wait_until(lambda: Schedule.objects.filter(last_run_at=clock.now()).exists())
    ticking.tick(hands)
    clock.move(HOUR / 2)
    ticking.tick(hands)
    assert ran == [held, held + timedelta(days=7)]


@pytest.mark.django_db(transaction=True)
def test_a_slow_function_is_not_started_twice_and_a_failing_one_is_tried_again(
    held: datetime, hands: ThreadPoolExecutor
) -> None:
    begun: list[str] = []
    release = threading.Event()

    def slow() -> None:
        begun.append("slow")
        release.wait(10)

    def failing() -> None:
        begun.append("failing")
        raise ValueError("on purpose")

    ticking = Clock({"slow": Clockwork("slow", slow, HOUR), "failing": Clockwork("failing", failing, HOUR)})
    ticking.tick(hands)
    wait_until(lambda: ticking._going["failing"].done())
    clock.move(timedelta(hours=2))
    ticking.tick(hands)
    wait_until(lambda: begun.count("failing") == 2)
    assert begun.count("slow") == 1
    release.set()
    assert not Schedule.objects.filter(name="failing").exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_clocks_one_works_until_it_stops() -> None:
    ran: list[str] = []
    short = timedelta(milliseconds=1)
    clocks = [Clock({name: Clockwork(name, partial(ran.append, name), short)}) for name in ("one", "two")]
    threads = [threading.Thread(target=one.run) for one in clocks]
    threads[0].start()
    wait_until(lambda: ran)
    threads[1].start()
    wait_until(lambda: len(ran) > 3)
    assert set(ran) == {"one"}

    clocks[0].stop()
    threads[0].join()
    wait_until(lambda: "two" in ran)
    clocks[1].stop()
    threads[1].join()
