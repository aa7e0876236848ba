"""Make, edit, switch and pause automations; write an earlier edition again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from leadline.engines.automation import checking, policy, queries, showing
from leadline.engines.automation.actions.holding import hold_runs
from leadline.engines.automation.events import AutomationChanged
from leadline.engines.automation.models import Automation, Edition
from leadline.infra import events, lookup
from leadline.kit import clock
from leadline.kit.errors import Conflict, Invalid, NotFound
from leadline.kit.sentences import word
from leadline.workspaces import audit
from leadline.workspaces.actor import Actor

EDITABLE = ("name", "enabled", "paused", "trigger", "conditions", "steps", "ends_on")
# What makes another edition.
WRITTEN = ("name", "trigger", "conditions", "steps", "ends_on")
RECIPE_IN_USE = word("This recipe is in use already. Duplicate its automation to have it twice.")
_DEFAULTS = {
    "name": "",
    "enabled": False,
    "paused": False,
    "trigger": None,
    "conditions": {},
    "steps": [],
    "ends_on": [],
}


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
        if "recipe_once" in str(error):
            raise Conflict(RECIPE_IN_USE, code="recipe_in_use", field="recipe") from error
        raise Conflict("There is an automation with this id already.", code="id_taken", field="id") from error
    _keep_edition(actor, automation)
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
    if changed.keys() & set(WRITTEN):
        automation.edition += 1
        _keep_edition(actor, automation)
    if "paused" in changed:
        hold_runs(automation)
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
def restore_edition(actor: Actor, automation_id: UUID, number: int) -> Automation:
    """Write what stood in an earlier edition again, as a new one; NotFound (404) when it is not known."""
    found = lookup.get(policy.visible_automations(actor), automation_id)
    edition = Edition.objects.filter(automation=found, number=number).exclude(written={}).first()
    if edition is None:
        raise NotFound("There is no such version to restore.")
    return change_automation(actor, automation_id, edition.written)


def drafted(automation: Automation, changes: Mapping[str, Any]) -> tuple[Automation, dict[str, Any]]:
    """The automation with these changes, checked and not saved, and all that is written in it."""
    draft = Automation(listens=automation.listens)
    _apply(draft, {**_values(automation), **changes})
    return draft, _values(draft)


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
    automation.steps = checking.steps(values["steps"], subject, needed=bool(values["enabled"]))
    automation.ends_on = checking.ends_on(values["ends_on"])
    # Runs under way may still wait for what an earlier edition waited for.
    awaited = [*automation.listens, *automation.ends_on, *checking.events_waited_for(automation.steps)]
    automation.listens = sorted(set(awaited))
    if values["enabled"] and not automation.enabled:
        automation.enabled_at = clock.now()
    automation.enabled = bool(values["enabled"])
    if bool(values["paused"]) != (automation.paused_at is not None):
        automation.paused_at = clock.now() if values["paused"] else None
        # What fell due in the pause starts nothing.
        automation.enabled_at = automation.enabled_at and clock.now()


def _values(automation: Automation) -> dict[str, Any]:
    return {
        "name": automation.name,
        "enabled": automation.enabled,
        "paused": automation.paused_at is not None,
        "trigger": {"key": automation.trigger_key, "options": automation.trigger_options},
        "conditions": automation.conditions,
        "steps": automation.steps,
        "ends_on": automation.ends_on,
    }


def _copied(actor: Actor, automation_id: UUID) -> dict[str, Any]:
    original = lookup.get(policy.visible_automations(actor), automation_id)
    return {**_values(original), "name": f"{original.name} (copy)"[:200], "enabled": False, "paused": False}


def _name(name: Any) -> str:
    cleaned = str(name or "").replace("\x00", "").strip()
    if not cleaned:
        raise Invalid("An automation needs a name.", field="name")
    return cleaned[:200]


def _keep_edition(actor: Actor, automation: Automation) -> None:
    values = _values(automation)
    Edition.objects.create(
        automation=automation,
        number=automation.edition,
        steps=automation.steps,
        written={key: values[key] for key in WRITTEN},
        made_by=actor.name,
    )


def _tell(automation: Automation) -> None:
    events.record(AutomationChanged(workspace_id=automation.workspace_id, automation_id=automation.id))
