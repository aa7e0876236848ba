"""Who sees and changes which customers."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from leadline.customers.models import Conversion, ConversionMap, Customer
from leadline.leads.rules import LeadStatus
from leadline.workspaces.actor import Actor
from leadline.workspaces.policy import owned_by
from leadline.workspaces.rules import Right, Scope


def every_customer(actor: Actor) -> QuerySet[Customer]:
    """All customers of the workspace, to find out whether somebody is one already."""
    actor.require(Right.SEE_LEADS)
    return Customer.objects.filter(workspace_id=actor.workspace_id)


def visible_customers(actor: Actor) -> QuerySet[Customer]:
    """The customers in the actor's scope, and those of whom one deal is."""
    rows = every_customer(actor)
    if actor.scope is Scope.ALL:
        return rows
    of_mine = visible_deals(actor).filter(customer_id=OuterRef("pk"))
    return rows.filter(owned_by(actor) | Exists(of_mine))


def visible_conversions(actor: Actor) -> QuerySet[Conversion]:
    """The conversions, undone ones too, of leads in the actor's scope; the trash has none."""
    actor.require(Right.SEE_LEADS)
    rows = Conversion.objects.filter(workspace_id=actor.workspace_id, lead__deleted_at=None)
    return rows.filter(owned_by(actor, owner="lead__owner", team="lead__team"))


def visible_deals(actor: Actor) -> QuerySet[Conversion]:
    """The conversions that hold, of deals in the actor's scope that are not spam."""
    return visible_conversions(actor).filter(undone_at=None).exclude(lead__status=LeadStatus.SPAM)


def own_map(actor: Actor) -> QuerySet[ConversionMap]:
    """The workspace's own map, if it has one."""
    return ConversionMap.objects.filter(workspace_id=actor.workspace_id)


def require_can_convert(actor: Actor) -> None:
    """Forbidden (403) for those who may only look."""
    actor.require(Right.CHANGE_LEADS)


def require_can_see_map(actor: Actor) -> None:
    """Forbidden (403) for those who do not work with leads."""
    actor.require(Right.SEE_LEADS)


def require_can_set_up(actor: Actor) -> None:
    """Forbidden (403) for those who may not change settings."""
    actor.require(Right.CHANGE_SETTINGS)
