"""Leads, columns and pipelines as the API shows them."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field, field_validator

from leadline.infra.web import Shape, one_of
from leadline.leads import rules

BandWord = Annotated[str, one_of(rules.Band)]
ClockWord = Annotated[str, one_of(rules.CLOCK_STATES)]
KindWord = Annotated[str, one_of(rules.StageKind)]
Place = Annotated[int, Field(ge=0, le=1000)]


class Named(Shape):
    """Something with an id and a name."""

    id: UUID
    name: str


class Card(Shape):
    """A lead as the board shows it."""

    id: UUID
    version: int
    name: str
    value_minor: int
    currency: str
    contact_name: str
    company_name: str
    source: str
    channel: str
    score: int
    band: BandWord
    owner: Named | None
    stage_id: UUID
    entered_stage_at: datetime
    days_in_stage: int
    rotten: bool
    days_over: int
    next_step: str
    next_step_at: datetime | None
    respond_by: datetime | None
    sla: ClockWord
    escalated: bool
    unread: int
    status: Annotated[str, one_of(rules.LeadStatus)]


class LeadRow(Card):
    """A lead as a list shows it."""

    phone: str
    email: str
    lead_type: str
    created_at: datetime
    inbound_at: datetime
    last_activity_at: datetime
    city: str
    stage_name: str
    custom: dict[str, Any]
    tags: list[str]


class Amount(Shape):
    """Money of one currency."""

    currency: str
    minor: int


class StageOut(Shape):
    """A column of the board."""

    id: UUID
    version: int
    name: str
    colour: str
    kind: KindWord
    probability: int
    rots_after_days: int | None
    position: int
    required_fields: list[str]


class Column(Shape):
    """A column with its totals and its first cards.

    Money of several currencies (`mixed`) is converted into the board's at the workspace's rates;
    `unconverted` names the currencies that have no rate and are only in `value`.
    """

    stage: StageOut
    count: int
    value: list[Amount]
    value_minor: int
    mixed: bool
    unconverted: list[str]
    weighted_minor: int
    average_days: float
    cards: list[Card]
    next_cursor: str | None


class Board(Shape):
    """All columns of a pipeline."""

    pipeline: Named
    currency: str
    columns: list[Column]


class MoneyOf(Shape):
    """The open money of one stage or owner; `of` is none for the total and for leads of nobody."""

    of: Named | None
    count: int
    value_minor: int
    weighted_minor: int


class MoneyOut(Shape):
    """The open money of a pipeline, weighted by probability, by stage and by owner.

    `unconverted` names currencies that have no exchange rate and are not in the sums.
    """

    currency: str
    total: MoneyOf
    stages: list[MoneyOf]
    owners: list[MoneyOf]
    unconverted: list[str]


class ColumnPage(Shape):
    """More cards of a column."""

    cards: list[Card]
    next_cursor: str | None


class LeadIdentity(Shape):
    """One way to recognise a person."""

    kind: str
    value: str
    shown: str
    primary: bool


class LeadContact(Shape):
    """The person of a lead."""

    id: UUID
    version: int
    name: str
    identities: list[LeadIdentity]
    company: Named | None
    title: str
    city: str
    country: str
    language: str
    custom: dict[str, Any]
    consent: dict[str, Any]

    @field_validator("identities", mode="before")
    @classmethod
    def _rows(cls, value: Any) -> Any:
        return list(value.all()) if hasattr(value, "all") else value


class StageStay(Shape):
    """How many days a lead has spent in a stage in all; none when it never was there."""

    id: UUID
    name: str
    colour: str
    kind: KindWord
    days: float | None


class DuplicateOut(Shape):
    """Another contact that may be the same person."""

    contact_id: UUID
    name: str
    reason: str


class ClockOut(Shape):
    """The clock to the first human touch; it runs while it was started and not stopped."""

    state: ClockWord
    started_at: datetime | None
    due_at: datetime | None
    stopped_at: datetime | None
    breached_at: datetime | None
    policy: str | None


class AssignedOut(Shape):
    """Why the lead is with its owner; no text when nobody decided yet."""

    text: str
    reason: dict[str, Any]
    at: datetime | None


class CanOut(Shape):
    """What this member may do with the lead."""

    change: bool
    delete: bool
    send: bool


class LeadOut(LeadRow):
    """A lead with everything its page shows."""

    contact: LeadContact
    pipeline_id: UUID
    first_source: str
    campaign: str
    utm: dict[str, Any]
    page: str
    referrer: str
    interest: str
    text: str
    extra: dict[str, Any]
    fit: int
    engagement: int
    ready_at: datetime | None
    band_overridden: bool
    band_reason: str
    first_touch_at: datetime | None
    first_auto_reply_at: datetime | None
    closed_at: datetime | None
    loss_reason: Named | None
    loss_note: str
    competitor: str
    converted_at: datetime | None
    team: Named | None
    stages: list[StageStay]
    completeness: int
    possible_duplicates: list[DuplicateOut]
    sla: ClockOut  # type: ignore[assignment]  # the whole clock here, one word on a card
    assignment: AssignedOut
    can: CanOut


class PipelineOut(Shape):
    """A pipeline with its stages in order."""

    id: UUID
    version: int
    name: str
    position: int
    is_default: bool
    stages: list[StageOut]


class LossReasonOut(Shape):
    """A reason for which a lead may be lost."""

    id: UUID
    version: int
    name: str
    position: int


class RateOut(Shape):
    """What one unit of a currency is worth in the workspace's currency."""

    currency: str
    rate: Decimal
    version: int
    updated_at: datetime


