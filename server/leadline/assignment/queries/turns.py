"""Whose turn it is in each team."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

from leadline.assignment.models import Rotation
from leadline.assignment.rules import Turns


def turns_now(team_ids: Collection[UUID]) -> dict[UUID, Turns]:
    """The turns of these teams as they are, in one statement; to look at, not to take."""
    rows = Rotation.objects.filter(team_id__in=team_ids)
    found = turns_from(rows.values_list("team_id", "turn", "reached", "marks"))
    return {team_id: found.get(team_id) or Turns() for team_id in team_ids}


def turns_from(rows: Iterable[tuple[UUID, int, int, Any]]) -> dict[UUID, Turns]:
    """Stored turns, by team."""
    return {
        team_id: Turns(given=given, reached=reached, marks=_marks(marks))
        for team_id, given, reached, marks in rows
    }


def _marks(stored: Any) -> Mapping[UUID, tuple[int, int]]:
    marks = json.loads(stored) if isinstance(stored, str) else stored
    return {UUID(member_id): (mark, last) for member_id, (mark, last) in marks.items()}
