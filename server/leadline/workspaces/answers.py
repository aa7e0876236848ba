"""Answers to writes with an Idempotency-Key: given again instead of done again."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.http import HttpRequest, HttpResponse
from psycopg.types.json import Jsonb

from leadline.infra import retention
from leadline.kit import clock, ids
from leadline.kit.errors import Invalid
from leadline.workspaces.actor import Actor
from leadline.workspaces.models import IdempotentAnswer

KEPT = timedelta(days=7)
LONGEST_KEY = 200
# In the order of the keys, so that two who reserve the same ones never wait for each other in a circle.
_BEGIN = """
INSERT INTO workspaces_idempotentanswer
    (id, workspace_id, key, actor_id, fingerprint, status, body, headers, at)
SELECT new.id, %s, new.key, %s, new.fingerprint, 0, ''::bytea, '{}'::jsonb, %s
FROM unnest(%s::uuid[], %s::text[], %s::text[]) AS new(id, key, fingerprint) ORDER BY new.key
ON CONFLICT DO NOTHING RETURNING id
"""
_KEEP = """
UPDATE workspaces_idempotentanswer AS kept SET status = new.status, body = new.body, headers = new.headers
FROM unnest(%s::uuid[], %s::int[], %s::bytea[], %s::jsonb[]) AS new(id, status, body, headers)
WHERE kept.id = new.id
"""
_KEPT_HEADERS = ("Content-Type", "ETag", "Location")

Begun = UUID | HttpResponse | Invalid


@dataclass(frozen=True)
class Asked:
    """A write that its caller wants done once: the key, and what the request said."""

    key: str
    fingerprint: str


def asked_once(request: HttpRequest) -> Asked | None:
    """What the request's Idempotency-Key stands for; None without one. Invalid (422) for one too long."""
    key = request.headers.get("Idempotency-Key", "")
    if not key:
        return None
    if len(key) > LONGEST_KEY:
        raise Invalid(
            f"Use an Idempotency-Key of at most {LONGEST_KEY} characters.", code="idempotency_key_too_long"
        )
    said = f"{request.method} {request.get_full_path()}\n".encode() + request.body
    return Asked(key, hashlib.sha256(said).hexdigest())


def begin(actor: Actor, asked: Sequence[Asked]) -> list[Begun]:
    """Reserve these different keys for this transaction, in one statement, two if some are known.

    For each its reservation, or the answer it already has, or Invalid (422) when the key was used for a
    different request. A rival with the same key waits here until the first one's transaction ends.
    """
    if not asked:
        return []
    reserved = {one.key: ids.new_id() for one in asked}
    actor_id = actor.api_key_id or actor.member_id or actor.workspace_id
    prints = [one.fingerprint for one in asked]
    with connection.cursor() as cursor:
        columns: list[list[Any]] = [list(reserved.values()), list(reserved), prints]
        cursor.execute(_BEGIN, [actor.workspace_id, actor_id, clock.now(), *columns])
        made = {row[0] for row in cursor.fetchall()}
    known = [key for key, reservation in reserved.items() if reservation not in made]
    before = {}
    if known:
        rows = IdempotentAnswer.objects.filter(actor_id=actor_id, key__in=known)
        before = {kept.key: kept for kept in rows}
    return [_again(before[one.key], one) if one.key in before else reserved[one.key] for one in asked]


def _again(kept: IdempotentAnswer, asked: Asked) -> HttpResponse | Invalid:
    if kept.fingerprint != asked.fingerprint:
        return Invalid(
            "This Idempotency-Key was used for a different request. Use a new key.",
            code="idempotency_key_reused",
        )
    response = HttpResponse(bytes(kept.body), status=kept.status)
    for name, value in kept.headers.items():
        response.headers[name] = value
    response.headers["Idempotent-Replayed"] = "true"
    return response


def keep(answered: Mapping[UUID, HttpResponse]) -> None:
    """Remember the answers under the reserved keys, in one statement."""
    if not answered:
        return
    headers = [{n: r.headers[n] for n in _KEPT_HEADERS if n in r.headers} for r in answered.values()]
    columns: list[list[Any]] = [
        list(answered),
        [response.status_code for response in answered.values()],
        [response.content for response in answered.values()],
        [Jsonb(one) for one in headers],
    ]
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, columns)


def release(reserved: Collection[UUID]) -> None:
    """Give reserved keys back whose requests were refused; nothing to do when the transaction fails."""
    if reserved:
        IdempotentAnswer.objects.filter(id__in=reserved).delete()


def forget_old_answers() -> int:
    """Delete the answers older than a week, whose keys may be used again; how many there were."""
    return retention.forget(IdempotentAnswer.objects.filter(at__lt=clock.now() - KEPT).order_by("at"))
