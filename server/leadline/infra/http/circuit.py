"""One circuit per host: a provider that is down is not called again and again."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

FAILURES = 8
OPEN_FOR = 20.0


class Circuits:
    """Opens a host's circuit after a row of failures; lets one call through when the time is over."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._failures: dict[str, int] = {}
        self._open_until: dict[str, float] = {}

    def wait(self, host: str) -> float:
        """Seconds until the host may be called again; 0 when it may now."""
        with self._lock:
            until = self._open_until.get(host, 0.0)
            left = until - self._monotonic()
            if left <= 0 and until:
                # Half open: the next call decides, the others wait a little longer.
                self._open_until[host] = self._monotonic() + OPEN_FOR
            return max(left, 0.0)

    def succeeded(self, host: str) -> None:
        """Close the host's circuit."""
        with self._lock:
            self._failures.pop(host, None)
            self._open_until.pop(host, None)

    def failed(self, host: str) -> None:
        """Count a failure; the circuit opens when there were too many in a row."""
        with self._lock:
            self._failures[host] = self._failures.get(host, 0) + 1
            if self._failures[host] >= FAILURES:
                self._open_until[host] = self._monotonic() + OPEN_FOR
