"""Hold the turns of teams while leads are placed, so that nobody is skipped or served twice."""

from __future__ import annotations

import json
from collections.abc import Collection
from uuid import UUID

from django.db import connection

from leadline.assignment.queries.turns import turns_from
from leadline.assignment.rules import Turns
from leadline.infra import tenancy
from leadline.kit import clock, ids

# The rows stay locked until the transaction ends: a rollback gives the turns back. Teams in a fixed order.
_HOLD = """
INSERT INTO assignment_rotation AS rotation
    (id, workspace_id, created_at, updated_at, version, team_id, turn, reached, marks)
SELECT new.id, %s, %s, %s, 1, new.team_id, 0, 0, '{}'
FROM unnest(%s::uuid[], %s::uuid[]) AS new(id, team_id) ORDER BY new.team_id
ON CONFLICT (team_id) DO UPDATE SET updated_at = excluded.updated_at
RETURNING team_id, turn, reached, marks
"""
_KEEP = """
UPDATE assignment_rotation AS rotation SET turn = new.turn, reached = new.reached, marks = new.marks::jsonb
FROM unnest(%s::uuid[], %s::bigint[], %s::bigint[], %s::text[]) AS new(team_id, turn, reached, marks)
WHERE rotation.team_id = new.team_id
"""


class HeldTurns:
    """The turns of some teams, taken by nobody else until the transaction ends."""

    def __init__(self) -> None:
        self._held: dict[UUID, Turns] = {}

    def hold(self, team_ids: Collection[UUID]) -> dict[UUID, Turns]:
        """The turns of these teams, in one statement; no statement for none."""
        if team_ids:
            teams, now = sorted(team_ids), clock.now()
            made = [ids.new_id() for _ in teams]
            with connection.cursor() as cursor:
                cursor.execute(_HOLD, [tenancy.require_current(), now, now, made, teams])
                self._held |= turns_from(cursor.fetchall())
        return self._held

    def keep(self) -> None:
        """Write down the turns that were taken, in one statement; no statement for none."""
        if not self._held:
            return
        columns: list[list[object]] = [[], [], [], []]
        for team_id, turns in self._held.items():
            marks = json.dumps({str(member_id): mark for member_id, mark in turns.marks.items()})
            for column, value in zip(columns, (team_id, turns.given, turns.reached, marks), strict=True):
                column.append(value)
        with connection.cursor() as cursor:
            cursor.execute(_KEEP, columns)
