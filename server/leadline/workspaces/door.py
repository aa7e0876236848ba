"""Find out who is asking: by session or by API key."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from leadline.infra import tenancy
from leadline.kit import clock, signing
from leadline.kit.errors import Unauthorized
from leadline.workspaces.actor import Actor
from leadline.workspaces.models import ApiKey, Member, User
from leadline.workspaces.rules import RIGHTS, Right, Role

_USED_EVERY = timedelta(minutes=1)
_MEMBER = """m.workspace_id, m.id, m.name, m.role, coalesce(nullif(u.language, ''), w.language), w.timezone,
    ARRAY(SELECT team_id FROM workspaces_teammember t WHERE t.member_id = m.id)"""
_BY_USER = f"""
SELECT {_MEMBER}, u.password FROM workspaces_member m JOIN workspaces_user u ON u.id = m.user_id
JOIN workspaces_workspace w ON w.id = m.workspace_id
WHERE m.user_id = %s AND m.active AND u.is_active ORDER BY m.created_at
"""  # noqa: S608 - our own words
_BY_KEY = f"""
SELECT {_MEMBER}, k.id, k.name, k.scopes, k.last_used_at FROM workspaces_apikey k
JOIN workspaces_member m ON m.id = k.member_id JOIN workspaces_user u ON u.id = m.user_id
JOIN workspaces_workspace w ON w.id = m.workspace_id
WHERE k.digest = %s AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > %s)
AND m.active AND u.is_active
"""  # noqa: S608 - our own words
WORKSPACE_SESSION_KEY = "leadline_workspace"


def actor_of(request: HttpRequest) -> Actor | None:
    """Who is asking; None for nobody. Unauthorized (401) for a key that is wrong, revoked or expired."""
    header = request.headers.get("Authorization", "")
    if header.startswith("Bearer "):
        return _by_api_key(header.removeprefix("Bearer ").strip())
    if SESSION_KEY in request.session:
        return _by_session(request.session)
    return None


def actor_of_member(
    member: Member, team_ids: frozenset[UUID], language: str = "en", zone: str = "UTC"
) -> Actor:
    """The member as an actor with all rights of the role."""
    role = Role(member.role)
    return Actor(
        workspace_id=member.workspace_id,
        name=member.name,
        role=role,
        member_id=member.id,
        team_ids=team_ids,
        rights=RIGHTS[role],
        language=language,
        zone=zone,
    )


def _by_session(session: Any) -> Actor | None:
    found = tenancy.asked_everywhere(_BY_USER, [session[SESSION_KEY]])
    chosen = [row for row in found if str(row[0]) == session.get(WORKSPACE_SESSION_KEY)]
    row = next(iter(chosen or found), None)
    if row is None:
        return None
    workspace_id, member_id, name, role, language, zone, teams, password = row
    # Whoever changes the password logs out everywhere else: the session holds the old one's mark.
    expected = User(password=password).get_session_auth_hash()
    if BACKEND_SESSION_KEY not in session or not constant_time_compare(
        session.get(HASH_SESSION_KEY, ""), expected
    ):
        return None
    member = Member(id=member_id, workspace_id=workspace_id, name=name, role=role)
    return actor_of_member(member, frozenset(teams), language, zone)


def _by_api_key(token: str) -> Actor:
    now = clock.now()
    row = next(iter(tenancy.asked_everywhere(_BY_KEY, [signing.token_digest(token), now])), None)
    if row is None:
        raise Unauthorized("This API key is unknown, revoked or expired.")
    workspace_id, member_id, name, role, language, zone, teams, *key = row
    key_id, key_name, scopes, last_used_at = key
    actor = Actor(
        workspace_id=workspace_id,
        name=f"{name} ({key_name})",
        role=Role(role),
        member_id=member_id,
        team_ids=frozenset(teams),
        api_key_id=key_id,
        rights=RIGHTS[Role(role)] & {Right(scope) for scope in json.loads(scopes)},
        language=language,
        zone=zone,
    )
    if last_used_at is None or last_used_at < now - _USED_EVERY:
        with tenancy.workspace(workspace_id):
            ApiKey.objects.filter(id=key_id).update(last_used_at=now)
    return actor
