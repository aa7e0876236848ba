"""Hold runs, let them go on, end them, try failed ones again."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from leadline.engines.automation import policy, queries
from leadline.engines.automation.actions.running import advance
from leadline.engines.automation.events import AutomationChanged, RunFinished
from leadline.engines.automation.models import Automation, Run
from leadline.engines.automation.rules import LIVE, LOOK_AGAIN, RunState
from leadline.infra import events, lookup
from leadline.kit import clock
from leadline.kit.errors import Conflict
from leadline.kit.sentences import say
from leadline.workspaces import audit
from leadline.workspaces.actor import Actor


def hold_runs(automation: Automation) -> None:
    """All the automation's runs that are under way rest with it, or go on with it."""
    runs = Run.objects.filter(automation=automation, state__in=LIVE)
    runs.update(paused_at=automation.paused_at, **queries.next_version())


@transaction.atomic
def pause_run(actor: Actor, run_id: UUID, *, paused: bool) -> Run:
    """Hold a run where it is, or let it go on; the time of its wait passes meanwhile, and what ends it ends
    it all the same. Conflict (409) when it has ended, or its automation is paused."""
    run = _living(actor, run_id)
    if not paused and run.automation.paused_at is not None:
        raise Conflict("The whole automation is paused. Let it go on first.", code="automation_paused")
    if paused == (run.paused_at is not None):
        return run
    run.paused_at = clock.now() if paused else None
    run.save()
    _tell(actor, run, "automation.run_paused" if paused else "automation.run_resumed")
    return run


@transaction.atomic
def cancel_run(actor: Actor, run_id: UUID) -> Run:
    """End a run for good; Conflict (409) when it has ended already."""
    run = _living(actor, run_id)
    reason = say("{name} ended it.", name=actor.name)
    run.state, run.reason, run.finished_at = RunState.CANCELLED, str(reason), clock.now()
    run.context = {**run.context, "reason": reason.data}
    run.resume_at, run.wakes_on, run.paused_at = None, "", None
    run.save()
    _tell(actor, run, "automation.run_cancelled")
    return run


@transaction.atomic
def retry_run(actor: Actor, run_id: UUID) -> Run:
    """Try a failed run again from the step that failed; Conflict (409) when it did not fail."""
    policy.require_can_change(actor)
    run = lookup.lock(policy.visible_runs(actor).select_related("automation"), run_id)
    if run.state != RunState.FAILED:
        raise Conflict("Only a failed run can be tried again.", code="run_not_failed")
    if not run.automation.enabled:
        raise Conflict("Switch the automation on first.", code="automation_off")
    run.state, run.attempts, run.reason, run.finished_at = RunState.RUNNING, 0, "", None
    run.resume_at, run.paused_at = clock.now() + LOOK_AGAIN, run.automation.paused_at
    run.save()
    audit.record(actor, "automation.run_retried", "run", run.id, {"automation": run.automation.name})
    advance.later(run_id=str(run.id), workspace_id=str(run.workspace_id))
    return run


def _living(actor: Actor, run_id: UUID) -> Run:
    policy.require_can_change(actor)
    run = lookup.lock(policy.visible_runs(actor).select_related("automation"), run_id)
    if run.state not in LIVE:
        raise Conflict("This run has ended already.", code="run_ended")
    return run


def _tell(actor: Actor, run: Run, action: str) -> None:
    audit.record(actor, action, "run", run.id, {"automation": run.automation.name})
    events.record(RunFinished.of(run, run.state) if run.state not in LIVE else _changed(run))


def _changed(run: Run) -> AutomationChanged:
    return AutomationChanged(workspace_id=run.workspace_id, automation_id=run.automation_id)
