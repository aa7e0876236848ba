"""Read notices."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q

from leadline.engines.notices import policy
from leadline.engines.notices.models import Notice
from leadline.infra.language import told
from leadline.infra.web import page
from leadline.infra.web.shapes import decode_cursor
from leadline.kit.errors import Invalid
from leadline.workspaces.actor import Actor


def notices(actor: Actor, cursor: str | None = None, limit: int = 50) -> tuple[list[Notice], str | None]:
    """A page of what the actor was told, newest first, and where the next page starts; one statement."""
    rows = policy.own_notices(actor)
    if cursor:
        rows = rows.filter(_before(cursor))
    return page(
        list(rows.order_by("-at", "-id")[: limit + 1]),
        limit=limit,
        key=lambda row: (row.at.isoformat(), str(row.id)),
    )


def worded(notice: Notice) -> tuple[str, str]:
    """Title and text of a notice in the language spoken now."""
    words = notice.words or {}
    return told(words.get("title"), notice.title), told(words.get("text"), notice.text)


def unread_count(actor: Actor) -> int:
    """How many notices the actor has not read."""
    return policy.own_notices(actor).filter(read_at=None).count()


def read_counts(link_ids: Collection[UUID], once: str) -> dict[tuple[UUID, UUID], int]:
    """How many notices, told under a key that begins with `once`, each member has read about each record."""
    rows = Notice.objects.filter(link_id__in=link_ids, once__startswith=once, read_at__isnull=False)
    counted = rows.order_by().values_list("member_id", "link_id").annotate(n=Count("id"))
    return {(member_id, link_id): n for member_id, link_id, n in counted if link_id is not None}


def _before(cursor: str) -> Q:
    try:
        at_text, id_text = decode_cursor(cursor)
        at, row_id = datetime.fromisoformat(at_text), UUID(id_text)
        at.astimezone()
    except (ValueError, TypeError, AttributeError, OverflowError) as error:
        raise Invalid("This cursor is not valid; start again without it.", field="cursor") from error
    return Q(at__lte=at) & (Q(at__lt=at) | Q(id__lt=row_id))
