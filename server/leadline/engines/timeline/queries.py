"""Read the timeline."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet

from leadline.engines.timeline import policy
from leadline.engines.timeline.models import TimelineEntry
from leadline.engines.timeline.ports import SENTENCE, EntryActor, EntryOut, completions
from leadline.infra.language import told
from leadline.infra.web import Page, page
from leadline.infra.web.shapes import decode_cursor
from leadline.kit.errors import Invalid
from leadline.workspaces.actor import Actor

__all__ = ["EntryOut", "counts_of_all", "entries", "entries_of_all", "last_human", "shown"]


def entries(
    actor: Actor,
    *,
    about_id: UUID | None = None,
    with_id: UUID | None = None,
    cursor: str | None = None,
    kinds: Collection[str] = (),
    limit: int = 50,
) -> Page[EntryOut]:
    """A page of what happened to a record, or with a person, or either; newest first.

    One statement, and those of the completions of the kinds found. The caller has checked that the
    actor may see the record.
    """
    about = Q(about_id=about_id) if about_id else Q()
    wanted = about | Q(with_id=with_id) if with_id else about
    if not wanted:
        raise ValueError("Name the record or the person.")
    return _page(policy.visible_entries(actor).filter(wanted), cursor, kinds, limit)


def entries_of_all(
    actor: Actor,
    *,
    about_ids: Collection[UUID],
    with_ids: Collection[UUID] = (),
    cursor: str | None = None,
    kinds: Collection[str] = (),
    limit: int = 50,
) -> Page[EntryOut]:
    """A page of what happened to several records, and with these people apart from any record; newest first.

    One statement, and those of the completions. The caller has checked that the actor may see the records.
    """
    return _page(_of_all(actor, about_ids, with_ids), cursor, kinds, limit)


def counts_of_all(
    actor: Actor, *, about_ids: Collection[UUID], with_ids: Collection[UUID] = ()
) -> dict[str, int]:
    """How many entries of each kind those pages hold together: one statement."""
    rows = _of_all(actor, about_ids, with_ids).order_by().values_list("kind")
    return dict(rows.annotate(n=Count("id")))


def _of_all(actor: Actor, about_ids: Collection[UUID], with_ids: Collection[UUID]) -> QuerySet[TimelineEntry]:
    alone = Q(about_id=None, with_id__in=list(with_ids))
    return policy.visible_entries(actor).filter(Q(about_id__in=list(about_ids)) | alone)


def _page(
    rows: QuerySet[TimelineEntry], cursor: str | None, kinds: Collection[str], limit: int
) -> Page[EntryOut]:
    if kinds:
        rows = rows.filter(kind__in=kinds)
    if cursor:
        rows = rows.filter(_before(cursor))
    found, next_cursor = page(
        list(rows.order_by("-at", "-id")[: limit + 1]),
        limit=limit,
        key=lambda row: (row.at.isoformat(), str(row.id)),
    )
    return Page(items=shown(found), next_cursor=next_cursor)


def shown(rows: Sequence[TimelineEntry]) -> list[EntryOut]:
    """The entries as the API shows them, completed by the rooms they came from."""
    extra = _completed(rows)
    return [_shown(row, extra.get(row.id, {})) for row in rows]


def _completed(rows: Sequence[TimelineEntry]) -> dict[UUID, dict[str, Any]]:
    extra: dict[UUID, dict[str, Any]] = {}
    for kind in sorted({row.kind for row in rows} & completions.keys()):
        of_kind = [row for row in rows if row.kind == kind]
        extra.update({row_id: dict(more) for row_id, more in completions[kind](of_kind).items()})
    return extra


def _shown(row: TimelineEntry, extra: dict[str, Any]) -> EntryOut:
    return EntryOut(
        id=row.id,
        kind=row.kind,
        at=row.at,
        direction=row.direction,
        automatic=row.automatic,
        actor=EntryActor(id=row.member_id, name=row.actor_name) if row.actor_name else None,
        channel=row.channel,
        text=told(row.payload.get(SENTENCE), row.text),
        payload={key: value for key, value in {**row.payload, **extra}.items() if key != SENTENCE},
    )


def _before(cursor: str) -> Q:
    try:
        at_text, id_text = decode_cursor(cursor)
        at, row_id = datetime.fromisoformat(at_text), UUID(id_text)
        at.astimezone()
    except (ValueError, TypeError, AttributeError, OverflowError) as error:
        raise Invalid("This cursor is not valid; start again without it.", field="cursor") from error
    return Q(at__lte=at) & (Q(at__lt=at) | Q(id__lt=row_id))


def last_human(about_ids: Collection[UUID], *, but_not: str) -> dict[UUID, datetime]:
    """When somebody last wrote, called, noted or asked about each of these, except through one channel."""
    rows = TimelineEntry.objects.filter(about_id__in=list(about_ids), automatic=False)
    said = rows.exclude(channel=but_not).exclude(kind__in=("system", "assigned", "scored"))
    return dict(said.values_list("about_id").annotate(last=Max("at")))
