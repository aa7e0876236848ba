"""A worker: one dispatcher that keeps the books, and threads that do the jobs."""

from __future__ import annotations

import contextlib
import logging
import queue as queues
import threading
import time
from collections import deque
from dataclasses import dataclass
from uuid import UUID

from django.db import DatabaseError, InterfaceError, close_old_connections, connection

from leadline.infra import bell
from leadline.infra.jobs import queue, running
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


@dataclass(frozen=True)
class _Waiting:
    claim: Claim
    since: float


class Worker:
    """Works on ready jobs until told to stop; what it was doing when killed is brought back by others.

    The dispatcher's connection does not wait for the disk: a claim or an end that a crash of the database
    forgets means at worst that a job runs again, for which every job is made.
    """

    def __init__(self, threads: int) -> None:
        self._size = threads
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._guard = threading.Lock()
        self._waiting: deque[_Waiting] = deque()
        self._doable = threading.Semaphore(0)
        self._running: dict[UUID, Claim] = {}
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
        now = time.monotonic()
        with self._guard:
            self._waiting.extend(_Waiting(claim, now) for claim in claims)
        for _ in claims:
            self._doable.release()
        return bool(claims) and self._room() > 0

    def _room(self) -> int:
        """How many jobs to ask for: one per free hand, and as many ahead while jobs are quick."""
        quick = time.monotonic() - self._last_done < QUICK
        with self._guard:
            return self._size * (2 if quick else 1) - len(self._running) - len(self._waiting)

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
        with self._guard:
            mine = [*self._running.values(), *(one.claim for one in self._waiting)]
        queue.extend(mine)

    def _reap(self) -> None:
        brought_back = queue.reap()
        if brought_back:
            log.warning("Brought back %d jobs whose worker was gone.", brought_back)

    def _promote(self) -> None:
        queue.promote()

    def _return_waiting(self, older_than: float) -> None:
        returned = []
        with self._guard:
            while self._waiting and self._waiting[-1].since <= older_than:
                if not self._doable.acquire(blocking=False):
                    break
                returned.append(self._waiting.pop().claim)
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
            self._doable.acquire()
            with self._guard:
                claim = self._waiting.popleft().claim
                self._running[claim.id] = claim
            if time.monotonic() - last > IDLE:
                close_old_connections()
            self._outcomes.put(_outcome(claim))
            with self._guard:
                del self._running[claim.id]
            last = self._last_done = time.monotonic()
            self.wake()

    def _wind_up(self, until: float) -> None:
        try:
            self._return_waiting(time.monotonic())
            while self._running and time.monotonic() < until:
                self._wake.wait(0.2)
                self._wake.clear()
                self._settle()
                self._keep_time()
            self._settle()
        except (DatabaseError, InterfaceError) as error:
            log.warning("The database went away while the worker stopped (%s).", _line(error))


def _outcome(claim: Claim) -> Claim | Failure:
    try:
        running.perform(claim)
    except Exception as error:
        log.warning("Job %s failed (attempt %d): %s", claim.task, claim.attempts, _line(error))
        with contextlib.suppress(Exception):
            close_old_connections()
        return running.failure_of(claim, error)
    return claim


def _line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
