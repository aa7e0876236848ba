"""Keep the table of totals short."""

from __future__ import annotations

from django.db import connection

_COMPACT = """
WITH gone AS (
    DELETE FROM leads_boardtotal WHERE id IN (SELECT id FROM leads_boardtotal FOR UPDATE SKIP LOCKED)
    RETURNING *
)
INSERT INTO leads_boardtotal
    (workspace_id, pipeline_id, stage_id, owner_id, team_id, source, currency,
     count, value_minor, entered_seconds)
SELECT workspace_id, pipeline_id, stage_id, owner_id, team_id, source, currency,
       sum(count), sum(value_minor), sum(entered_seconds)
FROM gone
GROUP BY workspace_id, pipeline_id, stage_id, owner_id, team_id, source, currency
HAVING sum(count) <> 0 OR sum(value_minor) <> 0 OR sum(entered_seconds) <> 0
"""


def compact_totals() -> None:
    """One row per kind of lead instead of one per change; readers see all of either, never half."""
    with connection.cursor() as cursor:
        cursor.execute(_COMPACT)
