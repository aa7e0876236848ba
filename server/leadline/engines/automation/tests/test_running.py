"""Runs take their steps, wait, decide, end; what they did is written down."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time, timedelta

import pytest

from leadline.engines.automation import actions, ports
from leadline.engines.automation.models import Automation, Run, StepLog
from leadline.engines.automation.tests.playground import (
    answer_at,
    do,
    knock_at,
    make,
    marks,
    shouted,
    states,
)
from leadline.engines.timeline.models import TimelineEntry
from leadline.infra import tenancy
from leadline.kit import clock
from leadline.kit.business_hours import Calendar
from leadline.workspaces.actor import Actor
from leadline.workspaces.models import Team, Workspace

pytestmark = pytest.mark.usefixtures("held")
Drain = Callable[[], int]


def later(drain: Drain, **time: float) -> None:
    """Time passes, the sweep comes by, the worker works."""
    clock.move(timedelta(**time))
    actions.wake_due_runs()
    drain()


def test_a_knock_makes_the_doorman_shout_once(door: Team, drain: Drain) -> None:
    make([do("shout", "Who is at {{name|the door}}?")])
    knock_at(door.id)
    drain()

    assert shouted() == ["Who is at North?"]
    run = Run.objects.get()
    assert (run.state, run.subject_id) == ("done", door.id)
    log = StepLog.objects.get()
    assert (log.outcome, log.input, log.result) == (
        "done",
        {"text": "Who is at North?"},
        {"shouted": "Who is at North?"},
    )
    entry = TimelineEntry.objects.get(kind="automation")
    assert (entry.about_id, entry.automatic, entry.text) == (door.id, True, "Automation “Doorman” ran.")


def test_without_an_automation_a_knock_queues_nothing(door: Team, drain: Drain) -> None:
    knock_at(door.id)
    assert drain() == 0
    assert states() == []


def test_a_switched_off_automation_does_nothing(door: Team, drain: Drain) -> None:
    make([do("shout", "Hello")], enabled=False)
    knock_at(door.id)
    drain()
    assert shouted() == []


def test_the_options_of_the_trigger_must_fit(door: Team, drain: Drain) -> None:
    make([do("shout", "Quiet!")], trigger="test.knocked")
    loud = make([do("shout", "Ouch!")], name="Second")
    actions.change_automation(
        actor_of(loud), loud.id, {"trigger": {"key": "test.knocked", "options": {"how": "loudly"}}}
    )
    knock_at(door.id)
    drain()
    assert shouted() == ["Quiet!"]


def actor_of(automation: Automation) -> Actor:
    """The product, in the automation's workspace."""
    return Actor.product(automation.workspace_id)


def test_conditions_decide_whether_a_run_begins(door: Team, drain: Drain) -> None:
    make([do("shout", "North!")], conditions={"field": "name", "op": "eq", "value": "North"})
    make([do("shout", "South!")], conditions={"field": "name", "op": "eq", "value": "South"}, name="Other")
    knock_at(door.id)
    drain()
    assert shouted() == ["North!"]
    assert states() == ["done"]


def test_a_run_waits_and_goes_on_when_its_time_has_come(door: Team, drain: Drain) -> None:
    make([do("shout", "one"), {"kind": "wait", "for": "2h"}, do("shout", "two")])
    knock_at(door.id)
    drain()
    assert (shouted(), states()) == (["one"], ["waiting"])
    later(drain, minutes=119)
    assert shouted() == ["one"]
    later(drain, minutes=1)
    assert (shouted(), states()) == (["one", "two"], ["done"])


def test_what_fell_due_while_the_server_was_off_runs_once_and_in_order(inside: object, drain: Drain) -> None:
    doors = [Team.objects.create(name=f"Door {n}") for n in range(3)]
    make(
        [
            {"kind": "wait", "for": "1h"},
            do("shout", "{{name}}"),
            {"kind": "wait", "for": "1h"},
            do("shout", "bye"),
        ]
    )
    for door in doors:
        knock_at(door.id)
        drain()
        clock.move(timedelta(minutes=1))
    later(drain, days=3)
    assert shouted() == ["Door 0", "Door 1", "Door 2"]
    later(drain, hours=1)
    actions.wake_due_runs()
    drain()
    assert shouted() == ["Door 0", "Door 1", "Door 2", "bye", "bye", "bye"]


