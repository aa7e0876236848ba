"""The only clock of the house; tests and the product's test clock hold and move it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from threading import RLock

_ZERO = timedelta()


class _Clock:
    """One time for the whole process and not per thread: workers must see a moved clock too."""

    def __init__(self) -> None:
        self.lock = RLock()
        self.offset = _ZERO
        self.held_at: datetime | None = None


_clock = _Clock()
_told: ContextVar[datetime | None] = ContextVar("leadline_told_time", default=None)


def now() -> datetime:
    """The current moment, always aware and in UTC."""
    told = _told.get()
    if told is not None:
        return told
    with _clock.lock:
        if _clock.held_at is not None:
            return _clock.held_at
        return datetime.now(UTC) + _clock.offset


def move(delta: timedelta) -> None:
    """Move the clock by `delta`: a held clock jumps and stays held, a running one keeps running."""
    with _clock.lock:
        if _clock.held_at is not None:
            _clock.held_at += delta
        else:
            _clock.offset += delta


def set_offset(delta: timedelta) -> None:
    """Let the running clock be exactly `delta` away from the real time; a held clock is not touched."""
    with _clock.lock:
        _clock.offset = delta


def offset() -> timedelta:
    """How far the running clock is away from the real time."""
    with _clock.lock:
        return _clock.offset


@contextmanager
def hold(at: datetime) -> Iterator[None]:
    """Inside the block time stands still at `at`, in every thread; afterwards the clock is as before."""
    if at.tzinfo is None:
        raise ValueError("A moment needs a time zone: pass an aware datetime.")
    with _clock.lock:
        before = (_clock.held_at, _clock.offset)
        _clock.held_at = at.astimezone(UTC)
    try:
        yield
    finally:
        with _clock.lock:
            _clock.held_at, _clock.offset = before


@contextmanager
def telling(at: datetime) -> Iterator[None]:
    """Inside the block, and for nobody outside it, it is `at`: a story of the past is told."""
    if at.tzinfo is None:
        raise ValueError("A moment needs a time zone: pass an aware datetime.")
    token = _told.set(at.astimezone(UTC))
    try:
        yield
    finally:
        _told.reset(token)
