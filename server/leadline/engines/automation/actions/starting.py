"""Begin runs when something happens or falls due; wake and end the ones that wait."""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from leadline.engines.automation import guards, queries
from leadline.engines.automation.actions.running import advance, running_step
from leadline.engines.automation.conditions import Holds, test_of
from leadline.engines.automation.events import RunFinished
from leadline.engines.automation.models import Automation, Run
from leadline.engines.automation.ports import Trigger, offers
from leadline.engines.automation.rules import LOOK_AGAIN, RunState
from leadline.engines.automation.wishes import Wish
from leadline.infra import events, tenancy
from leadline.infra.jobs import background
from leadline.kit import clock, ids
from leadline.kit.errors import LeadlineError
from leadline.workspaces.actor import Actor

_log = logging.getLogger(__name__)
TIMER_BATCH = 500
TIMER_ROUNDS = 40
WAKE_BATCH = 500


def heard(kind: type[events.Event], happened: Sequence[events.Event]) -> None:
    """Take notice of events, in their own transaction: runs they end are ended with the same commit, runs
    that wait for them go on, and what they start is queued. One statement when nobody listens."""
    triggers = [trigger for trigger in offers.triggers.values() if trigger.event is kind]
    if not triggers:
        return
    listening = queries.listening({trigger.key for trigger in triggers})
    for trigger in triggers:
        if trigger.key in listening.waited_for:
            subjects = {
                subject
                for event in happened
                if trigger.matches(event, {}) and (subject := trigger.subject(event))
            }
            end_and_wake(trigger.key, subjects)
    if listening.starting:
        cause, at = running_step.get(), clock.now().isoformat()
        start.later(
            workspace_id=str(tenancy.require_current()),
            kind=kind.__name__,
            happened=[{"id": str(ids.new_id()), "at": at, "event": event.to_json()} for event in happened],
            cause=cause.to_json() if cause else {},
        )


def end_and_wake(key: str, subject_ids: Collection[UUID]) -> None:
    """End the runs of these subjects that end on the event, and let those go on that wait for it."""
    cause = running_step.get()
    alive = queries.runs_waiting_for(key, subject_ids, but_not=cause.run_id if cause else None)
    ending = [run for run in alive if key in run.ends_on]
    ended = [run.id for run in ending]
    woken = [run.id for run in alive if key not in run.ends_on and run.state == RunState.WAITING]
    now = clock.now()
    if ended:
        reason = f"“{offers.label(key)}” happened."
        queries.still_alive(ended).update(
            state=RunState.CANCELLED, reason=reason, finished_at=now, resume_at=None, **queries.next_version()
        )
        events.record(*(RunFinished.of(run, RunState.CANCELLED.value) for run in ending))
    if woken:
        queries.still_waiting(woken).update(
            state=RunState.RUNNING,
            woken_by=key,
            wakes_on="",
            resume_at=now + LOOK_AGAIN,
            **queries.next_version(),
        )
        _queue(woken)


@background(retries=12, priority=1, name="automation.start", gathers="happened", hurries=True)
def start(
    *, workspace_id: str, kind: str, happened: list[dict[str, Any]], cause: dict[str, Any], at: str = ""
) -> None:
    """Start what the events start; delivered twice, they start it once.

    `at` is when all of it was heard, in jobs of versions that did not write it down with each event.
    """
    triggers = {key: one for key, one in offers.triggers.items() if one.event.__name__ == kind}
    if not triggers:
        return
    event_class = next(iter(triggers.values())).event
    delivered = [
        _Delivered(one["id"], datetime.fromisoformat(one.get("at") or at), event_class, one["event"])
        for one in happened
    ]
    with tenancy.workspace(UUID(workspace_id)):
        automations = queries.started_by(triggers, max(one.heard_at for one in delivered))
        wishes = [
            wish
            for automation in automations
            for wish in _wishes(automation, triggers[automation.trigger_key], delivered)
        ]
        begin_runs(wishes, cause=cause)


class _Delivered:
    """An event that was heard, by the id of its delivery."""

    def __init__(
        self, delivery: str, heard_at: datetime, kind: type[events.Event], payload: Mapping[str, Any]
    ) -> None:
        self.delivery = delivery
        self.heard_at = heard_at
        self.event = kind.from_json(payload)
        self.payload = payload


def _wishes(automation: Automation, trigger: Trigger, delivered: Sequence[_Delivered]) -> list[Wish]:
    wishes = []
    for one in delivered:
        subject_id = trigger.subject(one.event)
        was_on = automation.enabled_at is not None and automation.enabled_at <= one.heard_at
        if subject_id is None or not was_on or not trigger.matches(one.event, automation.trigger_options):
            continue
        occurrence = trigger.occurrence(one.event) if trigger.occurrence else one.delivery
        wishes.append(
            Wish(automation, trigger.subject_type, subject_id, occurrence, one.heard_at, one.payload)
        )
    return wishes


