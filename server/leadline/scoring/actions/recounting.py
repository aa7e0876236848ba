"""Count all open leads anew after the rules have changed: set-based pieces, with visible progress."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F

from leadline.infra import tenancy
from leadline.infra.jobs import background
from leadline.kit import clock, ids
from leadline.leads import actions as leads
from leadline.leads.ports import CountedScores
from leadline.scoring import queries
from leadline.scoring.counted import Question, asked, open_leads
from leadline.scoring.models import ScoreEdition
from leadline.scoring.rules import SHORTEST_FADE, Weights
from leadline.workspaces.actor import Actor

PIECE = 2000
# Of an id these first characters say when it was made, and that they do.
_STAMP = len("00000000-0000-7")
# Everything a piece needs in one statement, so that nothing but what moved comes back: how the leads stand
# under the rules (`judged`, the arithmetic of rules.standing), the entries that explain the difference, and
# when interest fades next. Ids of new entries sort by the time they were made, as everywhere.
_COUNT = """
asked AS MATERIALIZED ({asked}),
fitted AS (
    SELECT asked.*, LEAST(GREATEST({points}, 0), %(fit_cap)s)::int AS new_fit,
        LEAST(GREATEST("left", 0), %(engagement_cap)s)::float8 AS exact
    FROM asked
), summed AS (
    SELECT fitted.*, floor(exact + 0.5 + 1e-9)::int AS new_engagement FROM fitted
), scored AS (
    SELECT summed.*, new_fit + new_engagement AS new_score FROM summed
), judged AS MATERIALIZED (
    SELECT id, fit, engagement, score, band, ready_at, poor_fit, new_fit, new_engagement, new_score,
        CASE WHEN band_overridden THEN band WHEN too_poor THEN 'cold' WHEN new_score >= %(hot)s THEN 'hot'
            WHEN new_score >= %(warm)s THEN 'warm' ELSE 'cold' END AS new_band,
        CASE WHEN new_score >= %(ready)s THEN COALESCE(ready_at, %(now)s) END AS new_ready_at,
        too_poor AS new_poor_fit,
        CASE WHEN new_engagement > 0 THEN %(now)s + make_interval(secs => GREATEST(%(shortest)s,
            1 + 86400 * %(half_life_days)s
            * ln(GREATEST(exact, new_engagement - 0.5) / (new_engagement - 0.5)) / ln(2.0::float8)
        )) END AS fades_at
    FROM scored
), wanted AS (
    SELECT asked.id AS lead, rule.id AS rule, rule.label, rule.points
    FROM asked CROSS JOIN LATERAL (VALUES {rules}) AS rule(id, label, points, held) WHERE rule.held
), given AS (
    SELECT lead_id AS lead, rule_id AS rule, sum(points) AS points FROM scoring_scoreentry
    WHERE lead_id = ANY(%(ids)s) AND "group" = 'fit' AND rule_id IS NOT NULL GROUP BY lead_id, rule_id
), changes AS MATERIALIZED (
    SELECT lead, rule, wanted.label, COALESCE(wanted.points, 0) - COALESCE(given.points, 0) AS points
    FROM wanted FULL JOIN given USING (lead, rule)
    WHERE COALESCE(wanted.points, 0) <> COALESCE(given.points, 0)
), written AS (
    INSERT INTO scoring_scoreentry
        (id, workspace_id, lead_id, "group", kind, rule_id, label, points, at, written_at, ref, score_after)
    SELECT (%(stamp)s || substr(gen_random_uuid()::text, 16))::uuid, %(workspace)s, lead, 'fit', '', rule,
        COALESCE(label, (
            SELECT label FROM scoring_scoreentry AS entry WHERE lead_id = lead AND rule_id = rule
            ORDER BY at DESC, id DESC LIMIT 1
        )), points, %(now)s, %(now)s, '', new_score
    FROM changes JOIN judged ON judged.id = lead
), fading AS (
    INSERT INTO scoring_fading (id, workspace_id, lead_id, due_at)
    SELECT gen_random_uuid(), %(workspace)s, id, fades_at FROM judged
    WHERE fades_at IS NOT NULL OR engagement > 0
    ON CONFLICT (lead_id) DO UPDATE SET due_at = EXCLUDED.due_at
), moved AS (
    SELECT id, new_fit AS fit, new_engagement AS engagement, new_score AS score, new_band AS band,
        new_ready_at AS ready_at, new_poor_fit AS poor_fit
    FROM judged WHERE (fit, engagement, score, band, ready_at, poor_fit) IS DISTINCT FROM
        (new_fit, new_engagement, new_score, new_band, new_ready_at, new_poor_fit)
)
"""


@background(retries=5, priority=-1)
def recount(*, workspace_id: str, edition_id: str = "") -> None:
    """Count all open leads anew; very many in two parts side by side, for the database has two hands."""
    with tenancy.workspace(UUID(workspace_id)):
        middle = str(queries.middle_lead_id(2 * PIECE) or "")
        parts = [("", middle), (middle, "")] if middle else [("", "")]
        if edition_id and not _begin(UUID(edition_id), len(parts)):
            return
        count_piece.later_many(
            {"workspace_id": workspace_id, "after": after, "until": until, "edition_id": edition_id}
            for after, until in parts
        )


@background(retries=5, priority=-1)
def count_piece(*, workspace_id: str, after: str = "", until: str = "", edition_id: str = "") -> None:
    """Count the next piece of a part anew; told again it counts the same."""
    with tenancy.workspace(UUID(workspace_id)):
        first, last = (UUID(one) if one else None for one in (after, until))
        piece = queries.open_lead_ids(after=first, until=last, limit=PIECE)
        count_anew(UUID(workspace_id), piece)
        full = len(piece) == PIECE
        if edition_id:
            _note_progress(UUID(edition_id), len(piece), done=not full)
        if full:
            count_piece.later(
                workspace_id=workspace_id, after=str(piece[-1]), until=until, edition_id=edition_id
            )


def count_anew(workspace_id: UUID, lead_ids: Sequence[UUID]) -> None:
    """Give the open ones of these leads what the rules in force give; 2 statements and those of leads."""
    scoring = queries.scoring()
    if scoring is None or not lead_ids:
        return
    # Locked first and in order, as everywhere; what is read afterwards is what other writers left.
    locked = open_leads().filter(id__in=lead_ids).order_by("id")
    mine = list(locked.select_for_update(no_key=True).values_list("id", flat=True))
    now = clock.now()
    question = asked(scoring, Actor.product(workspace_id), now, mine)
    leads.apply_counted_scores(_counting(workspace_id, question, mine, scoring.weights, now))


def _counting(
    workspace_id: UUID, question: Question, lead_ids: Sequence[UUID], weights: Weights, now: datetime
) -> CountedScores:
    """The statement that counts these leads and writes down why they stand there and when that fades."""
    inner, given = _numbered(question)
    parts = _COUNT.format(asked=inner, points=_points(question), rules=_rules(question))
    values: dict[str, Any] = {**given, **vars(weights), "ids": list(lead_ids), "now": now}
    values |= {"workspace": workspace_id, "shortest": SHORTEST_FADE.total_seconds()}
    values["stamp"] = str(ids.new_id())[:_STAMP]
    for place, rule in enumerate(question.rules):
        values |= {f"rule_{place}": rule.id, f"label_{place}": rule.name, f"points_{place}": rule.points}
    return CountedScores(parts=parts, values=values)


def _numbered(question: Question) -> tuple[str, dict[str, Any]]:
    """The question as SQL whose places have names, as the statement around it has."""
    told, given = question.rows.query.sql_with_params()
    names = [f"asked_{place}" for place in range(len(given))]
    parts = told.split("%s")
    named = "".join(f"{part}%({name})s" for part, name in zip(parts[:-1], names, strict=True)) + parts[-1]
    return named, dict(zip(names, given, strict=True))


def _points(question: Question) -> str:
    held = (
        f"CASE WHEN {hold} THEN %(points_{place})s ELSE 0 END" for place, hold in enumerate(question.holds)
    )
    return " + ".join(("0", *held))


def _rules(question: Question) -> str:
    rows = (
        f"(%(rule_{place})s::uuid, %(label_{place})s::text, %(points_{place})s::int, asked.{hold})"
        for place, hold in enumerate(question.holds)
    )
    return ", ".join(rows) or "(NULL::uuid, NULL::text, 0, false)"


def _begin(edition_id: UUID, parts: int) -> bool:
    """Remember how many parts have begun; False when they have already."""
    rows = ScoreEdition.objects.filter(id=edition_id, parts_left=0, done_at=None)
    return rows.update(parts_left=parts) == 1


def _note_progress(edition_id: UUID, leads_more: int, *, done: bool) -> None:
    rows = ScoreEdition.objects.filter(id=edition_id)
    rows.update(counted=F("counted") + leads_more)
    if done:
        rows.update(parts_left=F("parts_left") - 1)
        rows.filter(parts_left=0).update(done_at=clock.now())
