"""Requests that come at the same moment are done together, and none spoils another."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from leadline.infra.gathering import Gathering

PATIENCE = 10


class Kitchen:
    """Doubles numbers; the first round waits until it is told to go on."""

    def __init__(self) -> None:
        self.rounds: list[list[int]] = []
        self.begun, self.go_on = threading.Event(), threading.Event()

    def together(self, table: str, wanted: Sequence[int]) -> list[int | BaseException]:
        self.rounds.append(list(wanted))
        self.begun.set()
        assert self.go_on.wait(PATIENCE)
        if 13 in wanted and len(wanted) > 1:
            raise LookupError("somebody brought the 13")
        return [KeyError(table) if number == 13 else number * 2 for number in wanted]


def _asked(kitchen: Kitchen, numbers: Sequence[int], *, most: int) -> list[Future[int]]:
    """One asks first; the others come while the first one's round is under way."""
    gathering: Gathering[str, int, int] = Gathering(kitchen.together, most=most)
    with ThreadPoolExecutor(len(numbers)) as people:
        asked = [people.submit(gathering.take, "window", numbers[0])]
        assert kitchen.begun.wait(PATIENCE)
        for number in numbers[1:]:
            before = len(gathering._groups["window"])
            asked.append(people.submit(gathering.take, "window", number))
            while len(gathering._groups["window"]) == before:
                pass
        kitchen.go_on.set()
    assert gathering._groups == {}
    return asked


def test_who_comes_meanwhile_is_done_together_in_the_next_round() -> None:
    kitchen = Kitchen()
    asked = _asked(kitchen, [1, 2, 3, 4], most=10)
    assert [one.result() for one in asked] == [2, 4, 6, 8]
    assert kitchen.rounds == [[1], [2, 3, 4]]


def test_a_round_has_room_for_only_so_many() -> None:
    kitchen = Kitchen()
    asked = _asked(kitchen, [1, 2, 3, 4], most=2)
    assert [one.result() for one in asked] == [2, 4, 6, 8]
    assert kitchen.rounds == [[1], [2, 3], [4]]


def test_one_who_cannot_be_served_does_not_spoil_the_others() -> None:
    kitchen = Kitchen()
    first, *others = _asked(kitchen, [1, 2, 13, 3], most=10)
    assert first.result() == 2
    assert [one.exception() is None for one in others] == [True, False, True]
    with pytest.raises(KeyError):
        others[1].result()
    assert [others[0].result(), others[2].result()] == [4, 6]
    assert kitchen.rounds == [[1], [2, 13, 3], [2], [13], [3]]


def test_who_is_alone_waits_for_nobody() -> None:
    kitchen = Kitchen()
    kitchen.go_on.set()
    gathering: Gathering[str, int, int] = Gathering(kitchen.together, most=10)
    assert gathering.take("window", 5) == 10
    with pytest.raises(KeyError):
        gathering.take("window", 13)
    assert gathering.take("door", 6) == 12
    assert kitchen.rounds == [[5], [13], [6]]
