"""Keep scores that were counted by the database itself, and tell what a new score means."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from leadline.infra import events, tenancy
from leadline.leads import events as facts
from leadline.leads.ports import CountedScores

# Like every score it does not count the version up, or every open form would conflict.
_KEEP = """
WITH {parts}
UPDATE leads_lead AS lead SET fit = moved.fit, engagement = moved.engagement, score = moved.score,
    band = moved.band, ready_at = moved.ready_at, poor_fit = moved.poor_fit
FROM moved JOIN leads_lead AS old ON old.id = moved.id
WHERE lead.id = moved.id
RETURNING lead.id, old.score, old.band, old.ready_at, lead.score, lead.band, lead.ready_at
"""


class Standing(NamedTuple):
    """What of a score others are told of."""

    score: int
    band: str
    ready_at: datetime | None


def apply_counted_scores(counted: CountedScores) -> int:
    """Keep these scores in one statement and tell what changed as `apply_scores` does; how many moved."""
    with connection.cursor() as cursor:
        cursor.execute(_KEEP.format(parts=counted.parts), counted.values)
        moved = sorted(cursor.fetchall())
    workspace_id = tenancy.require_current()
    events.record(
        *(
            fact
            for lead_id, *standings in moved
            for fact in score_facts(workspace_id, lead_id, Standing(*standings[:3]), Standing(*standings[3:]))
        )
    )
    return len(moved)


def score_facts(workspace_id: UUID, lead_id: UUID, was: Standing, now: Standing) -> Iterator[events.Event]:
    """What a new score of a lead means: another score, another band, ready for sales."""
    if (now.score, now.band) != (was.score, was.band):
        yield facts.LeadScored(
            workspace_id=workspace_id,
            lead_id=lead_id,
            score=now.score,
            band=now.band,
            previous_score=was.score,
            previous_band=was.band,
        )
    if now.band != was.band:
        yield facts.BandChanged(
            workspace_id=workspace_id, lead_id=lead_id, from_band=was.band, to_band=now.band
        )
    if now.ready_at is not None and was.ready_at is None:
        yield facts.LeadReady(workspace_id=workspace_id, lead_id=lead_id, at=now.ready_at)
