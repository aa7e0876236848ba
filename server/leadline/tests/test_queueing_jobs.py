"""A job is a row of the transaction that needs it, claimed in turns, ours while we hold its token."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction

from leadline.infra import events, tenancy
from leadline.infra.jobs import RetryIn, background, queue
from leadline.infra.jobs.testing import drain_all
from leadline.infra.models import Job
from leadline.workspaces.actor import Actor
from leadline.workspaces.models import Member, Workspace

calls: list[Any] = []


@pytest.fixture(autouse=True)
def no_calls_yet() -> None:
    calls.clear()


@background(retries=2)
def note(*, word: str) -> None:
    calls.append((word, tenancy.current()))
    if word == "break":
        raise ValueError("broken on purpose")
    if word == "wait":
        raise RetryIn(timedelta(minutes=5))


@background()
def note_twice(*, word: str) -> None:
    note.later(word=word)
    note.later(word=word)


@dataclass(frozen=True, kw_only=True)
class KettleBoiled(events.Event):
    kettle_id: UUID


@events.reaction(to=KettleBoiled, later=True)
def make_tea(boiled: Any) -> None:
    calls.append(([event.kettle_id for event in boiled], tenancy.current()))


def expire_leases(by: str = "- interval '1 second'") -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE infra_job SET lease_until = clock_timestamp() {by} WHERE state = 'running'")


def test_a_job_runs_once_outside_every_workspace_and_leaves_no_row(
    inside: Workspace, drain: Callable[[], int]
) -> None:
    note.later(word="hello")

    assert Job.objects.get().workspace_id == inside.id
    assert drain() == 1
    assert calls == [("hello", None)]
    assert not Job.objects.exists()
    assert tenancy.current() == inside.id


def test_a_rollback_drops_the_job(db: None, drain: Callable[[], int]) -> None:
    with transaction.atomic():
        note.later(word="never")
        transaction.set_rollback(True)
    assert drain() == 0
    assert calls == []


def test_jobs_queued_by_a_job_belong_to_the_same_workspace(
    inside: Workspace, drain: Callable[[], int]
) -> None:
    note_twice.later(word="again")

    queue.finish([])
    assert drain() == 3
    assert [word for word, _ in calls] == ["again", "again"]


def test_later_reactions_are_jobs_inside_the_workspace_of_their_events(
    inside: Workspace, drain: Callable[[], int]
) -> None:
    kettle_id, other_id = uuid4(), uuid4()
    events.record(
        KettleBoiled(workspace_id=inside.id, kettle_id=kettle_id),
        KettleBoiled(workspace_id=inside.id, kettle_id=other_id),
    )
    assert calls == []

    assert drain() == 1
    assert calls == [([kettle_id, other_id], inside.id)]


def test_a_test_sees_the_error_of_a_job(inside: Workspace, drain: Callable[[], int]) -> None:
    note.later(word="break")
    with pytest.raises(ValueError, match="broken on purpose"):
        drain()


def test_a_failing_job_leaves_the_test_where_it_was(inside: Workspace, rita: Actor) -> None:
    note.later(word="break")
    drain_all(raises=False)

    assert tenancy.current() == inside.id
    assert Member.objects.get().id == rita.member_id


def test_a_failing_job_is_tried_again_later_and_ends_on_the_failed_list(inside: Workspace) -> None:
    note.later(word="break")

    drain_all(raises=False)
    waiting = Job.objects.get()
    assert (waiting.state, waiting.attempts) == ("ready", 1)
    assert waiting.run_at is not None
    assert "broken on purpose" in waiting.error

    assert drain_all(raises=False) == 0
    drain_all(raises=False, retries=True)
    failed = Job.objects.get()
    assert (failed.state, failed.attempts) == ("failed", 3)
    assert failed.failed_at is not None


def test_the_delay_doubles_with_jitter(inside: Workspace) -> None:
    note.later(word="break")
    delays = []
    for _ in range(2):
        claim = queue.claim(1)[0]
        queue.fail(queue.Failure(claim, "no"))
        with connection.cursor() as cursor:
            cursor.execute("SELECT extract(epoch FROM run_at - clock_timestamp()) FROM infra_job")
            delays.append(float(cursor.fetchone()[0]))
        Job.objects.update(run_at=None)
    assert 7 < delays[0] <= 12
    assert 15 < delays[1] <= 24


def test_a_job_may_name_the_time_of_its_next_attempt(inside: Workspace) -> None:
    note.later(word="wait")
    drain_all(raises=False)
    with connection.cursor() as cursor:
        cursor.execute("SELECT extract(epoch FROM run_at - clock_timestamp()) FROM infra_job")
        assert 290 < float(cursor.fetchone()[0]) <= 300


def test_a_job_of_a_removed_room_fails_at_once_and_says_so(inside: Workspace) -> None:
    Job.objects.create(workspace_id=inside.id, task="leadline.gone.do", arguments={})
    drain_all(raises=False)
    assert Job.objects.get().state == "failed"
    assert "leadline.gone.do" in Job.objects.get().error


def test_workspaces_take_turns(db: None) -> None:
    busy, quiet, calm = sorted(uuid4() for _ in range(3))
    for workspace_id, count in ((busy, 20), (quiet, 1), (calm, 2)):
        Job.objects.bulk_create(
            Job(workspace_id=workspace_id, task="x", arguments={"n": n}) for n in range(count)
        )

    first = queue.claim(4)
    assert [c.workspace_id for c in first] == [busy, quiet, calm, busy]
    assert [c.workspace_id for c in queue.claim(2, after=busy)] == [calm, busy]
    assert len(queue.claim(100)) == 17


def test_work_of_no_workspace_is_claimed_too(db: None) -> None:
    Job.objects.create(task="x")
    assert [c.workspace_id for c in queue.claim(5)] == [None]


def test_a_higher_priority_goes_first_within_the_workspace(inside: Workspace) -> None:
    slow = Job.objects.create(workspace_id=inside.id, task="slow", turn=0)
    quick = Job.objects.create(workspace_id=inside.id, task="quick", turn=-5)
    assert [c.id for c in queue.claim(2)] == [quick.id, slow.id]


def test_only_the_holder_of_the_token_can_finish_extend_or_fail(db: None) -> None:
    Job.objects.create(task="x")
    [stale] = queue.claim(1)
    expire_leases()
    assert queue.reap() == 1
    [mine] = queue.claim(1)

    assert mine.token != stale.token
    assert queue.finish([stale]) == 0
    assert queue.extend([stale]) == 0
    assert queue.give_back([stale]) == 0
    assert queue.fail(queue.Failure(stale, "late")) is None
    assert queue.extend([mine]) == 1
    assert queue.finish([mine]) == 1


def test_the_reaper_leaves_living_leases_and_takes_ended_and_impossible_ones(db: None) -> None:
    Job.objects.create(task="x")
    queue.claim(1)
    assert queue.reap() == 0
    expire_leases("+ interval '1 day'")
    assert queue.reap() == 1
    assert Job.objects.get().state == "ready"


def test_a_job_that_kills_every_worker_ends_on_the_failed_list(db: None) -> None:
    Job.objects.create(task="x", max_attempts=1)
    for _ in range(1 + queue.CRASHES_FORGIVEN):
        assert queue.claim(1)
        expire_leases()
        queue.reap()
    assert queue.claim(1) == []
    assert Job.objects.get().state == "failed"


def test_a_job_given_back_costs_no_attempt(db: None) -> None:
    Job.objects.create(task="x")
    queue.give_back(queue.claim(1))
    assert Job.objects.get().attempts == 0
    assert len(queue.claim(1)) == 1


def test_due_retries_become_ready(db: None) -> None:
    Job.objects.create(task="x")
    queue.fail(queue.Failure(queue.claim(1)[0], "no", again_in=timedelta(seconds=-1)))
    assert queue.claim(1) == []
    assert queue.promote() == 1
    assert len(queue.claim(1)) == 1
