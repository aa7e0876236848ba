"""Who sees and changes which saved views."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet

from leadline.engines.views.models import SavedView
from leadline.engines.views.rules import Sharing
from leadline.kit.errors import Forbidden
from leadline.workspaces.actor import Actor
from leadline.workspaces.rules import Right, Scope


def visible_views(actor: Actor) -> QuerySet[SavedView]:
    """The own views, those of the own teams, and everybody's; who reaches all rows sees every team's."""
    rows = SavedView.objects.filter(workspace_id=actor.workspace_id)
    teams = Q(sharing=Sharing.TEAM)
    if actor.scope is not Scope.ALL:
        teams &= Q(team_id__in=actor.team_ids)
    return rows.filter(Q(owner_id=actor.member_id) | Q(sharing=Sharing.ALL) | teams)


def may_change(actor: Actor, view: SavedView) -> bool:
    """Its maker changes a view; a shared one also whoever changes settings."""
    mine = view.owner_id == actor.member_id
    return mine or (view.sharing != Sharing.PRIVATE and actor.may(Right.CHANGE_SETTINGS))


def require_can_change(actor: Actor, view: SavedView) -> None:
    """Forbidden (403) for those who may only use the view."""
    if not may_change(actor, view):
        raise Forbidden("This view belongs to somebody else. Save it under a name of your own.")


def require_can_set_defaults(actor: Actor) -> None:
    """What a role begins with is a setting."""
    actor.require(Right.CHANGE_SETTINGS)


def require_can_share_with(actor: Actor, team_id: UUID) -> None:
    """A team's views come from its members, or from whoever reaches all rows."""
    if team_id not in actor.team_ids and actor.scope is not Scope.ALL:
        raise Forbidden("You can share a view only with a team you are in.")
