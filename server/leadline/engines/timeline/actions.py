"""Write the timeline; nothing is ever rewritten."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from leadline.engines.timeline.events import TimelineEntryAdded
from leadline.engines.timeline.models import TimelineEntry
from leadline.engines.timeline.ports import SENTENCE, Completion, Entry, completions
from leadline.infra import events, tenancy
from leadline.kit import clock
from leadline.kit.sentences import Sentence

__all__ = ["Entry", "erase", "offer_completion", "record", "rejoin"]


def record(*entries: Entry) -> list[TimelineEntry]:
    """Add the entries to the workspace of the running transaction: one INSERT and one event."""
    if not entries:
        return []
    workspace_id, now = tenancy.require_current(), clock.now()
    rows = TimelineEntry.objects.bulk_create(
        TimelineEntry(
            id=entry.id,
            workspace_id=workspace_id,
            about_id=entry.about_id,
            with_id=entry.with_id,
            kind=entry.kind,
            direction=entry.direction,
            automatic=entry.automatic,
            actor_name=entry.actor_name,
            member_id=entry.member_id,
            channel=entry.channel,
            text=str(entry.text),
            payload=_payload(entry),
            at=entry.at or now,
        )
        for entry in entries
    )
    events.record(
        TimelineEntryAdded(
            workspace_id=workspace_id,
            about_ids=tuple({entry.about_id: None for entry in entries if entry.about_id}),
            with_ids=tuple({entry.with_id: None for entry in entries if entry.with_id}),
            kinds=tuple(sorted({entry.kind for entry in entries})),
        )
    )
    return rows


def _payload(entry: Entry) -> dict[str, Any]:
    """What readers of other languages need is kept with the rest."""
    sentence = {SENTENCE: entry.text.data} if isinstance(entry.text, Sentence) else {}
    return {**entry.payload, **sentence}


def offer_completion(kind: str, complete: Completion) -> None:
    """A room adds to the payloads of its entries, at reading time, what changes later."""
    completions[kind] = complete


def rejoin(*, about: dict[UUID, UUID] | None = None, with_: dict[UUID, UUID] | None = None) -> int:
    """Let entries of merged records belong to the surviving ones; how many entries moved."""
    moved = 0
    for old, new in (about or {}).items():
        moved += TimelineEntry.objects.filter(about_id=old).update(about_id=new)
    for old, new in (with_ or {}).items():
        moved += TimelineEntry.objects.filter(with_id=old).update(with_id=new)
    return moved


def erase(*, about_ids: Collection[UUID] = (), with_ids: Collection[UUID] = ()) -> int:
    """Delete what happened to erased records and people, the only way to delete; how many entries went."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('leadline.erasing', 'on', true)")
        gone, _ = TimelineEntry.objects.filter(about_id__in=about_ids).delete()
        more, _ = TimelineEntry.objects.filter(with_id__in=with_ids).delete()
        cursor.execute("SELECT set_config('leadline.erasing', '', true)")
    return gone + more
