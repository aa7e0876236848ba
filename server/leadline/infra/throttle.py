"""Token buckets against floods, kept in the process.

With several web processes each has its own buckets, so the true limit is up to that many times higher:
enough against runaway programs, and it costs no database call.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

_KEPT = 20_000


@dataclass(frozen=True)
class Verdict:
    """Whether the call may go on; what is left; seconds until one more is allowed."""

    allowed: bool
    limit: int
    remaining: int
    retry_after: int


class Buckets:
    """One bucket per key: `burst` calls at once, refilled at `per_second`."""

    def __init__(
        self, *, per_second: float, burst: int, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self.per_second = per_second
        self.burst = burst
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, key: str) -> Verdict:
        """Take one token of the key's bucket."""
        now = self._monotonic()
        with self._lock:
            tokens, at = self._buckets.pop(key, (float(self.burst), now))
            tokens = min(self.burst, tokens + (now - at) * self.per_second)
            allowed = tokens >= 1
            tokens -= 1 if allowed else 0
            self._buckets[key] = (tokens, now)
            while len(self._buckets) > _KEPT:
                self._buckets.popitem(last=False)
        wait = 0 if tokens >= 1 else int((1 - tokens) / self.per_second) + 1
        return Verdict(allowed, self.burst, int(tokens), wait)
