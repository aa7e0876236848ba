"""How often one address and one form may post, counted in this process."""

from __future__ import annotations

import threading
from collections import OrderedDict, deque
from datetime import datetime, timedelta

PER_ADDRESS = ((timedelta(minutes=1), 10), (timedelta(hours=1), 60))
PER_FORM = ((timedelta(minutes=1), 300),)
_MOST_KEYS = 20_000

Limits = tuple[tuple[timedelta, int], ...]


class Counter:
    """Remembers when each key posted lately; forgets the longest unused keys when there are too many."""

    def __init__(self) -> None:
        self._seen: OrderedDict[str, deque[datetime]] = OrderedDict()
        self._lock = threading.Lock()

    def wait(self, key: str, limits: Limits, now: datetime) -> float:
        """Count one post; 0 when it is allowed, else how many seconds to wait (and it is not counted)."""
        longest = max(window for window, _ in limits)
        with self._lock:
            times = self._seen.setdefault(key, deque())
            self._seen.move_to_end(key)
            while times and times[0] <= now - longest:
                times.popleft()
            for window, most in limits:
                recent = [at for at in times if at > now - window]
                if len(recent) >= most:
                    return max((recent[-most] + window - now).total_seconds(), 1.0)
            times.append(now)
            while len(self._seen) > _MOST_KEYS:
                self._seen.popitem(last=False)
        return 0.0

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._seen.clear()


counter = Counter()
