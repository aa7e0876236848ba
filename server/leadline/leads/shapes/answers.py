"""Leads, columns and pipelines as the API shows them."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from pydantic import field_validator

from leadline.infra.web import Shape, one_of
from leadline.leads import rules

BandWord = Annotated[str, one_of(rules.Band)]
ClockWord = Annotated[str, one_of(rules.CLOCK_STATES)]
KindWord = Annotated[str, one_of(rules.StageKind)]


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
    deal: bool


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
    chance: int | None


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
    paused: str | None


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


class CustomerOfLead(Shape):
    """Whose deal it is, by which conversion, and whether that can still be undone."""

    id: UUID
    name: str
    conversion_id: UUID
    at: datetime
    can_undo: bool


class AnswerOut(Shape):
    """What is known about one question of the qualification; an empty state has only a note."""

    state: Annotated[str, one_of(("", *rules.Answer))]
    note: str


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
    qualification: dict[str, AnswerOut]
    budget_minor: int | None
    poor_fit: bool
    converted_at: datetime | None
    team: Named | None
    stages: list[StageStay]
    completeness: int
    possible_duplicates: list[DuplicateOut]
    sla: ClockOut  # type: ignore[assignment]  # the whole clock here, one word on a card
    assignment: AssignedOut
    can: CanOut
    customer: CustomerOfLead | None = None


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


class ObjectionOut(Shape):
    """What somebody had against buying, what was answered, and what became of it."""

    id: UUID
    version: int
    lead_id: UUID
    kind: str
    at: datetime
    answer: str
    outcome: Annotated[str, one_of(rules.Outcome)]
    by_name: str


class ObjectionKind(Shape):
    """A kind of objection: the leads that had it, and the percentage won of the closed ones."""

    kind: str
    leads: int
    overcome: int
    won: int
    lost: int
    win_rate: float | None


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


class SourceOut(Shape):
    """Where leads come from."""

    key: str
    label: str
