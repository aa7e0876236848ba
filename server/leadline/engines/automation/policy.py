"""Who sees and changes automations and their runs."""

from __future__ import annotations

from django.db.models import QuerySet

from leadline.engines.automation.models import Automation, Run
from leadline.workspaces.actor import Actor
from leadline.workspaces.rules import Right


def visible_automations(actor: Actor) -> QuerySet[Automation]:
    """The workspace's automations, for those who see settings."""
    actor.require(Right.SEE_SETTINGS)
    return Automation.objects.filter(workspace_id=actor.workspace_id, archived_at=None)


def visible_runs(actor: Actor) -> QuerySet[Run]:
    """The workspace's runs, for those who see settings."""
    actor.require(Right.SEE_SETTINGS)
    return Run.objects.filter(workspace_id=actor.workspace_id)


def require_can_change(actor: Actor) -> None:
    """Forbidden (403) unless the actor may change automations."""
    actor.require(Right.CHANGE_AUTOMATIONS)


def require_can_see(actor: Actor) -> None:
    """Forbidden (403) unless the actor may see automations."""
    actor.require(Right.SEE_SETTINGS)
