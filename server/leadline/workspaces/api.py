"""Workspace, members, teams, invitations, keys, audit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest
from ninja import Router, Status
from pydantic import Field

from leadline.infra.web import Page, page, showing_current
from leadline.infra.web.shapes import decode_cursor
from leadline.kit.errors import Invalid
from leadline.workspaces import access, actions, offers, queries, shapes, wording
from leadline.workspaces.countries import LANGUAGES, countries
from leadline.workspaces.door import WORKSPACE_SESSION_KEY
from leadline.workspaces.models import ApiKey, AuditEntry, Invitation, Member, Team, User, Workspace
from leadline.workspaces.requests import ActorRequest

router = Router(tags=["workspaces"])
_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@router.get("/start", response=shapes.StartOut, auth=None)
def get_start(request: HttpRequest) -> dict[str, Any]:
    """Whether Leadline waits for its first run, and what the first-run page offers."""
    return {
        "first_run": queries.is_empty(),
        "sandbox": settings.ENV.sandbox,
        "countries": [{**vars(c), "phone_region": c.phone_region} for c in countries().values()],
        "languages": [{"code": code, "name": name} for code, name in LANGUAGES.items()],
    }


@router.post("/start", response={201: shapes.WorkspaceOut}, auth=None)
def create_start(request: HttpRequest, body: shapes.StartIn) -> Status[Workspace]:
    """Create the first workspace and its owner, who is then logged in."""
    company = {**body.model_dump(include={*actions.LOCALE}), "name": body.company}
    actor, user = actions.start(
        company=company,
        name=body.name,
        email=body.email,
        password=body.password,
        sample_data=body.sample_data,
    )
    _log_in(request, user, actor.workspace_id)
    return Status(201, queries.own_workspace(actor))


def _log_in(request: HttpRequest, user: User, workspace_id: UUID) -> None:
    login(request, user, backend=_BACKEND)
    request.session[WORKSPACE_SESSION_KEY] = str(workspace_id)


@router.get("/me", response=shapes.MeOut)
def get_me(request: ActorRequest) -> dict[str, Any]:
    """Who I am here, my settings and my rights."""
    actor = request.auth
    member = queries.me(actor)
    return {
        "member": _member(member),
        "user": member.user,
        "workspace": queries.own_workspace(actor),
        "rights": sorted(right.value for right in actor.rights),
        "mfa": queries.has_second_factor(member.user),
        "sandbox": settings.ENV.sandbox,
    }


@router.patch("/me", response=shapes.MeOut)
def change_me(request: ActorRequest, body: shapes.MeIn) -> dict[str, Any]:
    """Change my own name, phone, language, theme or density."""
    actions.change_me(request.auth, body.model_dump(exclude_none=True))
    return get_me(request)


@router.get("/workspace", response=shapes.WorkspaceOut)
def get_workspace(request: ActorRequest) -> Workspace:
    """The company."""
    return queries.own_workspace(request.auth)


@router.patch("/workspace", response=shapes.WorkspaceOut)
def change_workspace(request: ActorRequest, body: shapes.WorkspaceIn) -> Workspace:
    """Change the company's name or locale."""
    changes = body.model_dump(exclude_none=True, exclude={"version"})
    with showing_current(lambda: shapes.WorkspaceOut.model_validate(get_workspace(request))):
        return actions.change_workspace(request.auth, changes, body.version)


@router.get("/members", response=list[shapes.MemberOut])
def list_members(request: ActorRequest) -> list[dict[str, Any]]:
    """All members, active ones first."""
    return [_member(member) for member in queries.members(request.auth)]


@router.patch("/members/{member_id}", response=shapes.MemberOut)
def change_member(request: ActorRequest, member_id: UUID, body: shapes.MemberIn) -> dict[str, Any]:
    """Change a member's role, teams, name, phone or activity."""
    changes = body.model_dump(exclude_none=True, exclude={"version"})
    with showing_current(
        lambda: shapes.MemberOut.model_validate(_member(queries.member(request.auth, member_id)))
    ):
        actions.change_member(request.auth, member_id, changes, body.version)
    return _member(queries.member(request.auth, member_id))


def _member(member: Member) -> dict[str, Any]:
    return {
        **{key: getattr(member, key) for key in ("id", "version", "name", "role", "active", "phone")},
        "email": member.user.email,
        "teams": sorted(({"id": t.id, "name": t.name} for t in member.teams.all()), key=lambda t: t["name"]),
    }


@router.get("/teams", response=list[shapes.TeamOut])
def list_teams(request: ActorRequest) -> list[dict[str, Any]]:
    """All teams and who is in them."""
    return [_team(team) for team in queries.teams(request.auth)]


@router.post("/teams", response={201: shapes.TeamOut})
def create_team(request: ActorRequest, body: shapes.TeamIn) -> Status[dict[str, Any]]:
    """Create a team."""
    team = actions.save_team(request.auth, name=body.name, member_ids=body.member_ids)
    return Status(201, _team(queries.team(request.auth, team.id)))


@router.patch("/teams/{team_id}", response=shapes.TeamOut)
def change_team(request: ActorRequest, team_id: UUID, body: shapes.TeamIn) -> dict[str, Any]:
    """Rename a team and set who is in it."""
    wanted: dict[str, Any] = {"name": body.name, "member_ids": body.member_ids, "version": body.version}
    with showing_current(lambda: shapes.TeamOut.model_validate(_team(queries.team(request.auth, team_id)))):
        actions.save_team(request.auth, team_id=team_id, **wanted)
    return _team(queries.team(request.auth, team_id))