class RatesOut(Shape):
    """The workspace's currency and the rates by which others are converted into it."""

    base: str
    rates: list[RateOut]


class RatesIn(Shape):
    """Rates by currency; null takes a rate away, and currencies that are not named keep theirs."""

    rates: dict[str, Decimal | None]


class SourceOut(Shape):
    """Where leads come from."""

    key: str
    label: str


class LeadContactIn(Shape):
    """What may be changed on the person of a lead."""

    name: str | None = None
    company: str | None = None
    title: str | None = None
    city: str | None = None
    country: str | None = None
    language: str | None = None
    phone: str | None = None
    email: str | None = None
    custom: dict[str, Any] | None = None


class LeadIn(Shape):
    """What may be changed on a lead; only what is sent is changed."""

    version: int | None = None
    name: str | None = None
    value_minor: int | None = None
    currency: str | None = None
    source: str | None = None
    campaign: str | None = None
    interest: str | None = None
    competitor: str | None = None
    owner_id: UUID | None = None
    next_step: str | None = None
    next_step_at: datetime | None = None
    lead_type: str | None = None
    tags: list[str] | None = None
    custom: dict[str, Any] | None = None
    contact: LeadContactIn | None = None


class LostIn(Shape):
    """Why a lead is lost."""

    reason_id: UUID | None = None
    note: str = ""
    competitor: str = ""


class WonFor(Shape):
    """What a lead is won for."""

    value_minor: int | None = None


class MoveIn(Shape):
    """Where a lead goes; `fields` fill in before the move what the stage asks for."""

    stage_id: UUID
    version: int | None = None
    lost: LostIn | None = None
    won: WonFor | None = None
    fields: LeadIn | None = None


class NoteIn(Shape):
    """Something to remember."""

    id: UUID | None = None
    text: str


class PipelineIn(Shape):
    """A pipeline to make or change."""

    name: str | None = None
    position: Place | None = None
    is_default: bool | None = None
    version: int | None = None


class StageIn(Shape):
    """A stage to make or change."""

    pipeline_id: UUID | None = None
    name: str | None = None
    position: Place | None = None
    colour: Annotated[str, Field(max_length=9)] | None = None
    probability: Annotated[int, Field(ge=0, le=100)] | None = None
    rots_after_days: Annotated[int, Field(ge=0, le=3650)] | None = None
    required_fields: Annotated[list[Annotated[str, Field(max_length=60)]], Field(max_length=30)] | None = None
    kind: rules.StageKind | None = None
    version: int | None = None


class LossReasonIn(Shape):
    """A reason to make or change."""

    name: str | None = None
    position: Place | None = None
    archived: bool | None = None
    version: int | None = None