def begin_runs(
    wishes: Sequence[Wish], *, cause: Mapping[str, Any] | None = None, keep_skipped: bool = False
) -> int:
    """Make a run of every wish whose conditions hold, in a fixed number of statements; how many were made.

    A wish that was granted before is not granted again. Loops are stopped with a reason that is shown;
    `keep_skipped` remembers also the wishes whose conditions do not hold.
    """
    if not wishes:
        return 0
    now = clock.now()
    guard = guards.Guard(wishes, chain=(cause or {}).get("chain", []), now=now)
    records, tests = _records(wishes), _tests(wishes, now)
    runs: list[Run] = []
    for wish in wishes:
        record = records.get((wish.subject_type, wish.subject_id))
        if record is None:
            continue
        test = tests[wish.automation.id]
        run = _run(wish, cause or {}, now)
        if isinstance(test, LeadlineError):
            _end_at_once(run, RunState.FAILED, test.detail, now)
        elif not test(record):
            if not keep_skipped:
                continue
            _end_at_once(run, RunState.SKIPPED, "The conditions did not hold.", now)
        elif reason := guard.objects_to(wish):
            _end_at_once(run, RunState.CANCELLED, reason, now)
        runs.append(run)
    Run.objects.bulk_create(runs, ignore_conflicts=True, batch_size=1000)
    _queue([run.id for run in runs if run.state == RunState.RUNNING])
    return len(runs)


def _tests(wishes: Sequence[Wish], now: datetime) -> dict[UUID, Holds | LeadlineError]:
    actor = Actor.product(tenancy.require_current())
    tests: dict[UUID, Holds | LeadlineError] = {}
    for wish in wishes:
        automation = wish.automation
        if automation.id not in tests:
            try:
                tests[automation.id] = test_of(automation.conditions, wish.subject_type, actor, now)
            except LeadlineError as error:
                # A field the conditions name was taken away: say so in a run instead of doing nothing.
                tests[automation.id] = error
    return tests


def _records(wishes: Sequence[Wish]) -> dict[tuple[str, UUID], Mapping[str, Any]]:
    found: dict[tuple[str, UUID], Mapping[str, Any]] = {}
    for subject_type in sorted({wish.subject_type for wish in wishes}):
        subject = offers.subjects.get(subject_type)
        if subject is None:
            continue
        wanted = list(dict.fromkeys(w.subject_id for w in wishes if w.subject_type == subject_type))
        found.update({(subject_type, key): values for key, values in subject.load(wanted).items()})
    return found


def _run(wish: Wish, cause: Mapping[str, Any], now: datetime) -> Run:
    return Run(
        automation=wish.automation,
        automation_version=wish.automation.edition,
        subject_type=wish.subject_type,
        subject_id=wish.subject_id,
        occurrence=wish.occurrence,
        state=RunState.RUNNING,
        resume_at=now + LOOK_AGAIN,
        ends_on=wish.automation.ends_on,
        context={"event": dict(wish.event)},
        cause=dict(cause),
        started_at=now,
    )


def _end_at_once(run: Run, state: RunState, reason: str, now: datetime) -> None:
    run.state, run.reason, run.finished_at, run.resume_at = state, reason, now, None


def _queue(run_ids: Collection[UUID]) -> None:
    workspace_id = tenancy.require_current()
    advance.later_many({"run_id": run_id, "workspace_id": workspace_id} for run_id in run_ids)


def wake_due_runs() -> int:
    """Let every run go on whose time has come, oldest first and workspace by workspace; how many."""
    with tenancy.everywhere():
        workspaces = queries.workspaces_with_due_runs(clock.now())
    woken = 0
    for workspace_id in workspaces:
        with tenancy.workspace(workspace_id):
            due = queries.claim_due_runs(clock.now(), WAKE_BATCH)
            queries.still_alive(due).update(
                state=RunState.RUNNING,
                wakes_on="",
                woken_by="",
                resume_at=clock.now() + LOOK_AGAIN,
                **queries.next_version(),
            )
            _queue(due)
            woken += len(due)
    return woken


def start_due_timers() -> int:
    """Ask every enabled timer what fell due, and start its runs; how many.

    In turns of one batch each, so that a workspace for which much falls due does not keep others waiting.
    """
    with tenancy.everywhere():
        waiting = queries.timed_automations(offers.timers)
    started = 0
    for _ in range(TIMER_ROUNDS):
        again = []
        for workspace_id, automation_id in waiting:
            try:
                begun, more = _start_due(workspace_id, automation_id)
            except Exception:
                # One workspace's trouble must not keep the others' clocks from ticking.
                _log.exception("The timer of automation %s failed.", automation_id)
                continue
            started += begun
            if more:
                again.append((workspace_id, automation_id))
        waiting = again
        if not waiting:
            break
    return started


def _start_due(workspace_id: UUID, automation_id: UUID) -> tuple[int, bool]:
    """Begin one batch of what fell due; how many, and whether there may be more."""
    with tenancy.workspace(workspace_id):
        automation = queries.enabled_automation(automation_id)
        timer = offers.timers.get(automation.trigger_key) if automation else None
        if automation is None or timer is None:
            return 0, False
        now = clock.now()
        due = list(timer.due(automation, now, TIMER_BATCH))
        wishes = [Wish(automation, timer.subject_type, subject, what, now) for _, subject, what in due]
        return begin_runs(wishes, keep_skipped=True), len(due) == TIMER_BATCH
