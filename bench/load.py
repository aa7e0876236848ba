"""Put load on the server: threads of one process, each with its own connection, as fast as they can."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count

from bench.wire import Answer, Wire


@dataclass
class Load:
    """What came of it: requests a second, and how long each took, in milliseconds."""

    seconds: float = 0.0
    times: list[float] = field(default_factory=list)
    refused: list[Answer] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Answered requests a second."""
        return len(self.times) / self.seconds if self.seconds else 0.0

    def at(self, share: float) -> float:
        """The time within which this share of the requests was answered, in milliseconds."""
        ordered = sorted(self.times)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000 if ordered else 0.0

    def must_hold(self, what: str) -> Load:
        """This load; raises when nothing or not everything was accepted."""
        if self.refused:
            first = self.refused[0]
            raise RuntimeError(
                f"{what}: {len(self.refused)} refused, the first {first.status} {first.body[:300]!r}"
            )
        if not self.times:
            raise RuntimeError(f"{what}: no answer at all")
        return self


def run(port: int, make: Callable[[int], bytes], *, threads: int, seconds: float, warm: float = 0.7) -> Load:
    """Ask `make(n)` for n = 0, 1, 2 … for so many seconds, after a time of warming up that does not count."""
    numbers, made, lock = count(), Load(), threading.Lock()
    begin = time.perf_counter() + warm
    end = begin + seconds

    def work() -> None:
        times, refused = _ask_until(port, make, numbers, begin, end)
        with lock:
            made.times += times
            made.refused += refused

    running = [threading.Thread(target=work) for _ in range(threads)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    made.seconds = seconds
    return made


def _ask_until(
    port: int, make: Callable[[int], bytes], numbers: Iterator[int], begin: float, end: float
) -> tuple[list[float], list[Answer]]:
    wire, times, refused = Wire(port), [], []
    while (sent := time.perf_counter()) < end:
        answer = wire.ask(make(next(numbers)))
        done = time.perf_counter()
        if answer.status >= 300:
            refused.append(answer)
        elif begin <= sent:
            times.append(done - sent)
    wire.close()
    return times, refused
