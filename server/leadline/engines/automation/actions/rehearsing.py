"""What an automation would do for one record: its steps are really taken, by the same code, and undone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from leadline.engines.automation.actions.errands import Came
from leadline.engines.automation.actions.recalling import Past, Start
from leadline.engines.automation.actions.running import Outside, Overtaken, come_back, take_step
from leadline.engines.automation.actions.starting import end_and_wake
from leadline.engines.automation.conditions import test_of
from leadline.engines.automation.guards import ONE_TOO_MANY
from leadline.engines.automation.models import Automation, Edition, Run, StepLog
from leadline.engines.automation.ports import Errand, offers
from leadline.engines.automation.rules import LIVE, LOOK_AGAIN, RunState, StepOutcome
from leadline.engines.timeline.ports import SENTENCE
from leadline.infra import tenancy
from leadline.kit import clock, ids
from leadline.kit.errors import LeadlineError
from leadline.workspaces.actor import Actor

# A run that goes round in its waits and retries longer than this is told as far as it came.
_MOST_TURNS = 200


@dataclass(frozen=True)
class Rehearsal:
    """One run as it would be; `state` is None where the conditions do not hold."""

    start: Start
    title: str
    state: str | None
    reason: str = ""
    reason_data: Any = None
    resume_at: datetime | None = None
    steps: list[dict[str, Any]] = field(default_factory=list)
    # The parts of the conditions that do not hold.
    failed: list[Mapping[str, Any]] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        """The rehearsal as it is stored and shown."""
        start = self.start
        return {
            "subject": {"object": start.subject_type, "id": str(start.subject_id), "title": self.title},
            "at": start.at.isoformat(),
            "state": self.state or RunState.SKIPPED.value,
            "reason": self.reason,
            "said": self.reason_data,
            "resume_at": self.resume_at.isoformat() if self.resume_at else None,
            "steps": self.steps,
            "failed": [dict(part) for part in self.failed],
        }


class _Undo(Exception):
    """Carries what was seen out of a block that is undone."""


def put_up(draft: Automation) -> Automation:
    """The draft as an automation of its own, switched on; the caller undoes the transaction."""
    staged = Automation(
        **{
            key: getattr(draft, key)
            for key in ("name", "trigger_key", "trigger_options", "conditions", "steps", "ends_on", "listens")
        },
        enabled=True,
        enabled_at=clock.now(),
        id=ids.new_id(),
    )
    staged.save(force_insert=True)
    Edition.objects.create(automation=staged, number=staged.edition, steps=staged.steps)
    return staged


def rehearse(staged: Automation, start: Start, past: Past) -> Rehearsal | None:
    """What the start leads to, at its own time; None when the record does not exist any more.

    Nothing stays: all is undone, what reaches out of the house is not carried out, and no bell rings.
    """
    seen: list[Rehearsal | None] = []
    try:
        with transaction.atomic(), clock.telling(start.at):
            seen.append(_played(staged, start, past))
            raise _Undo
    except _Undo:
        # What was loaded while it was played is not true any more.
        tenancy.forget_everything()
    return seen[0]


def _played(staged: Automation, start: Start, past: Past) -> Rehearsal | None:
    subject = offers.subjects.get(start.subject_type)
    record = subject.load([start.subject_id]).get(start.subject_id) if subject else None
    if record is None:
        return None
    title = str(record.get("name", ""))
    try:
        failed = failing(staged.conditions, start, record)
    except LeadlineError as error:
        return Rehearsal(start, title, RunState.FAILED, str(error.said))
    if failed:
        return Rehearsal(start, title, None, failed=failed)
    if start.one_too_many:
        return Rehearsal(start, title, RunState.CANCELLED, ONE_TOO_MANY)
    run = _begun(staged, start)
    outside = _go_through(run, past)
    run = Run.objects.get(id=run.id)
    logs = StepLog.objects.filter(run=run).order_by("position", "id")
    return Rehearsal(
        start,
        title,
        run.state,
        run.reason,
        run.context.get("reason"),
        run.resume_at if run.state == RunState.WAITING else None,
        [_step(log, log.id in outside) for log in logs],
    )


def failing(tree: Mapping[str, Any], start: Start, record: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The parts of the conditions that keep the automation from starting; none when they hold."""
    actor, now = Actor.product(tenancy.require_current()), clock.now()

    def holds(part: Mapping[str, Any]) -> bool:
        return test_of(part, start.subject_type, actor, now)(record)

    if holds(tree):
        return []
    return [part for part in tree.get("all") or [tree] if not holds(part)]


def _begun(staged: Automation, start: Start) -> Run:
    return Run.objects.create(
        automation=staged,
        automation_version=staged.edition,
        subject_type=start.subject_type,
        subject_id=start.subject_id,
        occurrence=start.occurrence,
        state=RunState.RUNNING,
        resume_at=start.at + LOOK_AGAIN,
        ends_on=staged.ends_on,
        context={"event": dict(start.event)},
        started_at=start.at,
    )


def _go_through(run: Run, past: Past) -> set[UUID]:
    """Take the run to its end, or as far as is known; the logs of steps that would have reached out."""
    outside: set[UUID] = set()
    now = clock.now()
    for _ in range(_MOST_TURNS):
        with clock.telling(now):
            _advance(run.id, outside)
        run = Run.objects.get(id=run.id)
        if run.state not in LIVE:
            break
        next_moment = _rest(run, past, now)
        if next_moment is None:
            break
        now = next_moment
    return outside


def _advance(run_id: UUID, outside: set[UUID]) -> None:
    going: bool | Outside = True
    while going:
        try:
            with transaction.atomic():
                going = take_step(run_id)
            if isinstance(going, Outside):
                outside.add(going.log.id)
                stayed = replace(going, errand=Errand(dict))
                going = come_back(stayed, Came(StepOutcome.DONE))
        except Overtaken:
            return


def _rest(run: Run, past: Past, now: datetime) -> datetime | None:
    """Let the time of a waiting run pass; the moment at which it goes on, None when it still waits."""
    heard = past.next({*run.ends_on, run.wakes_on}, run.subject_id, now)
    due = run.resume_at or now
    if heard and heard[0] <= due:
        with clock.telling(heard[0]):
            end_and_wake(heard[1], [run.subject_id])
        return heard[0]
    if past.until is not None and due > past.until:
        return None
    Run.objects.filter(id=run.id).update(
        state=RunState.RUNNING, wakes_on="", woken_by="", resume_at=due + LOOK_AGAIN
    )
    return due


def _step(log: StepLog, outside: bool) -> dict[str, Any]:
    """One step as it would be; ids of rows that were undone are nobody's business."""
    return {
        "position": log.position,
        "action": log.action,
        "label": log.label,
        "outcome": log.outcome,
        "input": log.input,
        "result": {k: v for k, v in log.result.items() if k != SENTENCE and not k.endswith("_id")},
        "error": log.error,
        "said": log.result.get(SENTENCE),
        "at": log.at.isoformat(),
        "outside": outside,
    }
