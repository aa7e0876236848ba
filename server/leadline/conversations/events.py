"""Facts about messages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from leadline.infra.events import Event


@dataclass(frozen=True, kw_only=True)
class MessageReceived(Event):
    """A person wrote to us; `reply` is true when we had written to them before."""

    live: ClassVar[str | None] = "conversations"
    lead_id: UUID | None
    contact_id: UUID
    message_id: UUID
    channel: str
    kind: str
    reply: bool
    at: datetime


@dataclass(frozen=True, kw_only=True)
class MessagesRead(Event):
    """Somebody read all messages of a lead."""

    live: ClassVar[str | None] = "conversations"
    lead_id: UUID


@dataclass(frozen=True, kw_only=True)
class MessageSent(Event):
    """We wrote to a person: the message is in the outbox; automatic ones are never touches."""

    live: ClassVar[str | None] = "conversations"
    lead_id: UUID | None
    contact_id: UUID
    message_id: UUID
    channel: str
    automatic: bool
    member_id: UUID | None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class MessageStateChanged(Event):
    """A message in the outbox went a step further, or failed."""

    live: ClassVar[str | None] = "conversations"
    lead_id: UUID | None
    contact_id: UUID
    message_id: UUID
    channel: str
    state: str
    error_code: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class ChannelStopped(Event):
    """Nothing can be sent through an account until somebody repairs it."""

    live: ClassVar[str | None] = "conversations"
    channel: str
    account_id: UUID | None
    text: str


@dataclass(frozen=True, kw_only=True)
class ComposersChanged(Event):
    """Members began or stopped writing to the persons of these leads."""

    live: ClassVar[str | None] = "composers"
    lead_ids: tuple[UUID, ...]


@dataclass(frozen=True, kw_only=True)
class CallNoted(Event):
    """Somebody wrote down a call with a lead, and how it ended."""

    lead_id: UUID
    direction: str
    outcome: str
    at: datetime
