"""What starts a run starts it once; circles stop; many events cost as many statements as few."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, connections

from leadline.engines.automation import actions
from leadline.engines.automation.models import Automation, Run
from leadline.engines.automation.rules import LIVE
from leadline.engines.automation.tests.playground import answer_at, do, knock_at, make, shouted, states
from leadline.infra import tenancy
from leadline.infra.jobs import queue, running
from leadline.infra.jobs.background import belonging_to
from leadline.infra.models import Job
from leadline.kit import clock
from leadline.testing import people
from leadline.workspaces.models import Team, Workspace

Drain = Callable[[], int]


@pytest.mark.usefixtures("held")
def test_an_event_delivered_twice_starts_one_run(door: Team, drain: Drain) -> None:
    make([do("shout", "hello")])
    knock_at(door.id)
    (claim,) = queue.claim(5)
    running.perform(claim)
    running.perform(claim)
    drain()
    assert (shouted(), states()) == (["hello"], ["done"])


@pytest.mark.usefixtures("held")
def test_a_step_whose_job_runs_twice_acts_once(door: Team, drain: Drain) -> None:
    make([do("shout", "one"), {"kind": "wait", "for": "1h"}, do("shout", "two")])
    knock_at(door.id)
    drain()
    run = Run.objects.get()
    for _ in range(3):
        actions.advance(run_id=str(run.id), workspace_id=str(run.workspace_id))
    assert shouted() == ["one"]


@pytest.mark.usefixtures("held")
def test_two_automations_that_set_each_other_off_stop_with_a_reason(door: Team, drain: Drain) -> None:
    make([do("shout", "A"), do("knock", "loudly")], name="A")
    ball = make([do("shout", "B"), do("knock", "softly")], name="B")
    Automation.objects.filter(id=ball.id).update(trigger_options={"how": "loudly"})
    knock_at(door.id)
    drain()

    stopped = Run.objects.filter(state="cancelled")
    assert shouted() == ["A", "B"]
    assert {run.reason for run in stopped} == {
        "Stopped: this would run in a circle, its own steps set it off again."
    }
    assert all(run.cause["chain"] for run in stopped)


@pytest.mark.usefixtures("held")
def test_a_burst_for_one_record_is_stopped_even_when_nobody_knows_its_cause(door: Team, drain: Drain) -> None:
    make([do("shout", "again")])
    for _ in range(5):
        knock_at(door.id)
        drain()
    assert len(shouted()) == 3
    clock.move(timedelta(minutes=2))
    knock_at(door.id)
    drain()
    assert len(shouted()) == 4


@pytest.mark.usefixtures("held")
def test_an_automation_ignores_what_happened_before_it_was_switched_on(door: Team, drain: Drain) -> None:
    make([do("shout", "first")], name="First")
    knock_at(door.id)
    clock.move(timedelta(seconds=5))
    make([do("shout", "second")], name="Second")
    drain()
    assert shouted() == ["first"]


@pytest.mark.usefixtures("held")
def test_what_was_heard_at_different_times_and_starts_together_is_judged_each_by_its_own_time(
    door: Team, inside: Workspace
) -> None:
    early, late = (Team.objects.create(name=name) for name in ("Early", "Late"))
    make([do("shout", "{{name}}")], name="First", ends_on=["test.answered"])
    knock_at(early.id)
    clock.move(timedelta(seconds=5))
    answer_at(early.id)
    answer_at(late.id)
    make([do("shout", "second {{name}}")], name="Second")
    clock.move(timedelta(seconds=5))
    knock_at(late.id)

    claims = [one for one in queue.claim(10) if one.task == "automation.start"]
    assert len({running.company_of(claim) for claim in claims}) == 1
    running.perform(*claims)
    begun = [(run.automation.name, run.subject_id, run.state) for run in Run.objects.order_by("id")]
    assert sorted(begun, key=str) == sorted(
        [("First", early.id, "cancelled"), ("First", late.id, "running"), ("Second", late.id, "running")],
        key=str,
    )


@pytest.mark.usefixtures("held")
def test_what_an_urgent_job_sets_off_is_as_urgent(door: Team) -> None:
    make([do("shout", "hello")])
    with belonging_to(door.workspace_id, urgency=10):
        knock_at(door.id)
    (claim,) = queue.claim(5)
    running.perform(claim)
    queue.finish([claim])
    knock_at(door.id)
    turns = {(job.task, job.turn) for job in Job.objects.all()}
    assert turns == {("automation.advance", -10), ("automation.start", -1)}


@pytest.mark.usefixtures("held")
def test_a_thousand_events_start_in_as_many_statements_as_ten(inside: Workspace, statements: Any) -> None:
    make([do("shout", "hello")], conditions={"field": "name", "op": "starts_with", "value": "Door"})
    counts = []
    for size in (10, 1000):
        doors = Team.objects.bulk_create(Team(name=f"Door {size} {n}") for n in range(size))
        with statements() as hearing:
            knock_at(*(door.id for door in doors))
        (claim,) = [one for one in queue.claim(2000) if one.task == "automation.start"]
        with statements() as starting:
            running.perform(claim)
        Job.objects.all().delete()
        counts.append((len(hearing), len(starting)))
    assert counts[0] == counts[1]
    # The event, who listens, the job; then the workspace, automations, recent runs, subjects, runs, jobs.
    assert counts[1][0] <= 3
    assert counts[1][1] <= 12
    assert Run.objects.count() == 1010


@pytest.mark.usefixtures("held")
def test_the_sweep_takes_as_many_statements_for_many_runs_as_for_one(
    inside: Workspace, drain: Drain, statements: Any
) -> None:
    make([{"kind": "wait", "for": "1h"}, do("shout", "late")])
    counts = []
    for size in (1, 60):
        doors = Team.objects.bulk_create(Team(name=f"Door {size} {n}") for n in range(size))
        knock_at(*(door.id for door in doors))
        drain()
        clock.move(timedelta(hours=1))
        with statements() as sweeping:
            assert actions.wake_due_runs() == size
        drain()
        counts.append(len(sweeping))
    assert counts[0] == counts[1]
    assert len(shouted()) == 61


@pytest.mark.usefixtures("held")
def test_a_timer_starts_each_subject_once(inside: Workspace, drain: Drain) -> None:
    make([do("shout", "{{name}}")], trigger="test.late")
    for name in ("Late 1", "Early", "Late 2"):
        Team.objects.create(name=name)
    for _ in range(3):
        actions.start_due_timers()
        drain()
        clock.move(timedelta(minutes=1))
    assert sorted(shouted()) == ["Late 1", "Late 2"]


@pytest.mark.usefixtures("held")
def test_a_timer_whose_conditions_do_not_hold_says_so_once(inside: Workspace, drain: Drain) -> None:
    Team.objects.create(name="Late and lost")
    make([do("shout", "x")], trigger="test.late", conditions={"field": "name", "op": "eq", "value": "No"})
    for _ in range(2):
        actions.start_due_timers()
        drain()
    run = Run.objects.get()
    assert (run.state, run.reason) == ("skipped", "The conditions did not hold.")


@pytest.mark.usefixtures("held")
def test_a_broken_timer_does_not_stop_the_others(
    inside: Workspace, drain: Drain, monkeypatch: pytest.MonkeyPatch
) -> None:
    from leadline.engines.automation import ports
    from leadline.engines.automation.tests.playground import due

    def sick(timed: Any, now: Any, limit: int) -> list[Any]:
        raise RuntimeError("sick")

    ports.offer_timer_trigger(ports.TimerTrigger("test.sick", "Sick", due=sick, subject_type="team"))
    make([do("shout", "no")], trigger="test.sick", name="Sick")
    make([do("shout", "yes")], trigger="test.late")
    Team.objects.create(name="Late")
    assert due is not None
    actions.start_due_timers()
    drain()
    assert shouted() == ["yes"]


@pytest.mark.usefixtures("held")
def test_a_timer_with_much_to_do_lets_the_others_have_their_turn(
    door: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    from leadline.engines.automation import ports
    from leadline.engines.automation.actions import starting

    turns: list[UUID] = []

    def due(timed: Any, now: Any, limit: int) -> list[Any]:
        turns.append(timed.id)
        return [(timed.workspace_id, door.id, str(len(turns)))] if timed.id == busy.id else []

    monkeypatch.setattr(starting, "TIMER_BATCH", 1)
    monkeypatch.setattr(starting, "TIMER_ROUNDS", 3)
    ports.offer_timer_trigger(ports.TimerTrigger("test.busy", "Busy", due=due, subject_type="team"))
    busy, calm = (make([do("shout", "x")], trigger="test.busy", name=name) for name in ("Busy", "Calm"))
    assert actions.start_due_timers() == 3
    assert turns == [busy.id, calm.id, busy.id, busy.id]


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_and_two_workers_at_once_take_every_step_once() -> None:
    workspace = people.acme()
    with tenancy.workspace(workspace.id):
        make([{"kind": "wait", "for": "1s"}, do("shout", "{{name}}")])
        doors = [Team.objects.create(name=f"Door {n}") for n in range(12)]
        knock_at(*(door.id for door in doors))
    _work()
    clock.move(timedelta(seconds=2))
    barrier = Barrier(3)
    threads = [Thread(target=_sweep_and_work, args=(barrier,)) for _ in range(3)]
    try:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        _work()
    finally:
        clock.set_offset(timedelta())
    with tenancy.workspace(workspace.id):
        assert sorted(shouted()) == sorted(door.name for door in doors)
        assert set(states()) == {"done"}


def _sweep_and_work(barrier: Barrier) -> None:
    try:
        barrier.wait()
        actions.wake_due_runs()
        with tenancy.everywhere():
            everyone = [(run.id, run.workspace_id) for run in Run.objects.all()]
        for run_id, workspace_id in everyone:
            actions.advance(run_id=str(run_id), workspace_id=str(workspace_id))
        _work()
    finally:
        connections.close_all()


def _work() -> None:
    while claims := queue.claim(20):
        for claim in claims:
            running.perform(claim)
        queue.finish(claims)


@pytest.mark.usefixtures("held")
def test_the_sweep_finds_what_is_due_by_its_index_among_many_that_wait(door: Team) -> None:
    made = make([{"kind": "wait", "for": "1h"}])
    later = clock.now() + timedelta(days=3)
    Run.objects.bulk_create(
        Run(
            automation=made,
            automation_version=1,
            subject_type="team",
            subject_id=door.id,
            occurrence=str(n),
            state="waiting",
            resume_at=later,
        )
        for n in range(5000)
    )
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute("ANALYZE automation_run")
    with tenancy.everywhere():
        due = Run.objects.filter(state__in=LIVE, resume_at__lte=clock.now()).order_by()
        plan = due.values_list("workspace_id", flat=True).distinct().explain()
    assert "run_due" in plan


@pytest.mark.usefixtures("held")
def test_a_step_takes_few_statements(door: Team, drain: Drain, statements: Any) -> None:
    make([do("shout", "hello {{name}}")])
    knock_at(door.id)
    (claim,) = queue.claim(1)
    running.perform(claim)
    run = Run.objects.get()
    with statements() as taking:
        actions.advance(run_id=str(run.id), workspace_id=str(run.workspace_id))
    assert Run.objects.get().state == "done"
    # Run, subject, edition, the action in its savepoint, log, run, timeline entry, two events.
    assert len(taking) <= 13
