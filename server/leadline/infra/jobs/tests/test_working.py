"""Worker processes on a real queue: nothing lost, nothing doubled, whatever is killed."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial

import pytest
from django.db import connection

from leadline.infra import bell
from leadline.infra.jobs.tests import works
from leadline.infra.jobs.tests.works import wait_until
from leadline.infra.models import Job

pytestmark = pytest.mark.django_db(transaction=True)
count = works.declare()
StartWorker = Callable[[], "subprocess.Popen[bytes]"]


@pytest.fixture
def done() -> Iterator[Callable[[], list[tuple[int, int]]]]:
    """What the jobs did: (number, process) each time one ran."""
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute(works.DONE)
        cursor.execute("GRANT ALL ON jobs_tests_done TO PUBLIC")

    def read() -> list[tuple[int, int]]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT n, worker FROM jobs_tests_done")
            return list(cursor.fetchall())

    yield read
    with closing(connection.cursor()) as cursor:
        cursor.execute("DROP TABLE jobs_tests_done")
    connection.close()


@pytest.fixture
def start_worker() -> Iterator[StartWorker]:
    """Starts worker processes that end with the test."""
    started: list[subprocess.Popen[bytes]] = []

    def start() -> subprocess.Popen[bytes]:
        started.append(works.start_worker())
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait()


def test_a_thousand_jobs_and_four_workers_lose_and_double_nothing(
    done: Callable[[], list[tuple[int, int]]], start_worker: StartWorker
) -> None:
    workers = [start_worker() for _ in range(4)]
    count.later_many([{"n": n} for n in range(1000)])

    wait_until(lambda: not Job.objects.exists(), seconds=60)
    ran = done()
    assert sorted(n for n, _ in ran) == list(range(1000))
    assert {process for _, process in ran} <= {worker.pid for worker in workers}


def test_the_job_of_a_killed_worker_is_done_by_another(
    done: Callable[[], list[tuple[int, int]]], start_worker: StartWorker
) -> None:
    doomed = start_worker()
    count.later(n=1, hang=True)
    wait_until(done)
    doomed.send_signal(signal.SIGKILL)
    doomed.wait()
    assert Job.objects.get().state == "running"

    # Half a minute passes.
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE infra_job SET lease_until = clock_timestamp() - interval '1 s', "
            "arguments = jsonb_set(arguments, '{hang}', 'false')"
        )
    heir = start_worker()
    wait_until(lambda: not Job.objects.exists())
    assert [process for _, process in done()] == [doomed.pid, heir.pid]


def test_a_stopped_worker_ends_cleanly_and_gives_back_what_it_had_not_begun(
    done: Callable[[], list[tuple[int, int]]], start_worker: StartWorker
) -> None:
    worker = start_worker()
    count.later_many([{"n": n} for n in range(300)])
    wait_until(done)
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(20) == 0

    left = Job.objects.count()
    assert not Job.objects.exclude(state="ready").exists()
    assert len(done()) + left == 300


def test_an_idle_worker_is_woken_by_the_commit_and_not_by_its_poll(
    done: Callable[[], list[tuple[int, int]]], start_worker: StartWorker
) -> None:
    start_worker()
    count.later(n=0)
    wait_until(lambda: len(done()) == 1)
    bell.start()
    from time import monotonic

    waits = []
    for n in range(1, 6):
        begun = monotonic()
        count.later(n=n)
        wait_until(partial(_are, done, n + 1))
        waits.append(monotonic() - begun)
    # Five polls of one second each would take two and a half on average.
    assert sum(waits) < 1.5


def _are(done: Callable[[], list[tuple[int, int]]], number: int) -> bool:
    return len(done()) == number
