"""Take turns: one row per team counts, so that nobody is skipped or served twice, whoever asks at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from uuid import UUID

from django.db import connection

from leadline.infra import tenancy
from leadline.kit import clock, ids

# The row stays locked until the transaction ends: a rollback gives the turns back. Teams in a fixed order.
_TAKE = """
INSERT INTO assignment_rotation AS rotation (id, workspace_id, created_at, updated_at, version, team_id, turn)
SELECT new.id, %s, %s, %s, 1, new.team_id, new.turns
FROM unnest(%s::uuid[], %s::uuid[], %s::bigint[]) AS new(id, team_id, turns) ORDER BY new.team_id
ON CONFLICT (team_id) DO UPDATE SET turn = rotation.turn + excluded.turn, updated_at = excluded.updated_at
RETURNING team_id, turn
"""


def take_turns(wanted: Mapping[UUID, int]) -> dict[UUID, Iterator[int]]:
    """The next so many turns of each team, in one statement; no statement for none."""
    if not wanted:
        return {}
    teams, now = sorted(wanted), clock.now()
    made = [ids.new_id() for _ in teams]
    counts = [wanted[team_id] for team_id in teams]
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [tenancy.require_current(), now, now, made, teams, counts])
        ends = dict(cursor.fetchall())
    return {team_id: iter(range(end - wanted[team_id], end)) for team_id, end in ends.items()}
