"""Who sees and changes rules, policies and hours."""

from __future__ import annotations

from django.db.models import QuerySet

from leadline.assignment.models import AssignmentRule, BusinessHours, SlaPolicy
from leadline.workspaces.actor import Actor
from leadline.workspaces.rules import Right


def visible_rules(actor: Actor) -> QuerySet[AssignmentRule]:
    """The rules, for those who see settings."""
    actor.require(Right.SEE_SETTINGS)
    return AssignmentRule.objects.filter(workspace_id=actor.workspace_id)


def visible_policies(actor: Actor) -> QuerySet[SlaPolicy]:
    """The SLA policies, for those who see settings."""
    actor.require(Right.SEE_SETTINGS)
    return SlaPolicy.objects.filter(workspace_id=actor.workspace_id)


def visible_hours(actor: Actor) -> QuerySet[BusinessHours]:
    """The business hours, for those who see settings."""
    actor.require(Right.SEE_SETTINGS)
    return BusinessHours.objects.filter(workspace_id=actor.workspace_id)


def require_can_set_up(actor: Actor) -> None:
    """Forbidden (403) for those who may not change settings."""
    actor.require(Right.CHANGE_SETTINGS)
