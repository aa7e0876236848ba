"""Wake other threads and processes after a commit, without a NOTIFY inside the transaction.

A NOTIFY in a transaction takes a lock that serialises all commits of the database; so a commit only rings
here, and one thread per process sends what was rung since the last time as one statement of its own. Who
misses a bell (a crash between the two) is caught by the listeners' one-second poll.
"""

from __future__ import annotations

import contextlib
import json
import threading
import time
from collections.abc import Callable, Sequence

import psycopg
import psycopg.sql
from django.db import connection, transaction

CHANNEL_PREFIX = "leadline_"
_MAX_ITEMS = 150  # a NOTIFY payload is limited to 8000 bytes

_RECONNECT = 1.0
_STILL_THERE = 60.0  # how long a silent connection is believed to be alive
_OF_DJANGO = {"cursor_factory", "context", "server_side_binding", "prepare_threshold", "application_name"}

_lock = threading.Lock()
_rung: dict[str, dict[str, None]] = {}
_wake = threading.Event()
_thread: threading.Thread | None = None
_listeners: dict[str, list[Callable[[Sequence[str]], None]]] = {}


def listen_here(channel: str, heard: Callable[[Sequence[str]], None]) -> None:
    """Call `heard` in this process for every bell rung in this process (no database needed)."""
    _listeners.setdefault(channel, []).append(heard)


def ring_after_commit(channel: str, items: Sequence[str] = ()) -> None:
    """Tell everyone who listens on the channel, once this transaction is committed."""
    transaction.on_commit(lambda: ring(channel, items))


def ring(channel: str, items: Sequence[str] = ()) -> None:
    """Tell everyone who listens on the channel, soon; bells of one burst are sent together."""
    for heard in _listeners.get(channel, []):
        heard(items)
    with _lock:
        if _thread is None:
            return
        _rung.setdefault(channel, {}).update(dict.fromkeys(items))
    _wake.set()


def hear(channel: str, heard: Callable[[Sequence[str]], None]) -> None:
    """Call `heard` from a thread of its own for every bell of other processes, for the life of this one.

    After a broken connection it is called with nothing: something may have been missed.
    """
    threading.Thread(target=_hear_for_ever, args=(channel, heard), name=f"ear-{channel}", daemon=True).start()


def start() -> None:
    """Send this process's bells to the other processes from now on."""
    global _thread
    with _lock:
        if _thread is None:
            _thread = threading.Thread(target=_send_for_ever, name="bell", daemon=True)
            _thread.start()


def _send_for_ever() -> None:
    while True:
        _wake.wait()
        _wake.clear()
        with _lock:
            rung = {channel: list(items) for channel, items in _rung.items()}
            _rung.clear()
        with contextlib.suppress(Exception):  # the poll catches what could not be sent
            _send(rung)


def _send(rung: dict[str, list[str]]) -> None:
    try:
        with connection.cursor() as cursor:
            for channel, items in rung.items():
                for start in range(0, max(len(items), 1), _MAX_ITEMS):
                    payload = json.dumps(items[start : start + _MAX_ITEMS])
                    cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL_PREFIX + channel, payload])
    except Exception:
        connection.close()
        raise


def _hear_for_ever(channel: str, heard: Callable[[Sequence[str]], None]) -> None:
    while True:
        with contextlib.suppress(psycopg.Error, OSError):
            _hear(channel, heard)
        time.sleep(_RECONNECT)


def _hear(channel: str, heard: Callable[[Sequence[str]], None]) -> None:
    values = {k: v for k, v in connection.get_connection_params().items() if k not in _OF_DJANGO}
    with psycopg.connect(**values, autocommit=True, application_name="leadline ear") as ear:
        ear.execute(psycopg.sql.SQL("LISTEN {}").format(psycopg.sql.Identifier(CHANNEL_PREFIX + channel)))
        heard([])
        while True:
            for notice in ear.notifies(timeout=_STILL_THERE):
                heard(json.loads(notice.payload or "[]"))
            ear.execute("SELECT 1")
