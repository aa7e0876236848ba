"""What happens to leads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from leadline.infra.events import Event


@dataclass(frozen=True, kw_only=True)
class LeadEvent(Event):
    """Something happened to one lead."""

    live: ClassVar[str | None] = "leads"
    lead_id: UUID


@dataclass(frozen=True, kw_only=True)
class LeadCaptured(LeadEvent):
    """A new lead came in; a quiet one needs no answer."""

    contact_id: UUID
    channel: str
    source: str
    at: datetime
    by_member_id: UUID | None = None
    quiet: bool = False


@dataclass(frozen=True, kw_only=True)
class InquiryJoined(LeadEvent):
    """Another inquiry of the same person joined an open lead."""

    contact_id: UUID
    channel: str
    source: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class LeadMoved(LeadEvent):
    """A lead entered another stage."""

    from_stage_id: UUID
    to_stage_id: UUID
    from_kind: str
    to_kind: str
    at: datetime
    by_human: bool


@dataclass(frozen=True, kw_only=True)
class LeadChanged(LeadEvent):
    """Fields of a lead, or of its contact (as contact.x), were changed."""

    fields: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class LeadScored(LeadEvent):
    """The score of a lead changed."""

    score: int
    band: str
    previous_score: int
    previous_band: str


@dataclass(frozen=True, kw_only=True)
class BandChanged(LeadEvent):
    """A lead became hot, warm or cold."""

    from_band: str
    to_band: str


@dataclass(frozen=True, kw_only=True)
class LeadReady(LeadEvent):
    """A lead reached the score at which sales should take it."""

    at: datetime


@dataclass(frozen=True, kw_only=True)
class LeadAssigned(LeadEvent):
    """A lead got an owner or team; `by_member_id` is the person who chose them, if one did."""

    owner_id: UUID | None
    team_id: UUID | None
    previous_owner_id: UUID | None
    previous_team_id: UUID | None = None
    by_rule: bool
    by_member_id: UUID | None = None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class LeadTouched(LeadEvent):
    """A human wrote to, called or met the person."""

    member_id: UUID | None
    channel: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class LeadWon(LeadEvent):
    """A lead was won."""

    at: datetime


@dataclass(frozen=True, kw_only=True)
class LeadLost(LeadEvent):
    """A lead was lost."""

    loss_reason_id: UUID | None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class LeadConverted(LeadEvent):
    """A lead became a deal: the same record, from now on with the time of it."""

    at: datetime


@dataclass(frozen=True, kw_only=True)
class ConversionUndone(LeadEvent):
    """A deal is a lead again."""

    at: datetime


@dataclass(frozen=True, kw_only=True)
class LeadReopened(LeadEvent):
    """A closed lead is open again."""

    at: datetime


@dataclass(frozen=True, kw_only=True)
class LeadMarkedSpam(LeadEvent):
    """A lead turned out to be spam."""

    at: datetime


@dataclass(frozen=True, kw_only=True)
class LeadDeleted(LeadEvent):
    """A lead was put into the trash."""

    at: datetime


@dataclass(frozen=True, kw_only=True)
class LeadRestored(LeadEvent):
    """A lead came back from the trash."""

    at: datetime


@dataclass(frozen=True, kw_only=True)
class LeadEscalated(LeadEvent):
    """Nobody answered a lead in time and the managers are told."""

    at: datetime
