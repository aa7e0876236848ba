"""What the API of owners and clocks takes in and gives out."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from leadline.assignment import rules
from leadline.infra.web import Shape, one_of
from leadline.leads.rules import Band


class NamedOut(Shape):
    """Something with a name."""

    id: UUID
    name: str


class TriedOut(Shape):
    """One rule and what it says about the lead."""

    rule_id: UUID
    name: str
    sentence: str
    matched: bool
    outcome: str


class SimulationOut(Shape):
    """What the rules would do with the lead now."""

    rules: list[TriedOut]
    would_go_to: NamedOut | None
    team_name: str


class AssignmentOut(Shape):
    """Who has a lead, why, and what the rules would do now."""

    owner: NamedOut | None
    team: NamedOut | None
    text: str
    reason: dict[str, Any]
    at: datetime | None
    simulation: SimulationOut


class AssignmentIn(Shape):
    """The new owner, or the team whose turn decides."""

    owner_id: UUID | None = None
    team_id: UUID | None = None


class Target(Shape):
    """Who gets the leads of a rule."""

    kind: Annotated[str, one_of(rules.TargetKind)]
    team_id: UUID | None = None
    member_id: UUID | None = None


class AssignmentRuleOut(Shape):
    """A rule."""

    id: UUID
    version: int
    name: str
    position: int
    enabled: bool
    when: dict[str, Any]
    sentence: str
    target: Target
    until_ready: bool
    claim_minutes: int | None


class NewAssignmentRule(Shape):
    """A rule to create; an empty `when` matches every lead."""

    name: str
    target: Target
    when: dict[str, Any] = {}
    position: int | None = None
    enabled: bool = True
    until_ready: bool = False
    claim_minutes: int | None = None


class AssignmentRuleIn(Shape):
    """What to change in a rule."""

    version: int | None = None
    name: str | None = None
    target: Target | None = None
    when: dict[str, Any] | None = None
    position: int | None = None
    enabled: bool | None = None
    until_ready: bool | None = None
    claim_minutes: int | None = None


class SlaPolicyOut(Shape):
    """Within how many minutes a lead of a band must be answered."""

    id: UUID
    version: int
    band: Annotated[str, one_of(Band)]
    minutes: int
    clock: Annotated[str, one_of(rules.ClockKind)]


class SlaPolicyIn(Shape):
    """What to change in a policy."""

    version: int | None = None
    minutes: int | None = None
    clock: str | None = None


class BusinessHoursOut(Shape):
    """When the business is open; `is_set` is false until there is an hour."""

    id: UUID
    version: int
    timezone: str
    weekly: dict[str, list[list[str]]]
    holidays: list[str]
    is_set: bool


class BusinessHoursIn(Shape):
    """What to change in the hours."""

    version: int | None = None
    timezone: str | None = None
    weekly: dict[str, list[list[str]]] | None = None
    holidays: list[str] | None = None


class TeamHoursOut(Shape):
    """When a team works; what is empty is as in the business, and `version` 0 until somebody says so."""

    team: NamedOut
    version: int
    timezone: str
    weekly: dict[str, list[list[str]]]
    holidays: list[str]
    business_holidays: bool


class TeamHoursIn(Shape):
    """What to change in the hours of a team."""

    version: int | None = None
    timezone: str | None = None
    weekly: dict[str, list[list[str]]] | None = None
    holidays: list[str] | None = None
    business_holidays: bool | None = None


class ChainStepShape(Shape):
    """So long after the time to answer was over these people are told, and the lead may go to the next."""

    after_minutes: int
    tell: Annotated[str, one_of(rules.Whom)]
    member_id: UUID | None = None
    carriers: list[str] = []
    reassign: bool = False


class PauseIn(Shape):
    """For as long as the condition holds for a lead, its clock stands still."""

    name: str
    when: dict[str, Any]


class PauseOut(PauseIn):
    """A pause with its condition in words."""

    sentence: str


class AnswerPlanOut(Shape):
    """What happens around the answer; `version` 0 until somebody changes it."""

    version: int
    chain: list[ChainStepShape]
    pauses: list[PauseOut]
    first_step: str
    first_step_minutes: int | None


class AnswerPlanIn(Shape):
    """What to change; without minutes new owners get no first task."""

    version: int | None = None
    chain: list[ChainStepShape] | None = None
    pauses: list[PauseIn] | None = None
    first_step: str | None = None
    first_step_minutes: int | None = None


class SlaBreachOut(Shape):
    """A lead that was not answered in time; `late_minutes` counts to the answer, the closing, or now."""

    lead: NamedOut
    owner: NamedOut | None
    band: Annotated[str, one_of(Band)]
    due_at: datetime
    late_minutes: int
    answered_at: datetime | None
    closed: bool
    escalated: bool


class SlaKeptOut(Shape):
    """How many first answers were in time; `attainment` in percent, none where nothing fell due."""

    owner: NamedOut | None
    met: int
    breached: int
    attainment: float | None


class SlaBandOut(Shape):
    """The same for all leads of a band."""

    band: Annotated[str, one_of(Band)]
    met: int
    breached: int
    attainment: float | None


class SlaBreachesOut(Shape):
    """A page of breaches, the newest first, and the numbers of the whole period by owner and by band."""

    first: date
    last: date
    items: list[SlaBreachOut]
    next_cursor: str | None
    total: SlaKeptOut
    owners: list[SlaKeptOut]
    bands: list[SlaBandOut]


class RehearsalIn(Shape):
    """A rule to try out: a new one, or the one with this id as it would be."""

    rule_id: UUID | None = None
    rule: AssignmentRuleIn | None = None


class RehearsedOut(Shape):
    """A lead, and who would get it by the rules as they are and as they would be."""

    lead: NamedOut
    now: str
    then: str
    elsewhere: bool
    because: str


class ShareOut(Shape):
    """How many of the leads somebody, or a queue, would get now and then."""

    name: str
    now: int
    then: int


class RehearsalOut(Shape):
    """Who would get the newest leads; `elsewhere` counts those that the change sends to somebody else."""

    leads: int
    elsewhere: int
    shares: list[ShareOut]
    items: list[RehearsedOut]


class AvailabilityOut(Shape):
    """When a member takes leads in turn, and how many; `version` 0 until somebody says so."""

    member: NamedOut
    version: int
    away: bool
    absences: list[list[date]]
    weekly: dict[str, list[list[str]]]
    weight: int
    daily_cap: int | None
    open_cap: int | None


class AvailabilityIn(Shape):
    """What to change; a limit of null is no limit."""

    version: int | None = None
    away: bool | None = None
    absences: list[list[str]] | None = None
    weekly: dict[str, list[list[str]]] | None = None
    weight: int | None = None
    daily_cap: int | None = None
    open_cap: int | None = None