def test_an_answer_wakes_the_one_who_waits_for_it(door: Team, drain: Drain) -> None:
    make(
        [
            {
                "kind": "wait",
                "for": "2d",
                "until_event": "test.answered",
                "then": [do("shout", "thank you")],
                "otherwise": [do("shout", "nobody there")],
            },
            do("shout", "end"),
        ]
    )
    knock_at(door.id)
    drain()
    answer_at(door.id)
    drain()
    assert (shouted(), states()) == (["thank you", "end"], ["done"])


def test_without_an_answer_the_wait_ends_by_the_clock(door: Team, drain: Drain) -> None:
    wait = {
        "kind": "wait",
        "for": "2d",
        "until_event": "test.answered",
        "then": [do("shout", "thank you")],
        "otherwise": [do("shout", "nobody there")],
    }
    make([wait])
    knock_at(door.id)
    drain()
    later(drain, days=2)
    assert (shouted(), states()) == (["nobody there"], ["done"])


def test_an_answer_ends_a_run_in_the_transaction_of_the_answer(door: Team, drain: Drain) -> None:
    make([{"kind": "wait", "for": "2d"}, do("shout", "still waiting")], ends_on=["test.answered"])
    knock_at(door.id)
    drain()
    answer_at(door.id)

    run = Run.objects.get()
    assert (run.state, run.reason) == ("cancelled", "“Somebody answers” happened.")
    later(drain, days=3)
    assert shouted() == []


def test_an_answer_that_came_before_the_worker_also_ends_it(door: Team, drain: Drain) -> None:
    make([{"kind": "wait", "for": "1h"}, do("shout", "still waiting")], ends_on=["test.answered"])
    knock_at(door.id)
    clock.move(timedelta(minutes=10))
    answer_at(door.id)
    drain()
    assert states() == ["cancelled"]
    later(drain, days=3)
    assert shouted() == []


def test_if_takes_one_way_or_the_other(door: Team, drain: Drain) -> None:
    def fork(name: str) -> dict[str, object]:
        return {
            "kind": "if",
            "when": {"field": "name", "op": "eq", "value": name},
            "then": [do("shout", f"is {name}")],
            "else": [do("shout", f"is not {name}"), {"kind": "stop", "reason": "Wrong door."}],
        }

    make([fork("North"), fork("South"), do("shout", "never")])
    knock_at(door.id)
    drain()
    assert shouted() == ["is North", "is not South"]
    assert Run.objects.get().reason == "Wrong door."


def test_a_refused_step_takes_the_other_way_and_leaves_no_mark(door: Team, drain: Drain) -> None:
    make([do("refuse", "x", otherwise=[do("shout", "tell the boss")]), do("shout", "end")])
    knock_at(door.id)
    drain()
    assert (shouted(), states()) == (["tell the boss", "end"], ["done"])
    assert StepLog.objects.order_by("id").values_list("outcome", "error")[0] == (
        "refused",
        "The door is painted on.",
    )


def test_a_refused_step_without_another_way_fails_the_run_at_once(door: Team, drain: Drain) -> None:
    make([do("refuse"), do("shout", "end")])
    knock_at(door.id)
    drain()
    run = Run.objects.get()
    assert (run.state, run.reason, shouted()) == ("failed", "The door is painted on.", [])


def test_a_broken_step_is_tried_again_later_and_acts_once(door: Team, drain: Drain) -> None:
    marks.trouble = 2
    make([do("struggle", "open")])
    knock_at(door.id)
    drain()
    assert (states(), shouted()) == (["waiting"], [])
    later(drain, seconds=10)
    assert states() == ["waiting"]
    later(drain, seconds=20)
    assert (states(), shouted()) == (["done"], ["open"])
    assert len(marks.tried) == 3
    assert len({ref for _, _, ref in marks.tried}) == 1
    assert list(StepLog.objects.order_by("id").values_list("outcome", flat=True)) == [
        "failed",
        "failed",
        "done",
    ]


