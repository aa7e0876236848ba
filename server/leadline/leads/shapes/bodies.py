"""What is sent about leads, columns and pipelines."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from leadline.infra.web import Shape
from leadline.leads import rules

Place = Annotated[int, Field(ge=0, le=1000)]


class ObjectionIn(Shape):
    """An objection to write down."""

    id: UUID | None = None
    kind: str
    answer: str = ""
    outcome: rules.Outcome = rules.Outcome.OPEN


class ObjectionChangeIn(Shape):
    """What may change of an objection."""

    version: int | None = None
    kind: str | None = None
    answer: str | None = None
    outcome: rules.Outcome | None = None


class RatesIn(Shape):
    """Rates by currency; null takes a rate away, and currencies that are not named keep theirs."""

    rates: dict[str, Decimal | None]


class LeadContactIn(Shape):
    """What may be changed on the person of a lead."""

    name: str | None = None
    company: str | None = None
    title: str | None = None
    city: str | None = None
    postcode: str | None = None
    country: str | None = None
    language: str | None = None
    phone: str | None = None
    email: str | None = None
    custom: dict[str, Any] | None = None


class AnswerIn(Shape):
    """What is known about one question of the qualification; an empty answer takes it away."""

    state: rules.Answer | None = None
    note: Annotated[str, Field(max_length=1000)] = ""


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
    qualification: dict[str, AnswerIn | None] | None = None
    budget_minor: int | None = None
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
