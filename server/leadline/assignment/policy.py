"""Who sees and changes rules, policies and hours."""

from __future__ import annotations

from django.db.models import QuerySet

from leadline.assignment.models import AssignmentRule, BusinessHours, SlaClock, SlaPolicy
from leadline.leads.rules import LeadStatus
from leadline.workspaces.actor import Actor
from leadline.workspaces.policy import owned_by
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


def visible_clocks(actor: Actor) -> QuerySet[SlaClock]:
    """The clocks of the leads in the actor's scope; spam and the trash have none that count."""
    actor.require(Right.SEE_LEADS)
    clocks = SlaClock.objects.filter(workspace_id=actor.workspace_id, lead__deleted_at=None)
    return clocks.exclude(lead__status=LeadStatus.SPAM).filter(
        owned_by(actor, owner="lead__owner", team="lead__team")
    )


def require_can_set_up(actor: Actor) -> None:
    """Forbidden (403) for those who may not change settings."""
    actor.require(Right.CHANGE_SETTINGS)
