"""Write down who changed what."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Max

from leadline.kit.sentences import Sentence
from leadline.workspaces.actor import Actor
from leadline.workspaces.models import AuditEntry

# A thousand leads of one batch have three entries each.
_AT_ONCE = 10_000

# The address of the request being answered, for the audit only.
request_address: ContextVar[str | None] = ContextVar("leadline_request_address", default=None)
_collected: ContextVar[list[AuditEntry] | None] = ContextVar("leadline_collected_audit", default=None)


def entry(
    actor: Actor,
    action: str,
    object_type: str,
    object_id: UUID | None,
    changes: Mapping[str, Any] | None = None,
) -> AuditEntry:
    """An unsaved entry; `changes` maps a field to [old, new] or to a plain value."""
    return AuditEntry(
        workspace_id=actor.workspace_id,
        actor_name=actor.name,
        member_id=actor.member_id,
        api_key_id=actor.api_key_id,
        action=action,
        object_type=object_type,
        object_id=object_id,
        changes={key: _plain(value) for key, value in (changes or {}).items()},
        address=request_address.get(),
    )


def record(
    actor: Actor,
    action: str,
    object_type: str,
    object_id: UUID | None,
    changes: Mapping[str, Any] | None = None,
) -> None:
    """Write one entry in the running transaction."""
    record_all([entry(actor, action, object_type, object_id, changes)])


def record_all(entries: Iterable[AuditEntry]) -> None:
    """Write many entries in one statement."""
    collected = _collected.get()
    if collected is not None:
        collected += entries
        return
    AuditEntry.objects.bulk_create(list(entries), batch_size=_AT_ONCE)


@contextmanager
def in_one() -> Iterator[None]:
    """What is written down inside the block is written by one statement when it ends, and not at all when it
    fails; nothing inside may be undone alone."""
    entries: list[AuditEntry] = []
    token = _collected.set(entries)
    try:
        yield
    finally:
        _collected.reset(token)
    record_all(entries)


def last_changes(object_ids: Collection[UUID], *, but_not: Collection[str] = ()) -> dict[UUID, datetime]:
    """When a person, or whoever they let in, changed each of these last; one statement.

    What the product does by itself (it assigns, escalates) is nobody's change.
    """
    rows = AuditEntry.objects.filter(object_id__in=list(object_ids)).exclude(action__in=list(but_not))
    people = rows.exclude(member_id=None, action__in=("assigned", "escalated"))
    return dict(people.values_list("object_id").annotate(last=Max("at")))


def _plain(value: Any) -> Any:
    if isinstance(value, Sentence):
        return value.data
    if isinstance(value, UUID | Decimal):
        return str(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    return value
