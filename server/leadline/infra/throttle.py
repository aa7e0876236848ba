"""Token buckets against floods, kept in the process.

With several web processes each has its own buckets, so the true limit is up to that many times higher:
enough against runaway programs, and it costs no database call.
"""

from __future__ import annotations

import ipaddress
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
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


def caller_of(meta: Mapping[str, str]) -> str:
    """Who calls: the address, or the /64 network of an IPv6 one.

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
