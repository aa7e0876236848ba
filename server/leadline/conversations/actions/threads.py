"""Find or start the threads messages belong to."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from leadline.conversations import queries
from leadline.conversations.models import Thread

Key = tuple[str, UUID | None, UUID]  # channel, account, contact


def lock_threads(keys: Collection[Key]) -> dict[Key, Thread]:
    """The thread of each key, made if it is new, locked until the transaction ends; one statement when all
    of them are known, three otherwise."""
    found = _locked(keys)
    if len(found) < len(keys):
        Thread.objects.bulk_create(
            [
                Thread(channel=channel, account_id=account, contact_id=contact)
                for channel, account, contact in keys
                if (channel, account, contact) not in found
            ],
            ignore_conflicts=True,
        )
        found = _locked(keys)
    return found


def lock_newest_thread(channel: str, contact_id: UUID) -> Thread | None:
    """The thread of the person on the channel that was used last, locked until the transaction ends."""
    return queries.threads_with(contact_id, channel).select_for_update(of=("self",)).first()


def _locked(keys: Collection[Key]) -> dict[Key, Thread]:
    rows = Thread.objects.select_for_update(of=("self",)).filter(
        contact_id__in={contact for _, _, contact in keys}, channel__in={channel for channel, _, _ in keys}
    )
    # One order for everybody, so that two batches with the same people cannot block each other.
    found = {(row.channel, row.account_id, row.contact_id): row for row in rows.order_by("id")}
    return {key: found[key] for key in keys if key in found}
