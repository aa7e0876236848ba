"""Writes about workspaces, members and teams."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID
from zoneinfo import available_timezones

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import ProtectedError

from leadline.infra import events, lookup, tenancy
from leadline.infra.locks import Lock
from leadline.kit import email as mail_addresses
from leadline.kit.errors import Conflict, Invalid
from leadline.kit.sentences import say
from leadline.workspaces import audit, offers, policy
from leadline.workspaces.actor import Actor
from leadline.workspaces.countries import LANGUAGES, countries
from leadline.workspaces.door import actor_of_member
from leadline.workspaces.events import MemberChanged, MemberDeactivated, MemberJoined
from leadline.workspaces.models import Member, Team, TeamMember, User, Workspace
from leadline.workspaces.rules import Right, Role


@transaction.atomic
def start(
    *, company: Mapping[str, str], name: str, email: str, password: str, sample_data: bool = False
) -> tuple[Actor, User]:
    """Create the first workspace and its owner, with a sample story if wanted; Conflict (409) when there
    is a workspace already."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [Lock.FIRST_RUN])
    if Workspace.objects.exists():
        raise Conflict("Leadline is already set up. Log in.", code="already_set_up")
    actor, user = create_workspace(company=company, name=name, email=email, password=password)
    if sample_data:
        with tenancy.workspace(actor.workspace_id):
            offers.tell_a_story(actor)
    return actor, user


@transaction.atomic
def create_workspace(
    *, company: Mapping[str, str], name: str, email: str, password: str | None
) -> tuple[Actor, User]:
    """A workspace with its owner and every room's defaults; `company` holds name, country, language,
    timezone, currency and phone_region."""
    workspace = Workspace(
        name=_text(company["name"], "company", 200), **check_locale({k: company[k] for k in LOCALE})
    )
    workspace.save()
    user = make_user(email=email, name=name, password=password)
    with tenancy.workspace(workspace.id):
        member = Member.objects.create(user=user, name=user.name, role=Role.OWNER)
        actor = actor_of_member(member, frozenset())
        audit.record(actor, "workspace.created", "workspace", workspace.id, {"name": workspace.name})
        offers.created(actor)
        events.record(MemberJoined(workspace_id=workspace.id, member_id=member.id))
    return actor, user


LOCALE = ("country", "language", "timezone", "currency", "phone_region")


def check_locale(values: Mapping[str, str]) -> dict[str, str]:
    """The given locale values, checked; Invalid (422) names the first that does not exist."""
    allowed: dict[str, Collection[str]] = {
        "country": countries(),
        "phone_region": countries(),
        "language": LANGUAGES,
        "timezone": available_timezones(),
    }
    for key, value in values.items():
        known = re.fullmatch(r"[A-Z]{3}", value) if key == "currency" else value in allowed[key]
        if not known:
            raise Invalid(say("“{value}” is not known here.", value=value), field=key)
    return dict(values)


def make_user(*, email: str, name: str, password: str | None) -> User:
    """A person who can log in; Invalid (422) for a bad address or a weak password, Conflict when taken."""
    address = mail_addresses.normalise(email)
    if address is None:
        raise Invalid("This e-mail address is not complete.", field="email")
    if User.objects.filter(email__iexact=address).exists():
        raise Conflict("Somebody already logs in with this address.", code="email_taken", field="email")
    user = User(email=address, name=_text(name, "name", 200))
    if password is not None:
        try:
            validate_password(password, user)
        except ValidationError as error:
            raise Invalid(" ".join(error.messages), field="password", code="weak_password") from error
    user.set_password(password)
    user.save()
    return user


@transaction.atomic
def change_workspace(actor: Actor, changes: Mapping[str, str], version: int | None) -> Workspace:
    """Change the company's name or locale."""
    actor.require(Right.CHANGE_SETTINGS)
    workspace = lookup.lock(policy.own_workspace(actor), actor.workspace_id)
    _same_version(workspace.version, version)
    checked = check_locale({k: v for k, v in changes.items() if k != "name"})
    if "name" in changes:
        checked["name"] = _text(changes["name"], "name", 200)
    before = {key: [getattr(workspace, key), value] for key, value in checked.items()}
    for key, value in checked.items():
        setattr(workspace, key, value)
    workspace.save(update_fields=list(checked))
    audit.record(actor, "workspace.changed", "workspace", workspace.id, before)
    return workspace


def mark(workspace_id: UUID, name: str, value: Any) -> None:
    """Note something of a workspace that its readers then have in hand; it is no change of the workspace."""
    row = Workspace.objects.select_for_update().get(id=workspace_id)
    Workspace.objects.filter(id=workspace_id).update(marks={**row.marks, name: value})
    tenancy.forget(Workspace.KEPT)


