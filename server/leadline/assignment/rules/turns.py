"""Whose turn it is in a team: shares by weight that hold whoever comes and goes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from leadline.assignment.rules.placing import Person

# Divisible by every weight from 1 to 20, so that each step is whole and nothing is ever rounded.
ROUND = 232_792_560


class Turns:
    """The turns of one team: how many it gave (`given`), and how far each member has come (`marks`).

    Two members with the same share who are both free for some time get, in that time, numbers of leads that
    differ by at most one, whoever else comes and goes; with other shares, numbers that differ from the
    shares by less than a lead each. Who comes back starts where the others are: nothing is made up for, and
    nothing is owed.
    """

    def __init__(
        self, *, given: int = 0, reached: int = 0, marks: Mapping[UUID, tuple[int, int]] | None = None
    ) -> None:
        self.given = given
        # The mark of the last turn; nobody who is free is behind it.
        self.reached = reached
        self.marks = dict(marks or {})

    def take(self, free: Sequence[Person]) -> Person:
        """Whose turn it is among these: who has come least far, of several who waited longest."""
        at = [(*self._standing(person), person.id) for person in free]
        place = min(range(len(free)), key=at.__getitem__)
        chosen, mark = free[place], at[place][0]
        self.given += 1
        self.reached = mark
        self.marks[chosen.id] = (mark + ROUND // chosen.weight, self.given)
        return chosen

    def _standing(self, person: Person) -> tuple[int, int]:
        mark, last = self.marks.get(person.id, (self.reached, 0))
        ahead = self.reached + ROUND // person.weight
        return min(max(mark, self.reached), ahead), last
