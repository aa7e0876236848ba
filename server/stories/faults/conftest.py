"""One running product for the fault stories."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from stories.faults.callers import Doors, open_doors
from stories.faults.house import PARTS, House, eventually

REPS = ("Rita", "Omer", "Sam", "Nina", "Yael")


@pytest.fixture(scope="session")
def house() -> Iterator[House]:
    """Web and worker under way."""
    running = House()
    try:
        running.start(*PARTS)
        assert eventually(120, running.answers), running.said
        yield running
    finally:
        running.end()


@pytest.fixture(scope="session")
def doors(house: House) -> Doors:
    """A company with five reps, and its doors."""
    return open_doors(house.port, REPS)
