"""What a later look at the provider brings for submissions that are stuck."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from leadline.capture import rules
from leadline.capture.actions.receiving import receive
from leadline.capture.actions.understanding import queue
from leadline.capture.models import Connection, Submission
from leadline.capture.ports import Item
from leadline.capture.rules import State
from leadline.infra import tenancy

_STUCK = (State.FAILED.value, State.QUARANTINED.value)


def receive_found(connection: Connection, items: Sequence[Item]) -> int:
    """Receive what was found at the provider, and complete what is stuck without it; how many that helped."""
    with tenancy.workspace(connection.workspace_id):
        new = receive(connection, items)
        return len(new) + _complete(connection, {rules.natural_key(i.natural_key): i.body for i in items})


def erase(connection: Connection, natural_key: str) -> Submission | None:
    """Forget the bytes of one submission for good; its row stays, so that it is not received again."""
    key = rules.natural_key(natural_key)
    row = Submission.objects.select_for_update().filter(channel=connection.channel, natural_key=key).first()
    if row is not None:
        row.body, row.fetched, row.headers = b"", b"", {}
        row.save(update_fields=["body", "fetched", "headers"])
    return row


def _complete(connection: Connection, found: Mapping[str, bytes]) -> int:
    rows = Submission.objects.filter(
        channel=connection.channel,
        natural_key__in=list(found),
        state__in=_STUCK,
        spam=False,
        fetched=None,
    )
    stuck = list(rows.select_for_update(skip_locked=True).only("id", "natural_key"))
    if not stuck:
        return 0
    for row in stuck:
        row.fetched = found[row.natural_key]
    # The house's own way of writing many rows knows no bytes.
    Submission.objects.bulk_update(stuck, ["fetched"], batch_size=100)
    queue(connection.workspace_id, [row.id for row in stuck])
    return len(stuck)
