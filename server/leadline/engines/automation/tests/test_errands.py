"""Steps that reach out of the house: begun before, written down after, and never doubled by themselves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from leadline.engines.automation import actions
from leadline.engines.automation.models import Run, StepLog
from leadline.engines.automation.ports import StepFailed, StepRefused, StepUncertain
from leadline.engines.automation.tests.playground import answer_at, do, knock_at, make, marks, shouted, states
from leadline.infra import tenancy
from leadline.kit import clock
from leadline.workspaces.actor import Actor
from leadline.workspaces.models import Team

pytestmark = pytest.mark.usefixtures("held")
Drain = Callable[[], int]


def later(drain: Drain, **time: float) -> None:
    clock.move(timedelta(**time))
    actions.wake_due_runs()
    drain()


def outcomes() -> list[str]:
    return list(StepLog.objects.order_by("at", "id").values_list("outcome", flat=True))


def trouble(error: Exception) -> Callable[[], dict[str, Any]]:
    def go() -> dict[str, Any]:
        raise error

    return go


def killed() -> dict[str, Any]:
    """Nobody catches what kills a worker."""
    raise KeyboardInterrupt


def test_while_it_is_outside_the_log_says_begun_and_afterwards_what_came_back(
    door: Team, drain: Drain
) -> None:
    seen: list[list[str]] = []

    def go() -> dict[str, Any]:
        with tenancy.workspace(door.workspace_id):
            seen.append(outcomes())
        return {"answer": "thanks"}

    marks.outside = go
    make([do("post", "a letter"), do("shout", "next")])
    knock_at(door.id)
    drain()
    assert seen == [["begun"]]
    first, second = StepLog.objects.order_by("position")
    assert (first.outcome, first.result, second.outcome) == ("done", {"answer": "thanks"}, "done")
    assert (shouted(), states()) == (["a letter", "next"], ["done"])


def test_refused_outside_it_goes_the_other_way_with_the_facts_in_the_log(door: Team, drain: Drain) -> None:
    marks.outside = trouble(StepRefused("Nobody lives there.", status=404))
    make([do("ring", "a bell", otherwise=[do("shout", "otherwise")])])
    knock_at(door.id)
    drain()
    log = StepLog.objects.get(action="test.ring")
    assert (log.outcome, log.error, log.result) == ("refused", "Nobody lives there.", {"status": 404})
    assert (shouted(), states()) == (["otherwise"], ["done"])


@pytest.mark.parametrize("step", ["post", "ring"])
def test_what_surely_was_not_done_is_tried_again_under_the_same_reference(
    door: Team, drain: Drain, step: str
) -> None:
    marks.outside = trouble(StepFailed("The road is closed."))
    make([do(step, "a letter")])
    knock_at(door.id)
    drain()
    assert (outcomes(), states()) == (["failed"], ["waiting"])
    marks.outside = dict
    later(drain, seconds=11)
    assert (outcomes(), states()) == (["failed", "done"], ["done"])
    assert len({ref for _, _, ref in marks.tried}) == 1


def test_what_may_have_been_done_is_left_to_a_person(door: Team, drain: Drain) -> None:
    marks.outside = trouble(StepUncertain("The line went dead."))
    make([do("post", "a letter")])
    knock_at(door.id)
    drain()
    run = Run.objects.get()
    assert (run.state, run.reason, outcomes()) == ("failed", "The line went dead.", ["uncertain"])
    later(drain, hours=5)
    assert len(marks.tried) == 1

    marks.outside = dict
    actions.retry_run(Actor.product(run.workspace_id), run.id)
    drain()
    assert (len(marks.tried), outcomes(), states()) == (2, ["uncertain", "done"], ["done"])


def test_an_unforeseen_error_outside_counts_as_uncertain_for_what_must_not_be_doubled(
    door: Team, drain: Drain
) -> None:
    marks.outside = trouble(RuntimeError("boom"))
    make([do("post", "a letter")])
    knock_at(door.id)
    drain()
    later(drain, hours=5)
    assert (len(marks.tried), outcomes(), states()) == (1, ["uncertain"], ["failed"])


@pytest.mark.parametrize(("step", "times", "ending"), [("post", 1, "failed"), ("ring", 2, "done")])
def test_a_worker_killed_outside_never_doubles_a_letter_and_always_rings_again(
    door: Team, drain: Drain, step: str, times: int, ending: str
) -> None:
    make([do(step, "out")])
    knock_at(door.id)
    marks.outside = killed
    with pytest.raises(KeyboardInterrupt):
        drain()
    marks.outside = dict
    run = Run.objects.get()
    go_on(run)
    assert (len(marks.tried), outcomes()) == (1, ["begun"])  # somebody may still be out
    later(drain, minutes=3)
    later(drain, minutes=1)
    assert (len(marks.tried), states()) == (times, [ending])
    assert outcomes()[0] == ("uncertain" if step == "post" else "failed")


def go_on(run: Run) -> None:
    """The same run's job comes a second time."""
    with tenancy.workspace(run.workspace_id):
        actions.advance(run_id=str(run.id), workspace_id=str(run.workspace_id))


def test_an_answer_in_the_middle_ends_the_run_but_what_was_done_is_written_down(
    door: Team, drain: Drain
) -> None:
    def go() -> dict[str, Any]:
        with tenancy.workspace(door.workspace_id):
            answer_at(door.id)
        return {"sent": True}

    marks.outside = go
    make([do("post", "a letter"), do("shout", "never")], ends_on=["test.answered"])
    knock_at(door.id)
    drain()
    assert states() == ["cancelled"]
    assert outcomes() == ["done"]
    assert shouted() == ["a letter"]
