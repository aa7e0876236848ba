"""The bell of a member."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ninja import Field, Router

from leadline.engines.notices import actions, queries
from leadline.engines.notices.models import Notice
from leadline.infra.web import Shape
from leadline.kit.errors import Invalid
from leadline.workspaces.requests import ActorRequest

router = Router(tags=["notices"])


class LinkOut(Shape):
    """The record a notice speaks of."""

    object: str
    id: UUID


class NoticeOut(Shape):
    """One thing the member was told."""

    id: UUID
    version: int
    kind: str
    title: str
    text: str
    link: LinkOut | None
    at: datetime
    read_at: datetime | None


class NoticesOut(Shape):
    """A page of notices and the number on the bell."""

    items: list[NoticeOut]
    unread: int
    next_cursor: str | None


class ReadsIn(Shape):
    """Which notices were read: some by id, or all."""

    ids: list[UUID] | None = Field(None, max_length=1000)
    all: bool = False


class UnreadOut(Shape):
    """The number on the bell."""

    unread: int


def _shown(row: Notice) -> NoticeOut:
    title, text = queries.worded(row)
    link = LinkOut(object=row.link_object, id=row.link_id) if row.link_id else None
    return NoticeOut(
        id=row.id,
        version=row.version,
        kind=row.kind,
        title=title,
        text=text,
        link=link,
        at=row.at,
        read_at=row.read_at,
    )


@router.get("/notices", response=NoticesOut)
def list_notices(request: ActorRequest, cursor: str | None = None) -> NoticesOut:
    """What the member was told, newest first."""
    rows, next_cursor = queries.notices(request.auth, cursor)
    unread = queries.unread_count(request.auth)
    return NoticesOut(items=[_shown(row) for row in rows], unread=unread, next_cursor=next_cursor)


@router.post("/notices/reads", response=UnreadOut)
def create_reads(request: ActorRequest, body: ReadsIn) -> UnreadOut:
    """Mark notices as read."""
    if body.ids is None and not body.all:
        raise Invalid("Give the ids of the notices, or all: true.", field="ids")
    actions.read(request.auth, None if body.all else body.ids)
    return UnreadOut(unread=queries.unread_count(request.auth))
