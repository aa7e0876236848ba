"""What others hand in about leads, and the parts of a lead's page that higher rooms know."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from leadline.contacts.models import Contact
from leadline.kit.sentences import Text
from leadline.workspaces.actor import Actor


@dataclass(frozen=True, kw_only=True)
class Placed:
    """Where a lead stands that is not new: a stage, and whether it is closed there."""

    pipeline_id: UUID
    stage_id: UUID
    status: str = "open"


@dataclass(frozen=True, kw_only=True)
class NewInquiry:
    """One inquiry of a contact. With `message_follows` its channel files the text as a message itself.

    A `quiet` one is history, such as a row of an old list: nobody has to answer it.
    """

    contact: Contact
    channel: str
    source: str
    at: datetime
    title: str = ""
    text: str = ""
    interest: str = ""
    value_minor: int | None = None
    currency: str = ""
    campaign: str = ""
    utm: Mapping[str, Any] = field(default_factory=dict)
    page: str = ""
    referrer: str = ""
    fields: Mapping[str, Any] = field(default_factory=dict)
    extra: Mapping[str, Any] = field(default_factory=dict)
    # What the person said otherwise than the contact, which keeps what it has.
    differs: Mapping[str, str] = field(default_factory=dict)
    match_reason: str = ""
    message_follows: bool = False
    owner_id: UUID | None = None
    team_id: UUID | None = None
    id: UUID | None = None
    placed: Placed | None = None
    quiet: bool = False
    # The person was made in this transaction: nobody else can know them, or have a lead of theirs.
    first_seen: bool = False


@dataclass(frozen=True, kw_only=True)
class LossIn:
    """Why a lead is lost."""

    reason_id: UUID | None = None
    note: str = ""
    competitor: str = ""


@dataclass(frozen=True, kw_only=True)
class WonIn:
    """What a lead was won for; nothing given keeps its value."""

    value_minor: int | None = None


@dataclass(frozen=True, kw_only=True)
class ScoreOf:
    """The computed score of a lead."""

    lead_id: UUID
    fit: int
    engagement: int
    score: int
    band: str
    ready_at: datetime | None
    poor_fit: bool = False


@dataclass(frozen=True, kw_only=True)
class CountedScores:
    """Scores that the database itself counts, for very many leads at once.

    `parts` are the parts of a WITH; the last of them is called `moved` and has the columns of ScoreOf, with
    `id` for the lead. Its leads are locked, and a band set by hand is their band.
    """

    parts: str
    values: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class AnswerTimes:
    """Until when a human must answer a lead, and when half and most of that time is gone.

    The rooms above count them on their own calendar.
    """

    warn_50_at: datetime
    warn_80_at: datetime
    due_at: datetime


@dataclass(frozen=True, kw_only=True)
class PlannedStep:
    """A next step for a lead that has none, or has this one already: then only its time is another."""

    text: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class AssignmentOf:
    """Who gets a lead and why; without `answer` the lead keeps the times it has.

    `by_member_id` is the person who chose the owner, if one did.
    """

    lead_id: UUID
    owner_id: UUID | None
    team_id: UUID | None
    reason_text: Text = ""
    reason: Mapping[str, Any] = field(default_factory=dict)
    answer: AnswerTimes | None = None
    step: PlannedStep | None = None
    by_rule: bool = True
    by_member_id: UUID | None = None


Detail = Callable[[Actor, Sequence[UUID]], Mapping[UUID, Any]]
_details: dict[str, Detail] = {}


def offer_detail(key: str, load: Detail) -> None:
    """A higher room adds a part (such as "sla") to a lead's page: JSON values by lead id."""
    _details[key] = load


def details() -> Mapping[str, Detail]:
    """The parts of a lead's page that are offered."""
    return _details
