"""Who may be given leads in turn just now: present, within the own hours, and with room for more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection

from leadline.assignment import policy
from leadline.assignment.models import Availability
from leadline.assignment.queries.weeks import calendar_of
from leadline.assignment.rules import Person
from leadline.kit import clock
from leadline.workspaces import policy as people
from leadline.workspaces.actor import Actor
from leadline.workspaces.models import Member

# Counted only for members with a limit; `h` is the row of the business hours, the placeholder is now.
COUNTED = """
CASE WHEN a.daily_cap IS NOT NULL THEN (
    SELECT count(*) FROM leads_lead l WHERE l.owner_id = a.member_id
    AND l.assigned_at >= date_trunc('day', %s::timestamptz AT TIME ZONE h.timezone) AT TIME ZONE h.timezone
) END, CASE WHEN a.open_cap IS NOT NULL THEN (
    SELECT count(*) FROM leads_lead l
    WHERE l.owner_id = a.member_id AND l.status = 'open' AND l.deleted_at IS NULL
) END
"""
_ROOMS = f"""
SELECT a.member_id, a.daily_cap, a.open_cap, {COUNTED}
FROM assignment_availability a, assignment_businesshours h
WHERE a.daily_cap IS NOT NULL OR a.open_cap IS NOT NULL
"""  # noqa: S608 - constant text


def person(values: Mapping[str, Any], timezone: str, now: datetime) -> Person:
    """A member of the rulebook as the moment finds them."""
    kept: Mapping[str, Any] = values["availability"] or {}
    today = now.astimezone(ZoneInfo(timezone)).date()
    week = calendar_of(timezone, kept.get("weekly") or {}, [])
    counts = kept.get("counts") or [None, None]
    return Person(
        id=UUID(values["id"]),
        name=values["name"],
        role=values["role"],
        team_ids=frozenset(UUID(team_id) for team_id in values["team_ids"]),
        present=not kept.get("away") and not _absent(kept.get("absences") or [], today),
        on_duty=week is None or week.is_open(now),
        room=_room(kept.get("daily_cap"), kept.get("open_cap"), *counts),
        weight=kept.get("weight") or 1,
    )


def rooms() -> dict[UUID, int]:
    """How many more leads each member with a limit may get, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_ROOMS, [clock.now()])
        found = cursor.fetchall()
    return {member_id: _room(*limits) or 0 for member_id, *limits in found}


def availabilities(actor: Actor) -> list[tuple[Member, Availability]]:
    """When each active member takes leads, by name; who never said so, always."""
    policy.require_can_see_availability(actor)
    kept = {row.member_id: row for row in policy.visible_availabilities(actor)}
    members = people.visible_members(actor).filter(active=True).order_by("name", "id")
    return [(member, kept.get(member.id) or Availability(member=member)) for member in members]


def _absent(absences: Sequence[Sequence[str]], today: date) -> bool:
    return any(first <= today.isoformat() <= last for first, last in absences)


def _room(daily: int | None, opened: int | None, given_today: int | None, open_now: int | None) -> int | None:
    left = [
        max(limit - count, 0)
        for limit, count in ((daily, given_today), (opened, open_now))
        if limit is not None and count is not None
    ]
    return min(left, default=None)
