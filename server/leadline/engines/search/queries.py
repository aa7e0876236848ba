"""Search everything an actor may see."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connection

from leadline.engines.search import rules
from leadline.engines.search.ports import details
from leadline.workspaces import policy
from leadline.workspaces.actor import Actor
from leadline.workspaces.rules import Scope

_FIND = """
SELECT object_type, object_id, title, subtitle
FROM leadline_search(%s::text[], %s::text[], %s, %s::uuid, %s::uuid[], %s, %s, %s)
"""
# So many digits are never common: go straight to the trigrams.
_RARE_DIGITS = 6


@dataclass(frozen=True)
class Hit:
    """One record that was found, with what its room adds."""

    object: str
    id: UUID
    title: str
    subtitle: str
    more: dict[str, Any] = field(default_factory=dict)


def search(actor: Actor, text: str, limit: int = 8) -> list[Hit]:
    """The best hits among what the actor may see: three statements, and one per kind of record found."""
    region = policy.own_workspace(actor).values_list("phone_region", flat=True).first()
    every, digits = rules.patterns(text, region)
    if not every and not digits:
        return []
    rare = any(len(pattern) - 2 >= _RARE_DIGITS for pattern in digits)
    found = [] if rare else _find(actor, every, digits, limit, newest=True)
    if len(found) < limit:
        found = _find(actor, every, digits, limit, newest=False)
    return _with_details(found)


def _find(actor: Actor, every: list[str], digits: list[str], limit: int, *, newest: bool) -> list[Hit]:
    sees_all = actor.scope is Scope.ALL
    teams = sorted(actor.team_ids) if actor.scope is Scope.TEAM else []
    begins = "% " + every[0].lstrip("% ") if every else ""
    asked: list[Any] = [every, digits, sees_all, actor.member_id, teams, limit, begins, newest]
    with connection.cursor() as cursor:
        cursor.execute(_FIND, asked)
        return [Hit(*row) for row in cursor.fetchall()]


def _with_details(found: list[Hit]) -> list[Hit]:
    more: dict[tuple[str, UUID], dict[str, Any]] = {}
    for object_type in sorted({hit.object for hit in found} & details.keys()):
        ids = [hit.id for hit in found if hit.object == object_type]
        for object_id, known in details[object_type](ids).items():
            more[object_type, object_id] = dict(known)
    return [Hit(h.object, h.id, h.title, h.subtitle, more.get((h.object, h.id), {})) for h in found]
