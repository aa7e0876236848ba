"""Locks under which two inquiries of one person wait for each other."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b
from uuid import UUID

from django.db import connection

# A batch may name thousands of keys; PostgreSQL's lock table is small, so keys share this many locks.
_LOCKS_PER_WORKSPACE = 2048


def lock_keys(workspace_id: UUID, keys: Iterable[tuple[str, str]]) -> None:
    """Nobody else matches or writes these keys until this transaction ends; always taken in one order."""
    shares = {
        int.from_bytes(blake2b(":".join(key).encode("utf-8", "replace"), digest_size=4).digest())
        for key in keys
    }
    if not shares:
        return
    locks = sorted({_lock_of(workspace_id, share % _LOCKS_PER_WORKSPACE) for share in shares})
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(k) FROM unnest(%s::bigint[]) AS k", [locks])


def _lock_of(workspace_id: UUID, share: int) -> int:
    digest = blake2b(workspace_id.bytes + share.to_bytes(4), digest_size=8, person=b"identity").digest()
    return int.from_bytes(digest, signed=True)
