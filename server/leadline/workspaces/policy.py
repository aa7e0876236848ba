"""Which people, teams and keys an actor may see and change."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from leadline.kit.errors import Forbidden
from leadline.workspaces.actor import Actor
from leadline.workspaces.models import ApiKey, AuditEntry, Invitation, Member, Team, Workspace
from leadline.workspaces.rules import Right, Role, Scope


def own_workspace(actor: Actor) -> QuerySet[Workspace]:
    """The actor's workspace."""
    return Workspace.objects.filter(id=actor.workspace_id)


def visible_members(actor: Actor) -> QuerySet[Member]:
    """All members of the workspace; names are no secret inside a company."""
    return Member.objects.filter(workspace_id=actor.workspace_id)


def visible_teams(actor: Actor) -> QuerySet[Team]:
    """All teams of the workspace."""
    return Team.objects.filter(workspace_id=actor.workspace_id)


def visible_invitations(actor: Actor) -> QuerySet[Invitation]:
    """Open invitations, for those who manage members."""
    actor.require(Right.MANAGE_MEMBERS)
    return Invitation.objects.filter(workspace_id=actor.workspace_id, accepted_at=None)


def visible_api_keys(actor: Actor) -> QuerySet[ApiKey]:
    """The workspace's keys, for those who change settings."""
    actor.require(Right.CHANGE_SETTINGS)
    return ApiKey.objects.filter(workspace_id=actor.workspace_id)


def visible_audit(actor: Actor) -> QuerySet[AuditEntry]:
    """The audit of the workspace."""
    actor.require(Right.SEE_AUDIT)
    return AuditEntry.objects.filter(workspace_id=actor.workspace_id)


def require_can_change_member(actor: Actor, member: Member, new_role: Role | None = None) -> None:
    """Managing members is an administrator's right; only owners touch owners."""
    actor.require(Right.MANAGE_MEMBERS)
    touches_owner = member.role == Role.OWNER or new_role is Role.OWNER
    if touches_owner and actor.role is not Role.OWNER:
        raise Forbidden("Only an owner can change an owner.")


def owned_by(actor: Actor, *, owner: str = "owner", team: str = "team") -> Q:
    """The condition under which rows with an owner and a team are in the actor's scope."""
    if actor.scope is Scope.ALL:
        return Q()
    mine = Q(**{f"{owner}_id": actor.member_id})
    if actor.scope is Scope.OWN or not actor.team_ids:
        return mine
    return mine | Q(**{f"{team}_id__in": actor.team_ids})
