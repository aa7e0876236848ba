"""Locks under which two inquiries of one person wait for each other.

Everybody takes them in one order, so that nobody waits in a circle: keys, then contacts by id, then leads.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b
from uuid import UUID

from django.db import connection

from leadline.contacts.models import Contact

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


def lock_contacts(contact_ids: Iterable[UUID]) -> list[Contact]:
    """These contacts as they are now, with their companies; locked until the transaction ends."""
    wanted = set(contact_ids)
    if not wanted:
        return []
    rows = Contact.objects.filter(id__in=wanted).select_related("company").order_by("id")
    return list(rows.select_for_update(no_key=True, of=("self",)))


def _lock_of(workspace_id: UUID, share: int) -> int:
    digest = blake2b(workspace_id.bytes + share.to_bytes(4), digest_size=8, person=b"identity").digest()
    return int.from_bytes(digest, signed=True)
