"""The hours by which clocks count: those of the business, and of teams that work at other times."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connection

from leadline.assignment import policy
from leadline.assignment.models import TeamHours
from leadline.assignment.queries.weeks import calendar_of
from leadline.kit.business_hours import Calendar
from leadline.workspaces import policy as people
from leadline.workspaces.actor import Actor
from leadline.workspaces.models import Team

# Row-level security narrows both tables to the workspace.
TEAM_HOURS = """
SELECT coalesce(jsonb_agg(jsonb_build_object('team_id', w.team_id, 'timezone', w.timezone, 'weekly', w.weekly,
    'holidays', w.holidays, 'business_holidays', w.business_holidays)), '[]')
FROM assignment_teamhours w
"""
_HOURS = f"SELECT timezone, weekly, holidays, ({TEAM_HOURS}) FROM assignment_businesshours"  # noqa: S608 - constant text


@dataclass(frozen=True, kw_only=True)
class Calendars:
    """The open hours of the business, None without any, and of the teams that have their own."""

    business: Calendar | None = None
    teams: Mapping[UUID, Calendar | None] = field(default_factory=dict)

    def of(self, team_id: UUID | None) -> Calendar | None:
        """By which hours the clocks of a team's leads count."""
        return self.teams.get(team_id, self.business) if team_id else self.business


def calendars_from(
    timezone: str, weekly: Mapping[str, Any], holidays: Sequence[str], teams: Sequence[Mapping[str, Any]]
) -> Calendars:
    """The calendars of stored hours."""
    return Calendars(
        business=calendar_of(timezone, weekly, holidays),
        teams={
            UUID(str(own["team_id"])): calendar_of(
                own["timezone"] or timezone,
                own["weekly"] if any(own["weekly"].values()) else weekly,
                [*own["holidays"], *(holidays if own["business_holidays"] else ())],
            )
            for own in teams
        },
    )


def calendars() -> Calendars:
    """The hours of the running workspace, in one statement; none before the set-up."""
    with connection.cursor() as cursor:
        cursor.execute(_HOURS)
        row = cursor.fetchone()
    if row is None:
        return Calendars()
    timezone, weekly, holidays, teams = row
    return calendars_from(timezone, json.loads(weekly), json.loads(holidays), json.loads(teams))


def calendar() -> Calendar | None:
    """The hours of the business; None until they are set."""
    return calendars().business


def team_hours(actor: Actor) -> list[tuple[Team, TeamHours]]:
    """The hours of each team, by its name; who never said so works with the business."""
    kept = {row.team_id: row for row in policy.visible_team_hours(actor)}
    teams = people.visible_teams(actor).order_by("name", "id")
    return [(team, kept.get(team.id) or TeamHours(team=team)) for team in teams]
