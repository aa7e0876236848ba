"""Keep search up to date; called in the transaction that changes the record."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import connection

from leadline.engines.search.models import SearchRow
from leadline.engines.search.ports import Details, Row, details
from leadline.engines.search.rules import text_of
from leadline.infra import tenancy
from leadline.kit import clock

__all__ = ["Row", "change_scope", "offer_details", "put", "remove"]

_FIELDS = ["title", "subtitle", "text", "owner_id", "team_id", "shared", "rank_at"]
_CHANGE_SCOPE = """
UPDATE search_searchrow AS row SET owner_id = new.owner_id, team_id = new.team_id
FROM unnest(%s::uuid[], %s::uuid[], %s::uuid[]) AS new(object_id, owner_id, team_id)
WHERE row.workspace_id = %s AND row.object_type = %s AND row.object_id = new.object_id
"""


def put(rows: Sequence[Row]) -> None:
    """Let these records be found as described, also when they were known before; one statement."""
    if not rows:
        return
    workspace_id, now = tenancy.require_current(), clock.now()
    latest = {(row.object_type, row.object_id): row for row in rows}
    # One order for everybody: two batches that hold the same records cannot block each other.
    SearchRow.objects.bulk_create(
        [
            SearchRow(
                workspace_id=workspace_id,
                object_type=row.object_type,
                object_id=row.object_id,
                title=row.title[:300],
                subtitle=row.subtitle[:300],
                text=text_of([row.title, row.subtitle, *row.words], row.phones),
                owner_id=row.owner_id,
                team_id=row.team_id,
                shared=row.shared,
                rank_at=row.rank_at or now,
            )
            for _, row in sorted(latest.items())
        ],
        update_conflicts=True,
        unique_fields=["workspace_id", "object_type", "object_id"],
        update_fields=_FIELDS,
    )


def change_scope(object_type: str, scopes: Mapping[UUID, tuple[UUID | None, UUID | None]]) -> int:
    """Tell the new (owner, team) of records without describing them again; how many were known."""
    if not scopes:
        return 0
    asked: list[list[Any]] = [
        list(scopes),
        [owner for owner, _ in scopes.values()],
        [team for _, team in scopes.values()],
    ]
    with connection.cursor() as cursor:
        cursor.execute(_CHANGE_SCOPE, [*asked, tenancy.require_current(), object_type])
        return int(cursor.rowcount)


def remove(object_type: str, object_ids: Collection[UUID]) -> int:
    """Let these records be found no more; how many were known."""
    gone, _ = SearchRow.objects.filter(object_type=object_type, object_id__in=object_ids).delete()
    return gone


def offer_details(object_type: str, load: Details) -> None:
    """A room adds to the hits of its object what only it knows (lead_id, score, band, stage)."""
    details[object_type] = load
