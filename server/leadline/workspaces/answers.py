"""Answers to writes with an Idempotency-Key: given again instead of done again."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db import connection
from django.http import HttpResponse

from leadline.infra import retention
from leadline.kit import clock, ids
from leadline.kit.errors import Invalid
from leadline.workspaces.actor import Actor
from leadline.workspaces.models import IdempotentAnswer

KEPT = timedelta(days=7)
_BEGIN = """
INSERT INTO workspaces_idempotentanswer
    (id, workspace_id, key, actor_id, fingerprint, status, body, headers, at)
VALUES (%s, %s, %s, %s, %s, 0, ''::bytea, '{}'::jsonb, %s) ON CONFLICT DO NOTHING
"""


def begin(actor: Actor, key: str, fingerprint: str) -> UUID | HttpResponse:
    """Reserve the key for this transaction, or give the answer it already has.

    A rival with the same key waits here until the first one's transaction ends. Invalid (422) when the
    key was used for a different request.
    """
    reserved = ids.new_id()
    actor_id = actor.api_key_id or actor.member_id or actor.workspace_id
    with connection.cursor() as cursor:
        cursor.execute(_BEGIN, [reserved, actor.workspace_id, key, actor_id, fingerprint, clock.now()])
        if cursor.rowcount == 1:
            return reserved
    before = IdempotentAnswer.objects.get(actor_id=actor_id, key=key)
    if before.fingerprint != fingerprint:
        raise Invalid(
            "This Idempotency-Key was used for a different request. Use a new key.",
            code="idempotency_key_reused",
        )
    response = HttpResponse(bytes(before.body), status=before.status)
    for name, value in before.headers.items():
        response.headers[name] = value
    response.headers["Idempotent-Replayed"] = "true"
    return response


def keep(reserved: UUID, response: HttpResponse) -> None:
    """Remember the answer under the reserved key."""
    headers = {n: response.headers[n] for n in ("Content-Type", "ETag", "Location") if n in response.headers}
    IdempotentAnswer.objects.filter(id=reserved).update(
        status=response.status_code, body=response.content, headers=headers
    )


def forget_old_answers() -> int:
    """Delete the answers older than a week, whose keys may be used again; how many there were."""
    return retention.forget(IdempotentAnswer.objects.filter(at__lt=clock.now() - KEPT).order_by("at"))
