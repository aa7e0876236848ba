"""Who sees and changes rules, policies and hours."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import QuerySet

from leadline.assignment.models import (
    AnswerPlan,
    AssignmentRule,
    Availability,
    BusinessHours,
    SlaClock,
    SlaPolicy,
    TeamHours,
)
from leadline.leads.models import Lead
from leadline.leads.rules import LeadStatus
from leadline.workspaces.actor import Actor
from leadline.workspaces.policy import owned_by
from leadline.workspaces.rules import Right

# What members say of themselves; shares and limits are given to them.
OWN_AVAILABILITY = frozenset({"away", "absences", "weekly"})


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


def visible_team_hours(actor: Actor) -> QuerySet[TeamHours]:
    """The hours of the teams, for those who see settings."""
    actor.require(Right.SEE_SETTINGS)
    return TeamHours.objects.filter(workspace_id=actor.workspace_id)


def visible_plans(actor: Actor) -> QuerySet[AnswerPlan]:
    """The one plan there may be, for those who see settings."""
    actor.require(Right.SEE_SETTINGS)
    return AnswerPlan.objects.filter(workspace_id=actor.workspace_id)


def visible_availabilities(actor: Actor) -> QuerySet[Availability]:
    """When members take leads."""
    return Availability.objects.filter(workspace_id=actor.workspace_id)


def require_can_see_availability(actor: Actor) -> None:
    """Forbidden (403) for those who do not work with leads."""
    actor.require(Right.SEE_LEADS)


def require_can_set_availability(actor: Actor, member_id: UUID, keys: Collection[str]) -> None:
    """Forbidden (403) unless one says when one is away oneself, or may give leads to everybody."""
    if actor.human and actor.member_id == member_id and set(keys) <= OWN_AVAILABILITY:
        return
    actor.require(Right.CHANGE_LEADS)
    actor.require(Right.SEE_SETTINGS)


def visible_clocks(actor: Actor) -> QuerySet[SlaClock]:
    """The clocks of the leads in the actor's scope; spam and the trash have none that count."""
    actor.require(Right.SEE_LEADS)
    clocks = SlaClock.objects.filter(workspace_id=actor.workspace_id, lead__deleted_at=None)
    return clocks.exclude(lead__status=LeadStatus.SPAM).filter(
        owned_by(actor, owner="lead__owner", team="lead__team")
    )


def visible_leads(actor: Actor) -> QuerySet[Lead]:
    """The leads in the actor's scope that rules were asked about; not spam, not the trash."""
    actor.require(Right.SEE_LEADS)
    rows = Lead.objects.filter(workspace_id=actor.workspace_id, deleted_at=None)
    return rows.exclude(status=LeadStatus.SPAM).filter(owned_by(actor))


def require_can_set_up(actor: Actor) -> None:
    """Forbidden (403) for those who may not change settings."""
    actor.require(Right.CHANGE_SETTINGS)
