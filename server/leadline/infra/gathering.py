"""Do at once what several requests ask for at the same moment.

A transaction costs nearly the same for one lead as for ten. Whoever comes while another one's transaction
runs therefore waits and is taken along by the next: nobody waits for company, and the busier it is, the less
each one costs.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Sequence
from typing import Generic, TypeVar

G = TypeVar("G", bound=Hashable)
T = TypeVar("T")
R = TypeVar("R")


class _Waiting(Generic[T, R]):
    """One who asked: woken with an answer, or to work for those who came meanwhile."""

    def __init__(self, given: T) -> None:
        self.given = given
        self.woken = threading.Event()
        self.answer: R | BaseException | None = None


class Gathering(Generic[G, T, R]):
    """Calls `together(group, [given, …])` for all who ask at once within one group.

    It answers in the same order; an exception among the answers is raised to the one it belongs to. When
    `together` itself fails for several, it is called again for each alone, so that one cannot spoil the
    others': it must leave nothing behind when it fails.
    """

    def __init__(
        self, together: Callable[[G, Sequence[T]], Sequence[R | BaseException]], *, most: int
    ) -> None:
        self._together = together
        self._most = most
        self._lock = threading.Lock()
        # A group is here while somebody works for it.
        self._groups: dict[G, list[_Waiting[T, R]]] = {}

    def take(self, group: G, given: T) -> R:
        """The answer for what was given; raises what it was refused with."""
        mine: _Waiting[T, R] = _Waiting(given)
        if self._must_wait(group, mine):
            mine.woken.wait()
        if mine.answer is None:
            self._work(group, mine)
        if isinstance(mine.answer, BaseException):
            raise mine.answer
        assert mine.answer is not None
        return mine.answer

    def _must_wait(self, group: G, mine: _Waiting[T, R]) -> bool:
        with self._lock:
            queue = self._groups.get(group)
            if queue is None:
                self._groups[group] = []
                return False
            queue.append(mine)
            return True

    def _work(self, group: G, mine: _Waiting[T, R]) -> None:
        with self._lock:
            queue = self._groups[group]
            company = [mine, *queue[: self._most - 1]]
            del queue[: self._most - 1]
        try:
            self._answer(group, company)
        finally:
            self._hand_over(group)
            for one in company[1:]:
                one.answer = one.answer or RuntimeError("The work for several requests was broken off.")
                one.woken.set()

    def _answer(self, group: G, company: Sequence[_Waiting[T, R]]) -> None:
        try:
            answers = self._together(group, [one.given for one in company])
        except Exception as problem:
            if len(company) == 1:
                company[0].answer = problem
                return
            for one in company:
                self._answer(group, [one])
            return
        for one, answer in zip(company, answers, strict=True):
            one.answer = answer

    def _hand_over(self, group: G) -> None:
        """The first who came meanwhile works for all who did; without any the group is at rest."""
        with self._lock:
            queue = self._groups[group]
            if not queue:
                del self._groups[group]
                return
            queue.pop(0).woken.set()
