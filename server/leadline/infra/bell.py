"""Wake other threads and processes after a commit, without a NOTIFY inside the transaction.

A NOTIFY in a transaction takes a lock that serialises all commits of the database; so a commit only rings
here, and one thread per process sends what was rung since the last time as one statement of its own. Who
misses a bell (a crash between the two) is caught by the listeners' one-second poll.
"""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Callable, Sequence

from django.db import connection, transaction

CHANNEL_PREFIX = "leadline_"
_MAX_ITEMS = 150  # a NOTIFY payload is limited to 8000 bytes

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