@router.delete("/teams/{team_id}", response={204: None})
def delete_team(request: ActorRequest, team_id: UUID) -> Status[None]:
    """Remove a team that nothing points to."""
    actions.delete_team(request.auth, team_id)
    return Status(204, None)


def _team(team: Team) -> dict[str, Any]:
    members = [member.id for member in team.members.all()]
    return {"id": team.id, "version": team.version, "name": team.name, "member_ids": members}


@router.get("/invitations", response=list[shapes.InvitationOut])
def list_invitations(request: ActorRequest) -> list[dict[str, Any]]:
    """Open invitations."""
    return [_invitation(invitation) for invitation in queries.invitations(request.auth)]


@router.post("/invitations", response={201: shapes.InvitationOut})
def create_invitation(request: ActorRequest, body: shapes.InvitationIn) -> Status[dict[str, Any]]:
    """Invite somebody; the link is in this answer only, and in the mail."""
    invitation, link = access.invite(
        request.auth, email=body.email, name=body.name, role=body.role, team_ids=body.team_ids
    )
    return Status(201, {**_invitation(invitation), "link": link})


@router.delete("/invitations/{invitation_id}", response={204: None})
def delete_invitation(request: ActorRequest, invitation_id: UUID) -> Status[None]:
    """Withdraw an invitation."""
    access.withdraw_invitation(request.auth, invitation_id)
    return Status(204, None)


def _invitation(row: Invitation) -> dict[str, Any]:
    return {
        **{key: getattr(row, key) for key in ("id", "email", "name", "role", "team_ids", "expires_at")},
        "invited_by": row.invited_by.name if row.invited_by else None,
    }


@router.get("/invitation", response=shapes.InvitedOut, auth=None)
def get_invitation_by_token(request: HttpRequest, token: str) -> dict[str, Any]:
    """What the invitation page shows; 404 when the link no longer works."""
    return access.invited(token)


@router.post("/invitation/acceptances", response={201: shapes.WorkspaceOut}, auth=None)
def create_acceptance(request: HttpRequest, body: shapes.AcceptanceIn) -> Status[Workspace]:
    """Join with the link of an invitation; the person is then logged in."""
    actor, user = access.accept_invitation(token=body.token, name=body.name, password=body.password)
    _log_in(request, user, actor.workspace_id)
    return Status(201, queries.own_workspace(actor))


@router.get("/api-keys", response=list[shapes.ApiKeyOut])
def list_api_keys(request: ActorRequest) -> list[dict[str, Any]]:
    """Keys that work."""
    return [_api_key(key) for key in queries.api_keys(request.auth)]


@router.post("/api-keys", response={201: shapes.ApiKeyOut})
def create_api_key(request: ActorRequest, body: shapes.ApiKeyIn) -> Status[dict[str, Any]]:
    """Make a key; its token is in this answer only."""
    key, token = access.create_api_key(
        request.auth, name=body.name, scopes=body.scopes, expires_at=body.expires_at
    )
    return Status(201, {**_api_key(key), "token": token})


@router.delete("/api-keys/{key_id}", response={204: None})
def delete_api_key(request: ActorRequest, key_id: UUID) -> Status[None]:
    """The key stops working at once."""
    access.revoke_api_key(request.auth, key_id)
    return Status(204, None)


def _api_key(key: ApiKey) -> dict[str, Any]:
    names = ("id", "name", "prefix", "scopes", "created_at", "last_used_at", "expires_at")
    return {**{name: getattr(key, name) for name in names}, "member_name": key.member.name}


@router.get("/audit", response=Page[shapes.AuditOut])
def list_audit(
    request: ActorRequest,
    object_id: UUID | None = None,
    cursor: str = "",
    limit: Annotated[int, Field(ge=1, le=200)] = 50,
) -> dict[str, Any]:
    """Who changed what, newest first; of one record with `object_id`."""
    rows = queries.audit(request.auth, object_id=object_id, before=_place(cursor), limit=limit)
    items, next_cursor = page(rows, limit=limit, key=_audit_key)
    names = offers.names_of(request.auth, [(entry.object_type, entry.object_id) for entry in items])
    return {"items": [_audited(entry, names) for entry in items], "next_cursor": next_cursor}


def _audited(entry: AuditEntry, called: Mapping[UUID, str]) -> dict[str, Any]:
    names = ("id", "at", "actor_name", "action", "object_type", "object_id", "address")
    words = {"label": wording.label(entry), "labels": wording.labels(entry.changes)}
    return {
        **{name: getattr(entry, name) for name in names},
        **words,
        "object_name": called.get(entry.object_id, "") if entry.object_id else "",
        "changes": wording.values(entry.changes),
    }


def _audit_key(entry: AuditEntry) -> tuple[str, str]:
    return entry.at.isoformat(), str(entry.id)


def _place(cursor: str) -> tuple[datetime, UUID] | None:
    if not cursor:
        return None
    try:
        at, row_id = decode_cursor(cursor)
        return datetime.fromisoformat(at), UUID(row_id)
    except (ValueError, TypeError) as error:
        raise Invalid("This cursor is not valid; start again without it.", field="cursor") from error


@router.get("/logins", response=list[shapes.LoginOut])
def list_logins(request: ActorRequest) -> list[dict[str, Any]]:
    """The newest good and failed logins."""
    return queries.logins(request.auth)
