"""What happens to people."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from leadline.infra.events import Event


@dataclass(frozen=True, kw_only=True)
class MemberJoined(Event):
    """A member was added or came back."""

    live = "members"
    member_id: UUID


@dataclass(frozen=True, kw_only=True)
class MemberChanged(Event):
    """A member's name, role, teams or phone changed."""

    live = "members"
    member_id: UUID


@dataclass(frozen=True, kw_only=True)
class MemberDeactivated(Event):
    """A member can no longer log in; what they own must find new owners."""

    live = "members"
    member_id: UUID