def test_a_step_that_stays_broken_fails_the_run_and_can_be_retried(door: Team, drain: Drain) -> None:
    marks.trouble = 6
    made = make([do("struggle", "open")])
    knock_at(door.id)
    drain()
    for _ in range(6):
        later(drain, hours=1)
    run = Run.objects.get()
    assert (run.state, run.reason) == ("failed", "RuntimeError: the knocker fell off")
    actions.retry_run(actor_of(made), run.id)
    drain()
    assert (states(), shouted()) == (["done"], ["open"])


def test_a_run_keeps_the_steps_it_began_with(door: Team, drain: Drain) -> None:
    made = make([{"kind": "wait", "for": "1h"}, do("shout", "old")])
    knock_at(door.id)
    drain()
    actions.change_automation(actor_of(made), made.id, {"steps": [do("shout", "new")]})
    later(drain, hours=1)
    knock_at(door.id)
    drain()
    assert shouted() == ["old", "new"]


def test_switching_off_ends_what_waits(door: Team, drain: Drain) -> None:
    made = make([{"kind": "wait", "for": "1h"}, do("shout", "late")])
    knock_at(door.id)
    drain()
    actions.change_automation(actor_of(made), made.id, {"enabled": False})
    later(drain, hours=1)
    run = Run.objects.get()
    assert (run.state, run.reason, shouted()) == ("cancelled", "it was switched off.", [])


def test_a_subject_that_is_gone_ends_its_run(door: Team, drain: Drain) -> None:
    make([{"kind": "wait", "for": "1h"}, do("shout", "late")])
    knock_at(door.id)
    drain()
    door.delete()
    later(drain, hours=1)
    assert (states(), shouted()) == (["cancelled"], [])


def test_a_run_whose_job_was_lost_is_found_again(door: Team, drain: Drain) -> None:
    from leadline.infra.models import Job

    make([do("shout", "hello")])
    knock_at(door.id)
    Job.objects.filter(task="automation.start").get()
    drain_one()
    Job.objects.all().delete()
    later(drain, minutes=1)
    assert shouted() == []
    later(drain, minutes=1)
    assert shouted() == ["hello"]


def drain_one() -> None:
    from leadline.infra.jobs import queue, running

    (claim,) = queue.claim(1)
    running.perform(claim)
    queue.finish([claim])


def test_a_wait_on_the_business_clock_skips_the_night(
    door: Team, drain: Drain, monkeypatch: pytest.MonkeyPatch
) -> None:
    nine_to_five = Calendar("UTC", {weekday: [(time(9), time(17))] for weekday in range(7)})
    monkeypatch.setattr(ports.offers, "calendar", lambda: nine_to_five)
    make([{"kind": "wait", "for": "8h", "calendar": "business"}, do("shout", "good morning")])
    knock_at(door.id)  # Wednesday 10:00, so Thursday 10:00
    drain()
    later(drain, hours=23, minutes=59)
    assert shouted() == []
    later(drain, minutes=1)
    assert shouted() == ["good morning"]


def test_an_answer_to_ones_own_step_does_not_undo_the_step(door: Team, drain: Drain) -> None:
    make([do("answer"), {"kind": "wait", "for": "1h"}, do("shout", "on")], ends_on=["test.answered"])
    knock_at(door.id)
    drain()
    assert states() == ["waiting"]
    later(drain, hours=1)
    assert shouted() == ["on"]


def test_one_sweep_serves_every_company(stranger: Actor, workspace: Workspace, drain: Drain) -> None:
    for workspace_id in (stranger.workspace_id, workspace.id):
        with tenancy.workspace(workspace_id):
            make([{"kind": "wait", "for": "1h"}, do("shout", "{{name}}")])
            knock_at(Team.objects.create(name=f"Door of {workspace_id}").id)
    drain()
    clock.move(timedelta(hours=1))
    assert actions.wake_due_runs() == 2
    drain()
    for workspace_id in (stranger.workspace_id, workspace.id):
        with tenancy.workspace(workspace_id):
            assert shouted() == [f"Door of {workspace_id}"]
