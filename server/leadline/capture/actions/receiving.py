"""Store what arrives, exactly as it arrives, before anything is understood."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection as database
from django.db.models import Q

from leadline.capture import rules
from leadline.capture.actions.reasons import reason_data
from leadline.capture.actions.understanding import understand
from leadline.capture.models import Connection, Submission
from leadline.capture.ports import Item
from leadline.infra import tenancy
from leadline.infra.gathering import Gathering
from leadline.kit import clock, ids

_RECEIVE = """
INSERT INTO capture_submission (id, created_at, updated_at, version, workspace_id, connection_id, channel,
    natural_key, body, headers, content_type, received_at, queued_at, state, reason, spam, attempts, result)
SELECT i.id, %(now)s, %(now)s, 1, %(workspace)s, %(connection)s, %(channel)s,
    i.natural_key, i.body, i.headers::jsonb, i.content_type, %(now)s, %(now)s,
    CASE WHEN i.reason = '' THEN 'received' ELSE 'quarantined' END, i.reason, i.spam, 0, i.result::jsonb
FROM unnest(%(ids)s::uuid[], %(keys)s::text[], %(bodies)s::bytea[], %(headers)s::text[],
    %(types)s::text[], %(reasons)s::text[], %(results)s::text[],
    %(spam)s::bool[])
    WITH ORDINALITY AS i(id, natural_key, body, headers, content_type, reason, result, spam, place)
ORDER BY i.place
ON CONFLICT DO NOTHING RETURNING id, state
"""
_SEEN_EVERY = timedelta(minutes=1)
_PER_JOB = 1000
_TOGETHER = 200

# Per door, in the order of arrival.
Brought = Sequence[tuple[Connection, Sequence[Item]]]


class DoorChanged(Exception):
    """The door is not as it was known: look it up and decide again. Nothing was stored."""


@dataclass(frozen=True)
class _Delivery:
    brought: Brought
    through: Connection | None


def receive(connection: Connection, items: Sequence[Item]) -> list[UUID]:
    """Store the items and queue their understanding, in one transaction; the ids of those that are new.

    A second delivery of the same natural key changes nothing. Once this has returned and its transaction
    is committed, no crash can lose an item.
    """
    if not items:
        return []
    now = clock.now()
    with tenancy.workspace(connection.workspace_id):
        stored = _insert(connection, items, now)
        waiting = [str(submission_id) for submission_id, state in stored if state == rules.State.RECEIVED]
        understand.later_many(
            {
                "workspace_id": str(connection.workspace_id),
                "submission_ids": waiting[start : start + _PER_JOB],
            }
            for start in range(0, len(waiting), _PER_JOB)
        )
        _note_seen(connection, now)
    return [submission_id for submission_id, _ in stored]


def understood(
    *,
    workspace_id: UUID,
    channel: str,
    natural_key: str,
    body: bytes,
    content_type: str,
    lead_id: UUID | None = None,
    contact_id: UUID | None = None,
    result: Mapping[str, Any] | None = None,
) -> Submission:
    """What was already understood inside its request, to be kept with `keep_understood`."""
    return Submission(
        workspace_id=workspace_id,
        channel=channel,
        natural_key=rules.natural_key(natural_key),
        body=body,
        content_type=rules.storable(content_type)[:200],
        state=rules.State.UNDERSTOOD.value,
        lead_id=lead_id,
        contact_id=contact_id,
        result=dict(result or {}),
    )


def keep_understood(submissions: Sequence[Submission]) -> None:
    """Store them in one statement, so that the integration log shows them too."""
    Submission.objects.bulk_create(submissions)


def store(workspace_id: UUID, brought: Brought, *, through: Connection | None = None) -> None:
    """Receive what one request brought, for any of the workspace's doors; committed when this returns.

    Requests that come at the same moment share a transaction. DoorChanged when the door it came `through`
    was changed or closed since it was looked up.
    """
    _gathering.take(workspace_id, _Delivery(brought, through))


def _store_together(workspace_id: UUID, deliveries: Sequence[_Delivery]) -> list[bool | BaseException]:
    with tenancy.workspace(workspace_id):
        changed = _changed([one.through for one in deliveries if one.through is not None])
        by_door: dict[Connection, list[Item]] = {}
        for one in deliveries:
            for door, items in () if one.through in changed else one.brought:
                by_door.setdefault(door, []).extend(items)
        for door in sorted(by_door, key=lambda door: door.id):
            receive(door, by_door[door])
    return [DoorChanged() if one.through in changed else True for one in deliveries]


def _changed(known: Sequence[Connection]) -> set[Connection | None]:
    if not known:
        return set()
    present = Connection.objects.filter(id__in={door.id for door in known}, closed_at=None)
    versions = dict(present.values_list("id", "version"))
    return {door for door in known if versions.get(door.id) != door.version}


_gathering: Gathering[UUID, _Delivery, bool] = Gathering(_store_together, most=_TOGETHER)


def _insert(connection: Connection, items: Sequence[Item], now: datetime) -> list[tuple[UUID, str]]:
    values: dict[str, Any] = {
        "now": now,
        "workspace": connection.workspace_id,
        "connection": connection.id,
        "channel": connection.channel,
        "ids": [ids.new_id() for _ in items],
        "keys": [rules.natural_key(item.natural_key) for item in items],
        "bodies": [item.body for item in items],
        "headers": [json.dumps(rules.kept_headers(item.headers)) for item in items],
        "types": [rules.storable(item.content_type)[:200] for item in items],
        "reasons": [rules.storable(str(item.quarantine)) for item in items],
        "results": [json.dumps(reason_data(item.quarantine)) for item in items],
        "spam": [item.spam for item in items],
    }
    with database.cursor() as cursor:
        cursor.execute(_RECEIVE, values)
        return [(submission_id, state) for submission_id, state in cursor.fetchall()]


def note_seen(connection: Connection) -> None:
    """Something came through the door that is no submission; the settings page shows when."""
    _note_seen(connection, clock.now())


def _note_seen(connection: Connection, now: datetime) -> None:
    # At most once a minute: a row that every delivery updates would make deliveries wait for each other.
    if connection.last_event_at is not None and connection.last_event_at > now - _SEEN_EVERY:
        return
    stale = Q(last_event_at=None) | Q(last_event_at__lte=now - _SEEN_EVERY)
    Connection.objects.filter(stale, id=connection.id).update(last_event_at=now)
    connection.last_event_at = now
