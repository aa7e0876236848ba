"""The statements of the job table: claim, extend, finish, fail, bring back. All by the database's clock."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from leadline.infra.models import NO_WORKSPACE

LEASE = timedelta(seconds=30)
FIRST_RETRY = timedelta(seconds=10)
LONGEST_RETRY = timedelta(hours=6)
# A crash is not the job's fault, but a job that crashes its worker every time has to end.
CRASHES_FORGIVEN = 3

_LANE = f"COALESCE(workspace_id, '{NO_WORKSPACE}'::uuid)"
_READY = "state = 'ready' AND run_at IS NULL"


@dataclass(frozen=True)
class Claim:
    """A job that is ours until its lease ends; the token proves it."""

    id: UUID
    token: UUID
    workspace_id: UUID | None
    task: str
    arguments: dict[str, Any]
    attempts: int
    urgency: int = 0


@dataclass(frozen=True)
class Failure:
    """What a failed attempt leaves behind; `again_in` overrides the usual delay, `final` forbids another."""

    claim: Claim
    error: str
    again_in: timedelta | None = None
    final: bool = False


# Walks from one workspace with ready jobs to the next through the index, beginning after the one served
# last, so that a workspace with a hundred thousand jobs does not keep the others waiting.
_CLAIM = f"""
WITH RECURSIVE later_lanes AS (
    (SELECT {_LANE} AS lane FROM infra_job WHERE {_READY} AND {_LANE} > %(after)s ORDER BY {_LANE} LIMIT 1)
    UNION ALL
    SELECT (SELECT {_LANE} FROM infra_job WHERE {_READY} AND {_LANE} > l.lane ORDER BY {_LANE} LIMIT 1)
    FROM later_lanes l WHERE l.lane IS NOT NULL
), first_lanes AS (
    (SELECT {_LANE} AS lane FROM infra_job WHERE {_READY} AND {_LANE} <= %(after)s ORDER BY {_LANE} LIMIT 1)
    UNION ALL
    SELECT (SELECT {_LANE} FROM infra_job
            WHERE {_READY} AND {_LANE} > l.lane AND {_LANE} <= %(after)s ORDER BY {_LANE} LIMIT 1)
    FROM first_lanes l WHERE l.lane IS NOT NULL
), lanes AS (
    SELECT lane, row_number() OVER () AS place FROM (
        (SELECT lane FROM later_lanes WHERE lane IS NOT NULL LIMIT %(limit)s)
        UNION ALL
        (SELECT lane FROM first_lanes WHERE lane IS NOT NULL LIMIT %(limit)s)
    ) AS found LIMIT %(limit)s
), picked AS MATERIALIZED (
    SELECT job.id, place, turn FROM lanes, LATERAL (
        SELECT id, turn FROM infra_job WHERE {_READY} AND {_LANE} = lanes.lane
        ORDER BY {_LANE}, turn, id LIMIT %(limit)s FOR UPDATE SKIP LOCKED
    ) AS job
), chosen AS MATERIALIZED (
    SELECT id, row_number() OVER (PARTITION BY place ORDER BY turn, id) AS round, place
    FROM picked ORDER BY round, place LIMIT %(limit)s
)
UPDATE infra_job AS job SET state = 'running', attempts = job.attempts + 1, token = gen_random_uuid(),
    lease_until = clock_timestamp() + %(lease)s
FROM chosen WHERE job.id = chosen.id
RETURNING job.id, job.token, job.workspace_id, job.task, job.arguments, job.attempts, job.turn,
    round, place
"""  # noqa: S608 - only our own constants

_FINISH = """
DELETE FROM infra_job AS job USING unnest(%s::uuid[], %s::uuid[]) AS mine(id, token)
WHERE job.id = mine.id AND job.token = mine.token
"""

_EXTEND = """
UPDATE infra_job AS job SET lease_until = clock_timestamp() + %s
FROM unnest(%s::uuid[], %s::uuid[]) AS mine(id, token)
WHERE job.id = mine.id AND job.token = mine.token AND job.state = 'running'
"""

_FAIL = """
UPDATE infra_job SET token = NULL, lease_until = NULL, error = %(error)s,
    state = CASE WHEN %(final)s OR attempts >= max_attempts THEN 'failed' ELSE 'ready' END,
    failed_at = CASE WHEN %(final)s OR attempts >= max_attempts THEN clock_timestamp() END,
    run_at = CASE WHEN NOT (%(final)s OR attempts >= max_attempts) THEN clock_timestamp()
        + COALESCE(%(again_in)s, LEAST(%(first)s * power(2, LEAST(attempts - 1, 20)), %(longest)s)
                   * (0.8 + 0.4 * random())) END
