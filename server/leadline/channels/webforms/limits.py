"""How often one address and one form may post, counted in this process."""

from __future__ import annotations

import ipaddress
import threading
from collections import OrderedDict, deque
from collections.abc import Mapping
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


def visitor_of(meta: Mapping[str, str]) -> str:
    """Who posts: the address, or the /64 network of an IPv6 one.

    Behind a proxy on a private address the last address it names counts; nobody else is believed.
    """
    peer = _address(meta.get("REMOTE_ADDR", ""))
    if peer is None or peer.is_private or peer.is_loopback:
        named = meta.get("HTTP_X_FORWARDED_FOR", "").rsplit(",", 1)[-1].strip()
        peer = _address(named) or peer
    if peer is None:
        return "unknown"
    if peer.version == 6:
        return str(ipaddress.ip_network((peer, 64), strict=False))
    return str(peer)


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        found = ipaddress.ip_address(text.split("%")[0])
    except ValueError:
        return None
    mapped = found.ipv4_mapped if found.version == 6 else None
    return mapped or found
