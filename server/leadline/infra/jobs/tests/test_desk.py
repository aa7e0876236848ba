"""Jobs that go together are done by one hand; nobody waits for company, and none spoils another."""

from __future__ import annotations

import time
from uuid import UUID, uuid4

import pytest

from leadline.infra.jobs import background, running, worker
from leadline.infra.jobs.desk import MOST_WAITING, Desk
from leadline.infra.jobs.queue import Claim, Failure

ACME, GLOBEX = UUID(int=1), UUID(int=2)
baked: list[list[int]] = []


@background(name="tests.bake", gathers="numbers")
def bake(*, oven: str, numbers: list[int]) -> None:
    """Bake the numbers together; nobody wants the thirteenth."""
    baked.append(numbers)
    if 13 in numbers:
        raise LookupError(f"the {oven} does not take 13")


@background(name="tests.fry")
def fry(*, numbers: list[int]) -> None:
    """A job that is done by itself."""


@pytest.fixture
def desk() -> Desk:
    baked.clear()
    return Desk(running.company_of)


def job(*numbers: int, workspace: UUID = ACME, oven: str = "old", task: str = "tests.bake") -> Claim:
    rest = {"oven": oven} if task == "tests.bake" else {}
    return Claim(uuid4(), uuid4(), workspace, task, {"numbers": [*numbers], **rest}, attempts=1)


def numbers(claims: list[Claim]) -> list[list[int]]:
    return [claim.arguments["numbers"] for claim in claims]


def test_who_takes_a_job_takes_those_that_go_with_it_and_no_others(desk: Desk) -> None:
    desk.put([job(1), job(2, workspace=GLOBEX), job(3, oven="new"), job(4), job(5, task="tests.fry"), job(6)])
    assert [numbers(desk.take()) for _ in range(4)] == [[[1], [4], [6]], [[2]], [[3]], [[5]]]


def test_those_that_come_meanwhile_wait_for_the_first_to_be_done_and_keep_nobody_else(desk: Desk) -> None:
    desk.put([job(1)])
    first = desk.take()
    desk.put([job(2), job(3), job(4, task="tests.fry"), job(5, task="tests.fry")])
    assert [numbers(desk.take()) for _ in range(2)] == [[[4]], [[5]]]

    desk.done(first)
    assert numbers(desk.take()) == [[2], [3]]


def test_a_company_takes_one_hand_and_only_so_many_wait(desk: Desk) -> None:
    desk.put([job(n) for n in range(10)])
    assert desk.room(turns=4) == 3
    desk.put([job(n) for n in range(MOST_WAITING - 10)])
    assert desk.room(turns=4) == 0


def test_what_failed_before_and_what_is_large_goes_alone(desk: Desk) -> None:
    failed = job(1)
    again = Claim(failed.id, failed.token, ACME, failed.task, failed.arguments, attempts=2)
    large = job(*range(running.SMALL + 1))
    desk.put([job(2), again, large, job(3)])
    assert [len(desk.take()) for _ in range(3)] == [2, 1, 1]


def test_jobs_that_waited_too_long_are_left_to_others(desk: Desk) -> None:
    claims = [job(1), job(2)]
    desk.put(claims)
    assert desk.give_back(older_than=time.monotonic() - 60) == []
    assert desk.give_back(older_than=time.monotonic()) == claims
    assert desk.held() == []


def test_they_are_done_by_one_call_and_the_one_that_spoils_it_fails_alone(desk: Desk) -> None:
    good = [job(1, 2), job(3)]
    assert worker._outcomes(good) == good
    assert baked == [[1, 2, 3]]

    bad = job(13)
    ended = worker._outcomes([good[0], bad, good[1]])
    assert [ended[0], ended[2]] == good
    assert isinstance(ended[1], Failure)
    assert "the old does not take 13" in ended[1].error
    assert baked[2:] == [[1, 2], [13], [3]]
