"""Find out who is asking: by session or by API key."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db.models import Q
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from leadline.infra import tenancy
from leadline.kit import clock, signing
from leadline.kit.errors import Unauthorized
from leadline.workspaces.actor import Actor
from leadline.workspaces.models import ApiKey, Member
from leadline.workspaces.rules import RIGHTS, Right, Role

_USED_EVERY = timedelta(minutes=1)
WORKSPACE_SESSION_KEY = "leadline_workspace"


def actor_of(request: HttpRequest) -> Actor | None:
    """Who is asking; None for nobody. Unauthorized (401) for a key that is wrong, revoked or expired."""
    header = request.headers.get("Authorization", "")
    if header.startswith("Bearer "):
        return _by_api_key(header.removeprefix("Bearer ").strip())
    if SESSION_KEY in request.session:
        return _by_session(request.session)
    return None


def actor_of_member(member: Member, team_ids: frozenset[UUID]) -> Actor:
    """The member as an actor with all rights of the role."""
    role = Role(member.role)
    return Actor(
        workspace_id=member.workspace_id,
        name=member.name,
        role=role,
        member_id=member.id,
        team_ids=team_ids,
        rights=RIGHTS[role],
    )


def _by_session(session: Any) -> Actor | None:
    user_id = session[SESSION_KEY]
    with tenancy.everywhere():
        members = list(
            Member.objects.filter(user_id=user_id, active=True, user__is_active=True)
            .select_related("user")
            .prefetch_related("teammember_set")
            .order_by("created_at")
        )
        chosen = [m for m in members if str(m.workspace_id) == session.get(WORKSPACE_SESSION_KEY)]
        member = next(iter(chosen or members), None)
        if member is None:
            return None
        teams = frozenset(place.team_id for place in member.teammember_set.all())
    expected = member.user.get_session_auth_hash()
    if BACKEND_SESSION_KEY not in session or not constant_time_compare(
        session.get(HASH_SESSION_KEY, ""), expected
    ):
        return None
    return actor_of_member(member, teams)


def _by_api_key(token: str) -> Actor:
    with tenancy.everywhere():
        key = (
            ApiKey.objects.select_related("member", "member__user")
            .prefetch_related("member__teammember_set")
            .filter(digest=signing.token_digest(token), revoked_at=None)
            .filter(Q(expires_at=None) | Q(expires_at__gt=clock.now()))
            .first()
        )
        if key is None or not key.member.active or not key.member.user.is_active:
            raise Unauthorized("This API key is unknown, revoked or expired.")
        teams = frozenset(place.team_id for place in key.member.teammember_set.all())
    role = Role(key.member.role)
    actor = Actor(
        workspace_id=key.workspace_id,
        name=f"{key.member.name} ({key.name})",
        role=role,
        member_id=key.member_id,
        team_ids=teams,
        api_key_id=key.id,
        rights=RIGHTS[role] & {Right(scope) for scope in key.scopes},
    )
    if key.last_used_at is None or key.last_used_at < clock.now() - _USED_EVERY:
        with tenancy.workspace(key.workspace_id):
            ApiKey.objects.filter(id=key.id).update(last_used_at=clock.now())
    return actor
