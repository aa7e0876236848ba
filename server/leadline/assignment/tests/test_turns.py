"""Turns stay fair, whoever comes and goes."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from leadline.assignment.rules import Person, Turns


def person(weight: int = 1) -> Person:
    return Person(id=uuid4(), name="Somebody", role="rep", team_ids=frozenset(), weight=weight)


def names(served: list[UUID], people: list[Person]) -> str:
    return "".join("ABC"[[one.id for one in people].index(member_id)] for member_id in served)


@given(
    st.lists(st.integers(1, 20), min_size=2, max_size=5),
    st.lists(st.sets(st.integers(0, 4), min_size=1), min_size=1, max_size=60),
    st.integers(0, 59),
)
def test_two_who_are_there_all_the_time_get_their_shares_whoever_else_comes_and_goes(
    weights: list[int], there: list[set[int]], since: int
) -> None:
    people, turns = [person(weight) for weight in weights], Turns()
    served: list[tuple[set[int], UUID]] = []
    for some in there:
        free = [people[place] for place in sorted(some) if place < len(people)]
        if free:
            served.append((some, turns.take(free).id))
    window = served[since:]
    counted = Counter(member_id for _, member_id in window)
    for i, j in combinations(range(len(people)), 2):
        if not all({i, j} <= some for some, _ in window):
            continue
        one, other = people[i], people[j]
        apart = counted[one.id] * other.weight - counted[other.id] * one.weight
        assert abs(apart) <= one.weight + other.weight
        if one.weight == other.weight:
            assert abs(counted[one.id] - counted[other.id]) <= 1


def test_who_comes_back_is_not_flooded_and_not_punished() -> None:
    people, turns = [person() for _ in range(3)], Turns()
    people.sort(key=lambda one: one.id)
    for _ in range(50):
        turns.take(people[:2])
    served = [turns.take(people).id for _ in range(6)]
    assert Counter(names(served, people)) == {"A": 2, "B": 2, "C": 2}


def test_a_bigger_share_comes_between_the_others() -> None:
    people, turns = [person(1), person(3)], Turns()
    served = names([turns.take(people).id for _ in range(12)], people)
    assert Counter(served) == {"A": 3, "B": 9}
    assert "BBBB" not in served
