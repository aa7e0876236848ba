"""Make, edit and switch automations; try a failed run again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from leadline.engines.automation import checking, policy, queries, showing
from leadline.engines.automation.actions.running import advance
from leadline.engines.automation.events import AutomationChanged
from leadline.engines.automation.models import Automation, Edition, Run
from leadline.engines.automation.rules import LOOK_AGAIN, RunState
from leadline.infra import events, lookup
from leadline.kit import clock
from leadline.kit.errors import Conflict, Invalid
from leadline.workspaces import audit
from leadline.workspaces.actor import Actor

EDITABLE = ("name", "enabled", "trigger", "conditions", "steps", "ends_on")
_DEFAULTS = {"name": "", "enabled": False, "trigger": None, "conditions": {}, "steps": [], "ends_on": []}


@transaction.atomic
def create_automation(
    actor: Actor,
    values: Mapping[str, Any],
    *,
    recipe: str = "",
    automation_id: UUID | None = None,
    copy_of: UUID | None = None,
) -> Automation:
    """A new automation, from the values, or as a switched-off copy of another with the values on top."""
    policy.require_can_change(actor)
    given = {**_DEFAULTS, **(_copied(actor, copy_of) if copy_of else {}), **values}
    automation = Automation(recipe=recipe, position=queries.next_position(actor))
    if automation_id:
        automation.id = automation_id
    _apply(automation, given)
    try:
        with transaction.atomic():
            automation.save(force_insert=True)
    except IntegrityError as error:
        raise Conflict("There is an automation with this id already.", code="id_taken", field="id") from error
    _keep_edition(automation)
    audit.record(actor, "automation.created", "automation", automation.id, given)
    _tell(automation)
    return automation


@transaction.atomic
def change_automation(
    actor: Actor, automation_id: UUID, changes: Mapping[str, Any], version: int | None = None
) -> Automation:
    """Edit an automation or switch it on or off; runs that are under way keep the steps they began with.

    Conflict (409) when somebody changed it since the given version.
    """
    policy.require_can_change(actor)
    automation = lookup.lock(policy.visible_automations(actor), automation_id)
    if version is not None and version != automation.version:
        raise Conflict(
            "Somebody else changed this automation meanwhile. Reload it and try again.",
            extra={"current": showing.automation(actor, automation_id).model_dump(mode="json")},
        )
    before = _values(automation)
    _apply(automation, {**before, **changes})
    after = _values(automation)
    changed = {key: [before[key], after[key]] for key in EDITABLE if before[key] != after[key]}
    if not changed:
        return automation
    if "steps" in changed:
        automation.edition += 1
        _keep_edition(automation)
    automation.save()
    audit.record(actor, "automation.changed", "automation", automation.id, changed)
    _tell(automation)
    return automation


@transaction.atomic
def archive_automation(actor: Actor, automation_id: UUID) -> None:
    """Take an automation off the list; its runs stay readable in the timeline, waiting ones end."""
    policy.require_can_change(actor)
    automation = lookup.lock(policy.visible_automations(actor), automation_id)
    automation.enabled, automation.archived_at = False, clock.now()
    automation.save()
    audit.record(actor, "automation.archived", "automation", automation.id, {"name": automation.name})
    _tell(automation)


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
    run.resume_at = clock.now() + LOOK_AGAIN
    run.save()
    audit.record(actor, "automation.run_retried", "run", run.id, {"automation": run.automation.name})
    advance.later(run_id=str(run.id), workspace_id=str(run.workspace_id))
    return run


def _apply(automation: Automation, values: Mapping[str, Any]) -> None:
    """Check every value and set it on the automation."""
    for key in EDITABLE:
        checking.storable(values[key], key)
    trigger = checking.trigger(str((values["trigger"] or {}).get("key", "")))
    options = (values["trigger"] or {}).get("options") or {}
    subject = trigger.subject_type
    automation.name = _name(values["name"])
    automation.trigger_key = trigger.key
    automation.trigger_options = checking.options(options, trigger.fields, field="trigger.options")
    automation.conditions = checking.conditions(values["conditions"] or {}, subject)
    automation.steps = checking.steps(values["steps"], subject)
    automation.ends_on = checking.ends_on(values["ends_on"])
    # Runs under way may still wait for what an earlier edition waited for.
    awaited = [*automation.listens, *automation.ends_on, *checking.events_waited_for(automation.steps)]
    automation.listens = sorted(set(awaited))
    if values["enabled"] and not automation.enabled:
        automation.enabled_at = clock.now()
    automation.enabled = bool(values["enabled"])


def _values(automation: Automation) -> dict[str, Any]:
    return {
        "name": automation.name,
        "enabled": automation.enabled,
        "trigger": {"key": automation.trigger_key, "options": automation.trigger_options},
        "conditions": automation.conditions,
        "steps": automation.steps,
        "ends_on": automation.ends_on,
    }


def _copied(actor: Actor, automation_id: UUID) -> dict[str, Any]:
    original = lookup.get(policy.visible_automations(actor), automation_id)
    return {**_values(original), "name": f"{original.name} (copy)"[:200], "enabled": False}


def _name(name: Any) -> str:
    cleaned = str(name or "").replace("\x00", "").strip()
    if not cleaned:
        raise Invalid("An automation needs a name.", field="name")
    return cleaned[:200]


def _keep_edition(automation: Automation) -> None:
    Edition.objects.create(automation=automation, number=automation.edition, steps=automation.steps)


def _tell(automation: Automation) -> None:
    events.record(AutomationChanged(workspace_id=automation.workspace_id, automation_id=automation.id))
