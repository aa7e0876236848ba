"""Count all open leads anew after the rules have changed: set-based pieces, with visible progress."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import connection
from django.db.models import F

from leadline.infra import tenancy
from leadline.infra.jobs import background
from leadline.kit import clock, ids
from leadline.leads import actions as leads
from leadline.leads.ports import ScoreOf
from leadline.scoring import queries
from leadline.scoring.counted import Counted, counted, open_leads
from leadline.scoring.models import ScoreEdition
from leadline.scoring.rules import Group, fit_changes
from leadline.workspaces.actor import Actor

_PIECE = 2000
_GIVEN = """
SELECT lead_id, rule_id, (array_agg(label ORDER BY at DESC, id DESC))[1], sum(points)
FROM scoring_scoreentry WHERE lead_id = ANY(%s) AND "group" = 'fit' AND rule_id IS NOT NULL
GROUP BY lead_id, rule_id
"""
_ENTRIES = """
INSERT INTO scoring_scoreentry
    (id, workspace_id, lead_id, "group", kind, rule_id, label, points, at, written_at, ref, score_after)
SELECT new.id, %s, new.lead, %s, '', new.rule, new.label, new.points, %s, %s, '', new.score
FROM unnest(%s::uuid[], %s::uuid[], %s::uuid[], %s::text[], %s::int[], %s::int[])
    AS new(id, lead, rule, label, points, score)
"""
_FADES = """
INSERT INTO scoring_fading (id, workspace_id, lead_id, due_at)
SELECT new.id, %s, new.lead, new.due
FROM unnest(%s::uuid[], %s::uuid[], %s::timestamptz[]) AS new(id, lead, due)
ON CONFLICT (lead_id) DO UPDATE SET due_at = EXCLUDED.due_at
"""


@background(retries=5, priority=-1)
def recount(*, workspace_id: str, after: str = "", edition_id: str = "") -> None:
    """Count the next piece of all open leads anew; told again it counts the same."""
    with tenancy.workspace(UUID(workspace_id)):
        piece = queries.open_lead_ids(after=UUID(after) if after else None, limit=_PIECE)
        count_anew(UUID(workspace_id), piece)
        full = len(piece) == _PIECE
        if edition_id:
            _note_progress(UUID(edition_id), len(piece), done=not full)
        if full:
            recount.later(workspace_id=workspace_id, after=str(piece[-1]), edition_id=edition_id)


def count_anew(workspace_id: UUID, lead_ids: Sequence[UUID]) -> None:
    """Give the open ones of these leads what the rules in force give; 5 statements and those of leads."""
    scoring = queries.scoring()
    if scoring is None or not lead_ids:
        return
    # Locked first and in order, as everywhere; what is read afterwards is what other writers left.
    locked = open_leads().filter(id__in=lead_ids).order_by("id")
    mine = list(locked.select_for_update(no_key=True).values_list("id", flat=True))
    now = clock.now()
    found = list(counted(scoring, Actor.product(workspace_id), now, mine))
    _write_entries(workspace_id, found)
    _write_fades(workspace_id, [one for one in found if one.fades_at or one.was[1] > 0])
    moved = [one for one in found if one.moved]
    if moved:
        leads.apply_scores([_score_of(one) for one in moved])


def _score_of(one: Counted) -> ScoreOf:
    fit, engagement, score, band, ready_at = one.now
    return ScoreOf(
        lead_id=one.lead_id, fit=fit, engagement=engagement, score=score, band=band, ready_at=ready_at
    )


def _write_entries(workspace_id: UUID, found: Sequence[Counted]) -> None:
    given: dict[UUID, dict[UUID, tuple[str, int]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_GIVEN, [[one.lead_id for one in found]])
        for lead_id, rule_id, label, points in cursor.fetchall():
            given.setdefault(lead_id, {})[rule_id] = (label, points)
        rows = [
            (ids.new_id(), one.lead_id, rule_id, label, points, one.now[2])
            for one in found
            for rule_id, label, points in fit_changes(
                {rule.id: (rule.name, rule.points) for rule in one.matching}, given.get(one.lead_id, {})
            )
        ]
        if rows:
            now = clock.now()
            columns = [list(column) for column in zip(*rows, strict=True)]
            cursor.execute(_ENTRIES, [workspace_id, Group.FIT.value, now, now, *columns])


def _write_fades(workspace_id: UUID, fading: Sequence[Counted]) -> None:
    if not fading:
        return
    new = [ids.new_id() for _ in fading]
    about = [one.lead_id for one in fading]
    due = [one.fades_at for one in fading]
    with connection.cursor() as cursor:
        cursor.execute(_FADES, [workspace_id, new, about, due])


def _note_progress(edition_id: UUID, leads_more: int, *, done: bool) -> None:
    rows = ScoreEdition.objects.filter(id=edition_id)
    rows.update(counted=F("counted") + leads_more, done_at=clock.now() if done else None)