@transaction.atomic
def change_member(actor: Actor, member_id: UUID, changes: Mapping[str, Any], version: int | None) -> Member:
    """Change a member's name, phone, role, teams or activity; the last active owner stays one."""
    member = lookup.lock(policy.visible_members(actor), member_id)
    policy.require_can_change_member(actor, member, Role(changes["role"]) if "role" in changes else None)
    _same_version(member.version, version)
    _keep_an_owner(actor, member, changes)
    fields = {key: changes[key] for key in ("name", "phone", "role", "active") if key in changes}
    written = {key: [getattr(member, key), value] for key, value in fields.items()}
    was_active = member.active
    for key, value in fields.items():
        setattr(member, key, value)
    member.save(update_fields=list(fields))
    if "team_ids" in changes:
        written["teams"] = _put_into_teams(actor, member, changes["team_ids"])
    audit.record(actor, "member.changed", "member", member.id, written)
    _tell_about(member, was_active)
    return member


def _tell_about(member: Member, was_active: bool) -> None:
    ids = {"workspace_id": member.workspace_id, "member_id": member.id}
    if was_active and not member.active:
        events.record(MemberDeactivated(**ids))
    elif member.active and not was_active:
        events.record(MemberJoined(**ids))
    else:
        events.record(MemberChanged(**ids))


def _keep_an_owner(actor: Actor, member: Member, changes: Mapping[str, Any]) -> None:
    stops = changes.get("active") is False or changes.get("role", Role.OWNER) != Role.OWNER
    if member.role != Role.OWNER or not stops:
        return
    others = policy.visible_members(actor).filter(role=Role.OWNER, active=True).exclude(id=member.id)
    if not others.select_for_update().exists():
        raise Conflict("The last owner cannot leave. Make somebody else an owner first.", code="last_owner")


def _put_into_teams(actor: Actor, member: Member, team_ids: Collection[UUID]) -> list[list[str]]:
    teams = list(policy.visible_teams(actor).filter(id__in=team_ids))
    if len(teams) != len(set(team_ids)):
        raise Invalid("One of these teams does not exist.", field="team_ids")
    before = [place.team.name for place in TeamMember.objects.select_related("team").filter(member=member)]
    TeamMember.objects.filter(member=member).exclude(team__in=teams).delete()
    TeamMember.objects.bulk_create(
        [TeamMember(team=team, member=member) for team in teams], ignore_conflicts=True
    )
    return [sorted(before), sorted(team.name for team in teams)]


@transaction.atomic
def save_team(
    actor: Actor,
    *,
    name: str,
    member_ids: Collection[UUID] | None = None,
    team_id: UUID | None = None,
    version: int | None = None,
) -> Team:
    """Create a team, or rename it and set who is in it."""
    actor.require(Right.MANAGE_MEMBERS)
    team = lookup.lock(policy.visible_teams(actor), team_id) if team_id else Team()
    if team_id:
        _same_version(team.version, version)
    old_name, team.name = team.name, _text(name, "name", 120)
    if policy.visible_teams(actor).filter(name=team.name).exclude(id=team.id).exists():
        raise Conflict("There is a team with this name already.", code="name_taken", field="name")
    team.save()
    if member_ids is not None:
        members = list(policy.visible_members(actor).filter(id__in=member_ids))
        if len(members) != len(set(member_ids)):
            raise Invalid("One of these members does not exist.", field="member_ids")
        TeamMember.objects.filter(team=team).exclude(member__in=members).delete()
        TeamMember.objects.bulk_create(
            [TeamMember(team=team, member=member) for member in members], ignore_conflicts=True
        )
    audit.record(actor, "team.saved", "team", team.id, {"name": [old_name, team.name]})
    return team


@transaction.atomic
def delete_team(actor: Actor, team_id: UUID) -> None:
    """Remove an empty team; Conflict (409) while something still points to it."""
    actor.require(Right.MANAGE_MEMBERS)
    team = lookup.lock(policy.visible_teams(actor), team_id)
    audit.record(actor, "team.deleted", "team", team.id, {"name": team.name})
    try:
        team.delete()
    except ProtectedError as error:
        raise Conflict(
            say(
                "“{team}” is still used, for example by an assignment rule. Change that first.",
                team=team.name,
            ),
            code="team_in_use",
        ) from error


@transaction.atomic
def change_me(actor: Actor, changes: Mapping[str, str]) -> Member:
    """Change one's own name, phone, language, theme or density."""
    member = lookup.lock(policy.visible_members(actor).select_related("user"), actor.member_id or UUID(int=0))
    for key in ("name", "phone"):
        if key in changes:
            setattr(member, key, changes[key])
    member.save(update_fields=[key for key in ("name", "phone") if key in changes])
    for key in ("name", "language", "theme", "density"):
        if key in changes:
            setattr(member.user, key, changes[key])
    member.user.save()
    return member


def _same_version(current: int, given: int | None) -> None:
    if given is not None and given != current:
        raise Conflict("Somebody else changed this meanwhile. Reload and try again.")


def _text(value: str, field: str, limit: int) -> str:
    cleaned = value.replace("\x00", "").strip()
    if not cleaned:
        raise Invalid("This cannot be empty.", field=field)
    return cleaned[:limit]
