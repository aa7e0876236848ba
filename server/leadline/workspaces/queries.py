"""Reads about workspaces and people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db.models import QuerySet

from leadline.infra import lookup, tenancy
from leadline.workspaces import policy
from leadline.workspaces.actor import Actor
from leadline.workspaces.models import (
    ApiKey,
    AuditEntry,
    Invitation,
    LoginAttempt,
    Member,
    Team,
    User,
    Workspace,
)
from leadline.workspaces.rules import Right, Role


def own_workspace(actor: Actor) -> Workspace:
    """The actor's workspace; one statement however often it is asked for in a transaction."""
    wanted = actor.workspace_id
    if wanted != tenancy.current():
        return lookup.get(policy.own_workspace(actor), wanted)
    return tenancy.kept(Workspace.KEPT, lambda: lookup.get(policy.own_workspace(actor), wanted))


@dataclass(frozen=True)
class MailReader:
    """Who reads a mail of ours: what to call them, whose member they are, and in which language."""

    name: str = ""
    company: str = ""
    language: str = "en"


def mail_reader(address: str) -> MailReader:
    """Who has this address; the company only where there is no doubt which. A stranger reads as the first."""
    with tenancy.everywhere():
        user = User.objects.filter(email__iexact=address).first()
        own = Workspace.objects.order_by("created_at")
        places = Member.objects.filter(user=user, active=True).values("workspace_id")
        found = list(own.filter(id__in=places) if user else own[:1])
        first = found[0].language if found else "en"
    company = found[0].name if user and len(found) == 1 else ""
    return MailReader(user.name if user else "", company, (user.language if user else "") or first)


def is_empty() -> bool:
    """True before the first run."""
    return not Workspace.objects.exists()


def me(actor: Actor) -> Member:
    """The actor's own member row with user and teams, in two statements."""
    rows = policy.visible_members(actor).select_related("user").prefetch_related("teams")
    return lookup.get(rows, actor.member_id or UUID(int=0))


def has_second_factor(user: User) -> bool:
    """Whether the user logs in with a one-time code as well."""
    return bool(Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists())


def members(actor: Actor) -> QuerySet[Member]:
    """All members with their teams, active ones first, in two statements."""
    rows = policy.visible_members(actor).select_related("user").prefetch_related("teams")
    return rows.order_by("-active", "name")


def member(actor: Actor, member_id: UUID) -> Member:
    """One member with user and teams."""
    return lookup.get(members(actor), member_id)


def managers(actor: Actor) -> Sequence[Member]:
    """Active managers; where there are none, administrators and owners."""
    active = policy.visible_members(actor).filter(active=True)
    found = list(active.filter(role=Role.MANAGER))
    return found or list(active.filter(role__in=[Role.ADMIN, Role.OWNER]))


def teams(actor: Actor) -> QuerySet[Team]:
    """All teams with their members, in two statements."""
    return policy.visible_teams(actor).prefetch_related("members").order_by("name")


def team(actor: Actor, team_id: UUID) -> Team:
    """One team with its members."""
    return lookup.get(teams(actor), team_id)


def invitations(actor: Actor) -> QuerySet[Invitation]:
    """Open invitations, newest first."""
    return policy.visible_invitations(actor).select_related("invited_by").order_by("-created_at")


def api_keys(actor: Actor) -> QuerySet[ApiKey]:
    """Keys that work, newest first."""
    return (
        policy.visible_api_keys(actor)
        .filter(revoked_at=None)
        .select_related("member")
        .order_by("-created_at")
    )


def audit(
    actor: Actor, *, object_id: UUID | None, before: tuple[datetime, UUID] | None, limit: int
) -> list[AuditEntry]:
    """Up to limit + 1 entries, newest first, of the workspace or of one record."""
    rows = policy.visible_audit(actor)
    if object_id:
        rows = rows.filter(object_id=object_id)
    if before:
        rows = rows.filter(at__lte=before[0]).exclude(at=before[0], id__gte=before[1])
    return list(rows.order_by("-at", "-id")[: limit + 1])


def logins(actor: Actor, limit: int = 100) -> list[dict[str, Any]]:
    """The newest good and failed logins: everybody's for those who see the audit, else one's own."""
    people = policy.visible_members(actor).select_related("user")
    if not actor.may(Right.SEE_AUDIT):
        people = people.filter(id=actor.member_id or UUID(int=0))
    names = {person.user.email: person.name for person in people}
    rows = LoginAttempt.objects.filter(email__in=names).order_by("-at")[:limit]
    return [
        {
            "id": row.id,
            "member_name": names[row.email],
            "email": row.email,
            "at": row.at,
            "address": row.address,
            "agent": row.agent,
            "succeeded": row.succeeded,
            "reason": row.reason,
        }
        for row in rows
    ]
