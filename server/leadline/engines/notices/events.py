"""What notices tell browsers."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from leadline.infra.events import Event


@dataclass(frozen=True, kw_only=True)
class NoticeGiven(Event):
    """A member was told something; one event per member and batch."""

    live = "notices"
    member_id: UUID
    notice_ids: tuple[UUID, ...]


@dataclass(frozen=True, kw_only=True)
class NoticesRead(Event):
    """A member read notices, in this window or another."""

    live = "notices"
    member_id: UUID