WHERE id = %(id)s AND token = %(token)s RETURNING state
"""

_GIVE_BACK = """
UPDATE infra_job AS job SET state = 'ready', token = NULL, lease_until = NULL,
    attempts = GREATEST(job.attempts - 1, 0)
FROM unnest(%s::uuid[], %s::uuid[]) AS mine(id, token)
WHERE job.id = mine.id AND job.token = mine.token
"""

# A lease that ends later than three leases from now was written under another clock.
_REAP = f"""
UPDATE infra_job SET token = NULL, lease_until = NULL,
    state = CASE WHEN attempts >= max_attempts + {CRASHES_FORGIVEN} THEN 'failed' ELSE 'ready' END,
    failed_at = CASE WHEN attempts >= max_attempts + {CRASHES_FORGIVEN} THEN clock_timestamp() END,
    error = 'The worker stopped while it did this.'
WHERE id IN (
    SELECT id FROM infra_job WHERE state = 'running'
        AND (lease_until < statement_timestamp() OR lease_until > statement_timestamp() + 3 * %s)
    FOR UPDATE SKIP LOCKED
)
"""  # noqa: S608 - only our own constants

_PROMOTE = """
UPDATE infra_job SET run_at = NULL WHERE id IN (
    SELECT id FROM infra_job WHERE state = 'ready' AND run_at <= statement_timestamp()
    ORDER BY run_at LIMIT 1000 FOR UPDATE SKIP LOCKED
)
"""


def claim(limit: int, *, after: UUID = NO_WORKSPACE) -> list[Claim]:
    """Up to `limit` ready jobs, now ours, taken in turns from the workspaces that follow `after`."""
    with connection.cursor() as cursor:
        values: dict[str, Any] = {"limit": limit, "after": after, "lease": LEASE}
        cursor.execute(_CLAIM, values)
        rows = sorted(cursor.fetchall(), key=lambda row: (row[7], row[8], row[0]))
    return [Claim(row[0], row[1], row[2], row[3], _read(row[4]), row[5], -row[6]) for row in rows]


def finish(done: Collection[Claim]) -> int:
    """Remove jobs that are done and still ours; how many were."""
    return _of_mine(_FINISH, done)


def extend(running: Collection[Claim]) -> int:
    """Prolong the leases that are still ours; how many were."""
    return _of_mine(_EXTEND, running, LEASE)


def give_back(untouched: Collection[Claim]) -> int:
    """Let others have jobs that were claimed but not begun; how many were still ours."""
    return _of_mine(_GIVE_BACK, untouched)


def fail(failure: Failure) -> str | None:
    """Plan the next attempt or put the job on the list of failed ones; its state, None when not ours."""
    values: dict[str, Any] = {
        "id": failure.claim.id,
        "token": failure.claim.token,
        "error": failure.error[-8000:].replace("\x00", ""),
        "final": failure.final,
        "again_in": failure.again_in,
        "first": FIRST_RETRY,
        "longest": LONGEST_RETRY,
    }
    with connection.cursor() as cursor:
        cursor.execute(_FAIL, values)
        row = cursor.fetchone()
    return row[0] if row else None


def reap() -> int:
    """Bring back the jobs whose worker is gone; how many."""
    with connection.cursor() as cursor:
        values: list[Any] = [LEASE]
        cursor.execute(_REAP, values)
        return int(cursor.rowcount)


def promote() -> int:
    """Make the retries ready that are due; how many."""
    with connection.cursor() as cursor:
        cursor.execute(_PROMOTE)
        return int(cursor.rowcount)


def _of_mine(statement: str, claims: Collection[Claim], *before: object) -> int:
    if not claims:
        return 0
    values: Sequence[Any] = [*before, [c.id for c in claims], [c.token for c in claims]]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.rowcount)


def _read(arguments: Any) -> dict[str, Any]:
    # Django's connection hands jsonb over as text, so that the ORM can decode it itself.
    read = json.loads(arguments) if isinstance(arguments, str) else arguments
    return dict(read)
