"""Runs the @every functions, on the one process that holds the clock's lock."""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime, timedelta

from django.db import DatabaseError, InterfaceError, close_old_connections, connection

from leadline.infra.jobs.background import Clockwork, clockworks
from leadline.infra.locks import Lock
from leadline.infra.models import Schedule
from leadline.kit import clock

log = logging.getLogger(__name__)

TICK = 0.5
HANDS = 2
# Whatever is due more often than this simply runs after a start; only rarer runs are written down.
REMEMBERED_FROM = timedelta(minutes=1)
AFTER_FAILURE = timedelta(minutes=1)
_FAR_AHEAD = timedelta(seconds=5)


class Clock:
    """Starts what is due, never the same function twice at a time; missed runs become one."""

    def __init__(self, works: Mapping[str, Clockwork] = clockworks) -> None:
        self._works = works
        self._stopping = threading.Event()
        self._last: dict[str, datetime] = {}
        self._going: dict[str, Future[None]] = {}
        self._holds = False

    def stop(self) -> None:
        """Start nothing more and end `run`."""
        self._stopping.set()

    def run(self) -> None:
        """Tick until `stop`; only one process of all that run this does the work."""
        with ThreadPoolExecutor(HANDS, thread_name_prefix="clock") as hands:
            while not self._stopping.wait(TICK):
                try:
                    if self._hold():
                        self.tick(hands)
                except (DatabaseError, InterfaceError) as error:
                    log.warning("The database does not answer the clock (%s).", str(error).strip())
                    self._holds = False
                    connection.close()
        connection.close()

    def tick(self, hands: ThreadPoolExecutor) -> None:
        """Start every function that is due and not going."""
        now = clock.now()
        for name, work in self._works.items():
            going = self._going.get(name)
            if (going is None or going.done()) and is_due(self._last.get(name), work.interval, now):
                self._last[name] = now
                self._going[name] = hands.submit(self._do, work, now)

    def _hold(self) -> bool:
        with connection.cursor() as cursor:
            if self._holds:
                # The lock lasts as long as this connection: one that answers still has it.
                cursor.execute("SELECT 1")
                return True
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [Lock.CLOCK])
            self._holds = bool(cursor.fetchone()[0])
        if self._holds:
            self._last = dict(Schedule.objects.values_list("name", "last_run_at"))
        return self._holds

    def _do(self, work: Clockwork, begun: datetime) -> None:
        close_old_connections()
        try:
            work.function()
            if work.interval >= REMEMBERED_FROM:
                Schedule.objects.update_or_create(name=work.name, defaults={"last_run_at": begun})
        except Exception:
            log.exception("The clock's %s failed; it runs again.", work.name)
            if work.interval > AFTER_FAILURE:
                self._last[work.name] = begun - work.interval + AFTER_FAILURE


def is_due(last: datetime | None, interval: timedelta, now: datetime) -> bool:
    """Whether it is time; a last run in the future was written under another clock and does not count."""
    return last is None or now - last >= interval or last - now > _FAR_AHEAD
