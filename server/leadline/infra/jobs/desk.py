"""What a worker has claimed: the jobs that wait for a hand, and those in hand."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from leadline.infra.jobs.queue import Claim

# However well they go together: so many jobs at most are kept from other workers.
MOST_WAITING = 64


@dataclass(frozen=True)
class _Waiting:
    claim: Claim
    company: Hashable
    since: float = field(default_factory=time.monotonic)


class Desk:
    """Jobs of one company go together: whoever takes one takes all that wait, and those that come meanwhile
    wait for the next hand. So nobody waits for company, and the busier it is, the less each job costs.

    `company_of` names the company of a job, None for one that is done by itself.
    """

    def __init__(self, company_of: Callable[[Claim], Hashable | None]) -> None:
        self._company_of = company_of
        self._changed = threading.Condition()
        self._waiting: deque[_Waiting] = deque()
        self._in_hand: dict[UUID, Claim] = {}
        self._out: set[Hashable] = set()

    def put(self, claims: Sequence[Claim]) -> None:
        """Let these jobs wait for a hand."""
        with self._changed:
            self._waiting += [_Waiting(claim, self._company_of(claim) or claim.id) for claim in claims]
            self._changed.notify(len(claims))

    def take(self) -> list[Claim]:
        """The next job with its company, as soon as there is one; the caller tells `done` afterwards."""
        with self._changed:
            while (first := self._next()) is None:
                self._changed.wait()
            taken = [one for one in self._waiting if one.company == first.company]
            self._waiting = deque(one for one in self._waiting if one.company != first.company)
            self._out.add(first.company)
            self._in_hand |= {one.claim.id: one.claim for one in taken}
            return [one.claim for one in taken]

    def done(self, claims: Sequence[Claim]) -> None:
        """These jobs are not in hand any more."""
        with self._changed:
            for claim in claims:
                del self._in_hand[claim.id]
            self._out.discard(self._company_of(claims[0]) or claims[0].id)
            self._changed.notify()

    def give_back(self, older_than: float) -> list[Claim]:
        """The jobs that have waited since before that moment, which wait here no more."""
        with self._changed:
            stale = [one.claim for one in self._waiting if one.since <= older_than]
            self._waiting = deque(one for one in self._waiting if one.since > older_than)
            return stale

    def held(self) -> list[Claim]:
        """All jobs that are ours, waiting or in hand."""
        with self._changed:
            return [*self._in_hand.values(), *(one.claim for one in self._waiting)]

    def busy(self) -> bool:
        """Whether any job is in hand."""
        with self._changed:
            return bool(self._in_hand)

    def room(self, turns: int) -> int:
        """How many more jobs are wanted, so that this many turns are under way or ahead."""
        with self._changed:
            taken = len(self._out) + len({one.company for one in self._waiting})
            return min(turns - taken, MOST_WAITING - len(self._waiting))

    def _next(self) -> _Waiting | None:
        return next((one for one in self._waiting if one.company not in self._out), None)
