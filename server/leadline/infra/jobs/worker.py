"""A worker: one dispatcher that keeps the books, and threads that do the jobs."""

from __future__ import annotations

import contextlib
import logging
import queue as queues
import threading
import time
from collections.abc import Sequence

from django.db import DatabaseError, InterfaceError, close_old_connections, connection

from leadline.infra import bell
from leadline.infra.jobs import queue, running
from leadline.infra.jobs.desk import Desk
from leadline.infra.jobs.queue import Claim, Failure
from leadline.infra.models import NO_WORKSPACE

log = logging.getLogger(__name__)

POLL = 1.0
HEARTBEAT = queue.LEASE.total_seconds() / 3
REAP = 10.0
# A job that was claimed ahead but waits this long behind slow ones goes back, so that others can have it.
IMPATIENT = 0.5
# While jobs end this often, the next ones are claimed ahead of need.
QUICK = 0.1
IDLE = 1.0


class Worker:
    """Works on ready jobs until told to stop; what it was doing when killed is brought back by others.

    The dispatcher's connection does not wait for the disk: a claim or an end that a crash of the database
    forgets means at worst that a job runs again, for which every job is made.
    """

    def __init__(self, threads: int) -> None:
        self._size = threads
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._desk = Desk(running.company_of)
        self._outcomes: queues.SimpleQueue[Claim | Failure] = queues.SimpleQueue()
        self._unwritten: list[Claim | Failure] = []
        self._last_lane = NO_WORKSPACE
        self._last_done = 0.0
        self._due = {self._extend: 0.0, self._reap: 0.0, self._promote: 0.0}

    def wake(self, *_: object) -> None:
        """Look for work now."""
        self._wake.set()

    def stop(self) -> None:
        """Take no more jobs and end `run` once the running ones are done."""
        self._stopping.set()
        self.wake()

    def run(self, *, patience: float = 10.0) -> None:
        """Work until `stop`; running jobs get `patience` seconds, the others are given back."""
        bell.listen_here("jobs", self.wake)
        bell.hear("jobs", self.wake)
        for number in range(self._size):
            threading.Thread(target=self._do_jobs, name=f"job-{number}", daemon=True).start()
        while not self._stopping.is_set():
            self._round()
        self._wind_up(time.monotonic() + patience)

    def _round(self) -> None:
        try:
            self._settle()
            self._keep_time()
            claimed = self._claim()
        except (DatabaseError, InterfaceError) as error:
            log.warning("The database does not answer the worker (%s); trying again.", _line(error))
            connection.close()
            self._stopping.wait(POLL)
            return
        if not claimed:
            self._wake.wait(POLL)
        self._wake.clear()

    def _claim(self) -> bool:
        room = self._room()
        if room <= 0:
            return False
        self._ready_connection()
        claims = queue.claim(room, after=self._last_lane)
        if claims:
            self._last_lane = claims[-1].workspace_id or NO_WORKSPACE
        self._desk.put(claims)
        return bool(claims) and self._room() > 0

    def _room(self) -> int:
        """How many jobs to ask for: work for every free hand, and as much ahead while jobs are quick."""
        quick = time.monotonic() - self._last_done < QUICK
        return self._desk.room(self._size * (2 if quick else 1))

    def _settle(self) -> None:
        """Write down how jobs ended; what cannot be written now is kept for the next round."""
        with contextlib.suppress(queues.Empty):
            while True:
                self._unwritten.append(self._outcomes.get_nowait())
        if not self._unwritten:
            return
        self._ready_connection()
        queue.finish([one for one in self._unwritten if isinstance(one, Claim)])
        failures = [one for one in self._unwritten if isinstance(one, Failure)]
        self._unwritten = [*failures]
        for failure in failures:
            queue.fail(failure)
            self._unwritten.remove(failure)

    def _keep_time(self) -> None:
        self._return_waiting(time.monotonic() - IMPATIENT)
        for task, period in ((self._extend, HEARTBEAT), (self._reap, REAP), (self._promote, POLL)):
            now = time.monotonic()
            if self._due[task] <= now:
                self._due[task] = now + period
                self._ready_connection()
                task()

    def _extend(self) -> None:
        queue.extend(self._desk.held())

    def _reap(self) -> None:
        brought_back = queue.reap()
        if brought_back:
            log.warning("Brought back %d jobs whose worker was gone.", brought_back)

    def _promote(self) -> None:
        queue.promote()

    def _return_waiting(self, older_than: float) -> None:
        returned = self._desk.give_back(older_than)
        if returned:
            self._ready_connection()
            queue.give_back(returned)

    def _ready_connection(self) -> None:
        if connection.connection is None:
            with connection.cursor() as cursor:
                cursor.execute("SET synchronous_commit = off")

    def _do_jobs(self) -> None:
        last = time.monotonic()
        while True:
            claims = self._desk.take()
            if time.monotonic() - last > IDLE:
                close_old_connections()
            for outcome in _outcomes(claims):
                self._outcomes.put(outcome)
            self._desk.done(claims)
            last = self._last_done = time.monotonic()
            self.wake()

    def _wind_up(self, until: float) -> None:
        try:
            self._return_waiting(time.monotonic())
            while self._desk.busy() and time.monotonic() < until:
                self._wake.wait(0.2)
                self._wake.clear()
                self._settle()
                self._keep_time()
            self._settle()
        except (DatabaseError, InterfaceError) as error:
            log.warning("The database went away while the worker stopped (%s).", _line(error))


def _outcomes(claims: Sequence[Claim]) -> list[Claim | Failure]:
    """How jobs of one company went. What they cannot do together each does alone, so that one cannot spoil
    the others'."""
    try:
        running.perform(*claims)
    except Exception as error:
        log.warning("Job %s failed (attempt %d): %s", claims[0].task, claims[0].attempts, _line(error))
        with contextlib.suppress(Exception):
            close_old_connections()
        if len(claims) == 1:
            return [running.failure_of(claims[0], error)]
        return [outcome for claim in claims for outcome in _outcomes([claim])]
    return [*claims]


def _line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
