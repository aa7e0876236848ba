"""Reads new events once per process and hands each listener its share."""

from __future__ import annotations

import logging
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from uuid import UUID

from django.db import DatabaseError, InterfaceError, close_old_connections, connection
from django.db.models import Max

from leadline.infra import bell, tenancy
from leadline.infra.live.changes import Change, changes_of
from leadline.infra.live.visibility import Viewer, told_to
from leadline.infra.models import EventRow

log = logging.getLogger(__name__)

POLL = 2.0
# Sequence numbers are drawn before the commit: a lower one can become visible after a higher one.
GRACE = 10.0
TOGETHER = 0.05
MOST_AT_ONCE = 5000
MOST_RESUMED = 1000
LISTENERS_PER_MEMBER = 12
LISTENERS_PER_PROCESS = 1000


class TooManyListeners(Exception):
    """The member, or this process, has as many open streams as it may."""


class Listener:
    """One open stream; `deliver` is called from the feed's thread."""

    def __init__(self, viewer: Viewer, deliver: Callable[[Sequence[Change]], None]) -> None:
        self.viewer = viewer
        self.deliver = deliver


class Feed:
    """The process's one reader of events."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._wake = threading.Event()
        self._listeners: dict[UUID, set[Listener]] = defaultdict(set)
        self._started = False
        self._seen: deque[tuple[float, int]] = deque()
        self._known: set[int] = set()
        self._floor = 0

    def start(self) -> None:
        """Read from now on; safe to repeat."""
        with self._guard:
            if self._started:
                return
            self._started = True
        bell.hear("live", self._ring)
        threading.Thread(target=self._read_for_ever, name="live-feed", daemon=True).start()

    def add(self, listener: Listener) -> None:
        """Deliver to the listener from now on; TooManyListeners when there are enough."""
        with self._guard:
            mine = self._listeners[listener.viewer.workspace_id]
            same = sum(1 for one in mine if one.viewer.member_id == listener.viewer.member_id)
            if same >= LISTENERS_PER_MEMBER or self._count() >= LISTENERS_PER_PROCESS:
                raise TooManyListeners
            mine.add(listener)
        self._wake.set()

    def remove(self, listener: Listener) -> None:
        """Deliver no more to the listener."""
        with self._guard:
            mine = self._listeners.get(listener.viewer.workspace_id, set())
            mine.discard(listener)
            if not mine:
                self._listeners.pop(listener.viewer.workspace_id, None)

    def _count(self) -> int:
        return sum(len(group) for group in self._listeners.values())

    def _ring(self, _: Sequence[str]) -> None:
        self._wake.set()

    def _read_for_ever(self) -> None:
        while True:
            self._wake.wait(POLL)
            self._wake.clear()
            with self._guard:
                audience = {workspace_id: list(group) for workspace_id, group in self._listeners.items()}
            try:
                self._read(audience) if audience else self._skip()
            except (DatabaseError, InterfaceError) as error:
                log.warning("The live feed cannot read events (%s); trying again.", str(error).strip())
                connection.close()
            except Exception:
                log.exception("The live feed failed on a batch of events.")
            time.sleep(TOGETHER)  # what is recorded in one burst is read together

    def _skip(self) -> None:
        """While nobody listens, know only where to begin for the first one who does."""
        close_old_connections()
        with tenancy.everywhere():
            self._floor = EventRow.objects.aggregate(Max("seq"))["seq__max"] or 0
        self._seen.clear()
        self._known.clear()

    def _read(self, audience: dict[UUID, list[Listener]]) -> None:
        close_old_connections()
        with tenancy.everywhere():
            rows = list(EventRow.objects.filter(seq__gt=self._floor).order_by("seq")[:MOST_AT_ONCE])
        fresh = [row for row in rows if row.seq not in self._known]
        self._remember(row.seq for row in fresh)
        wanted = sorted((r for r in fresh if r.workspace_id in audience), key=lambda r: str(r.workspace_id))
        for workspace_id, group in groupby(wanted, key=lambda row: row.workspace_id):
            changes = sorted(changes_of(group), key=lambda change: change.seq)
            if changes:
                _tell(audience[workspace_id], changes)
        if len(rows) == MOST_AT_ONCE:
            self._floor = rows[-1].seq
            self._wake.set()

    def _remember(self, seqs: Iterable[int]) -> None:
        now = time.monotonic()
        for seq in seqs:
            self._known.add(seq)
            self._seen.append((now, seq))
        while self._seen and self._seen[0][0] < now - GRACE:
            _, seq = self._seen.popleft()
            self._known.discard(seq)
            self._floor = max(self._floor, seq)


def _tell(listeners: list[Listener], changes: list[Change]) -> None:
    by_member: dict[UUID | None, list[Change]] = {}
    for listener in listeners:
        viewer = listener.viewer
        if viewer.member_id not in by_member:
            with tenancy.workspace(viewer.workspace_id):
                by_member[viewer.member_id] = told_to(viewer, changes)
        if by_member[viewer.member_id]:
            listener.deliver(by_member[viewer.member_id])


def missed(viewer: Viewer, last_seq: int) -> list[Change] | None:
    """What the viewer has not been told since that event; None when it is too much or too long ago."""
    with tenancy.workspace(viewer.workspace_id):
        last = EventRow.objects.filter(seq__lte=last_seq).order_by("-seq").first()
        if last is None:
            return None
        since = last.at.timestamp() - GRACE
        rows = list(EventRow.objects.filter(seq__gt=last_seq - 1000).order_by("seq")[: 1000 + MOST_RESUMED])
        if len(rows) == 1000 + MOST_RESUMED:
            return None
        late = [row for row in rows if row.seq > last_seq or row.at.timestamp() >= since]
        return told_to(viewer, changes_of(row for row in late if row.seq != last_seq))
