"""Automations and single runs are held, let go on and ended; earlier versions come back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from leadline.engines.automation import actions
from leadline.engines.automation.actions import starting
from leadline.engines.automation.models import Automation, Run
from leadline.engines.automation.tests.playground import answer_at, do, knock_at, make, shouted, states
from leadline.infra.models import Job
from leadline.kit import clock
from leadline.testing import Api
from leadline.workspaces.actor import Actor
from leadline.workspaces.models import AuditEntry, Team

pytestmark = pytest.mark.usefixtures("held")
Drain = Callable[[], int]
HOUR = {"kind": "wait", "for": "1h"}


def later(drain: Drain, **time: float) -> None:
    clock.move(timedelta(**time))
    actions.wake_due_runs()
    drain()


def held_up(door: Team, drain: Drain, **more: Any) -> Automation:
    made = make([do("shout", "one"), HOUR, do("shout", "two")], **more)
    knock_at(door.id)
    drain()
    return made


def pause(actor: Actor, automation_id: UUID, paused: bool) -> None:
    answer = Api(actor).patch(f"/automations/{automation_id}", {"paused": paused})
    assert (answer.status_code, answer.json()["paused"]) == (200, paused)


def test_a_paused_automation_starts_nothing_and_holds_what_is_under_way(
    ada: Actor, door: Team, drain: Drain
) -> None:
    made = held_up(door, drain)
    pause(ada, made.id, True)
    knock_at(door.id)
    later(drain, hours=3)
    assert (shouted(), states()) == (["one"], ["waiting"])

    pause(ada, made.id, False)
    later(drain, seconds=1)
    assert (shouted(), states()) == (["one", "two"], ["done"])
    knock_at(door.id)
    drain()
    assert shouted() == ["one", "two", "one"]


def test_a_paused_run_waits_while_others_go_on(ada: Actor, door: Team, drain: Drain) -> None:
    held_up(door, drain)
    south = Team.objects.create(name="South")
    knock_at(south.id)
    drain()
    run = Run.objects.get(subject_id=door.id)
    assert Api(ada).patch(f"/runs/{run.id}", {"paused": True}).json()["paused"] is True
    later(drain, hours=2)
    assert [Run.objects.get(subject_id=one.id).state for one in (door, south)] == ["waiting", "done"]

    assert Api(ada).patch(f"/runs/{run.id}", {"paused": False}).json()["paused"] is False
    later(drain, seconds=1)
    assert set(states()) == {"done"}
    assert (
        AuditEntry.objects.filter(action__in=["automation.run_paused", "automation.run_resumed"]).count() == 2
    )


def test_what_ends_a_run_ends_a_paused_one(ada: Actor, door: Team, drain: Drain) -> None:
    made = held_up(door, drain, ends_on=["test.answered"])
    pause(ada, made.id, True)
    answer_at(door.id)
    assert states() == ["cancelled"]


def test_a_run_is_paused_between_two_of_its_steps(ada: Actor, door: Team, drain: Drain) -> None:
    make([do("shout", "one")])
    knock_at(door.id)
    run_id = None
    for job in list(_jobs("automation.start")):
        starting.start(**job.arguments)
        run_id = Run.objects.get().id
    assert run_id is not None
    actions.pause_run(ada, run_id, paused=True)
    drain()
    assert (shouted(), states()) == ([], ["waiting"])
    actions.pause_run(ada, run_id, paused=False)
    later(drain, seconds=1)
    assert shouted() == ["one"]


def _jobs(task: str) -> Any:
    return Job.objects.filter(task=task)


def test_a_run_is_ended_by_hand_once(ada: Actor, door: Team, drain: Drain) -> None:
    held_up(door, drain)
    run = Run.objects.get()
    shown = Api(ada).post(f"/runs/{run.id}/cancellations", {}).json()
    assert (shown["state"], shown["reason"]) == ("cancelled", "Ada ended it.")
    assert Api(ada).post(f"/runs/{run.id}/cancellations", {}).json()["code"] == "run_ended"
    later(drain, hours=2)
    assert shouted() == ["one"]


def test_a_run_does_not_go_on_alone_while_its_automation_is_paused(
    ada: Actor, door: Team, drain: Drain
) -> None:
    made = held_up(door, drain)
    pause(ada, made.id, True)
    answer = Api(ada).patch(f"/runs/{Run.objects.get().id}", {"paused": False})
    assert (answer.status_code, answer.json()["code"]) == (409, "automation_paused")


def test_reps_hold_and_end_nothing(rita: Actor, drain: Drain) -> None:
    held_up(Team.objects.create(name="East"), drain)
    run = Run.objects.get()
    assert Api(rita).patch(f"/runs/{run.id}", {"paused": True}).status_code == 403
    assert Api(rita).post(f"/runs/{run.id}/cancellations", {}).status_code == 403
    assert states() == ["waiting"]


def test_every_version_says_what_changed_and_can_come_back(ada: Actor, door: Team) -> None:
    made = make([do("shout", "one"), do("refuse")], name="Doorman")
    api = Api(ada)
    api.patch(f"/automations/{made.id}", {"steps": [do("shout", "one"), HOUR]})
    api.patch(
        f"/automations/{made.id}",
        {"name": "Porter", "conditions": {"field": "name", "op": "eq", "value": "North"}},
    )
    api.patch(f"/automations/{made.id}", {"enabled": False})

    third, second, first = api.get(f"/automations/{made.id}/editions").json()
    assert third["changes"] == ["Name: “Doorman” became “Porter”", "If: Name is “North”"]
    assert second["changes"] == ["Removed: refuse", "Added: wait 1 hour"]
    assert (first["changes"], first["made_by"], second["made_by"]) == ([], "Leadline", "Ada")
    assert first["sentence"] == "When somebody knocks: shout (one), then refuse."

    back = api.post(f"/automations/{made.id}/restorations", {"number": 1}).json()
    assert (back["name"], back["enabled"], back["edition"], back["conditions"]) == ("Doorman", False, 4, {})
    assert [step.get("action") for step in back["steps"]] == ["test.shout", "test.refuse"]
    assert api.post(f"/automations/{made.id}/restorations", {"number": 9}).status_code == 404
