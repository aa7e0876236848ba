"""The API of owners and clocks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Any, TypeVar
from uuid import UUID

from ninja import Router, Status
from pydantic import Field

from leadline.assignment import actions, queries, rules
from leadline.assignment.models import AssignmentRule, SlaPolicy
from leadline.infra.language import worded
from leadline.infra.web import Shape, one_of, showing_current
from leadline.leads import queries as leads
from leadline.leads.models import Lead
from leadline.leads.rules import Band
from leadline.workspaces.requests import ActorRequest

R = TypeVar("R", AssignmentRule, SlaPolicy)
router = Router(tags=["assignment"])


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


class NewAssignmentRule(Shape):
    """A rule to create; an empty `when` matches every lead."""

    name: str
    target: Target
    when: dict[str, Any] = {}
    position: int | None = None
    enabled: bool = True
    until_ready: bool = False


class AssignmentRuleIn(Shape):
    """What to change in a rule."""

    version: int | None = None
    name: str | None = None
    target: Target | None = None
    when: dict[str, Any] | None = None
    position: int | None = None
    enabled: bool | None = None
    until_ready: bool | None = None


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


class SlaBreachesOut(Shape):
    """A page of breaches, the newest first, and the numbers of the whole period by owner."""

    first: date
    last: date
    items: list[SlaBreachOut]
    next_cursor: str | None
    total: SlaKeptOut
    owners: list[SlaKeptOut]


@router.get("/leads/{lead_id}/assignment", response=AssignmentOut)
def get_assignment(request: ActorRequest, lead_id: UUID) -> dict[str, Any]:
    """Who has a lead and why."""
    lead = leads.require_visible(request.auth, lead_id)
    return _assignment(request, lead)


@router.post("/leads/{lead_id}/assignments", response={201: AssignmentOut})
def create_assignment(request: ActorRequest, lead_id: UUID, body: AssignmentIn) -> Status[dict[str, Any]]:
    """Give a lead to somebody else."""
    lead = actions.hand_to(request.auth, lead_id, owner_id=body.owner_id, team_id=body.team_id)
    return Status(201, _assignment(request, lead))


@router.get("/assignment-rules", response=list[AssignmentRuleOut])
def list_assignment_rules(request: ActorRequest) -> list[dict[str, Any]]:
    """The rules in their order; the first that matches decides."""
    return [_rule(rule) for rule in queries.rules(request.auth)]


@router.post("/assignment-rules", response={201: AssignmentRuleOut})
def create_assignment_rule(request: ActorRequest, body: NewAssignmentRule) -> Status[dict[str, Any]]:
    """Add a rule."""
    return Status(201, _rule(actions.create_rule(request.auth, body.model_dump(exclude_none=True))))


@router.patch("/assignment-rules/{rule_id}", response=AssignmentRuleOut)
def change_assignment_rule(request: ActorRequest, rule_id: UUID, body: AssignmentRuleIn) -> dict[str, Any]:
    """Change, reorder or switch off a rule."""
    changes = body.model_dump(exclude_none=True, exclude={"version"})
    with showing_current(
        lambda: AssignmentRuleOut.model_validate(_rule(_with_id(queries.rules(request.auth), rule_id)))
    ):
        return _rule(actions.change_rule(request.auth, rule_id, changes, body.version))


@router.delete("/assignment-rules/{rule_id}", response={204: None})
def delete_assignment_rule(request: ActorRequest, rule_id: UUID) -> Status[None]:
    """Remove a rule."""
    actions.delete_rule(request.auth, rule_id)
    return Status(204, None)


@router.get("/sla-policies", response=list[SlaPolicyOut])
def list_sla_policies(request: ActorRequest) -> Any:
    """Within how many minutes leads must be answered."""
    return queries.policies(request.auth)


@router.patch("/sla-policies/{policy_id}", response=SlaPolicyOut)
def change_sla_policy(request: ActorRequest, policy_id: UUID, body: SlaPolicyIn) -> Any:
    """Change the time of a band."""
    changes = body.model_dump(exclude_none=True, exclude={"version"})
    with showing_current(
        lambda: SlaPolicyOut.model_validate(_with_id(queries.policies(request.auth), policy_id))
    ):
        return actions.change_policy(request.auth, policy_id, changes, body.version)


@router.get("/sla-breaches", response=SlaBreachesOut)
def list_sla_breaches(
    request: ActorRequest,
    first: date | None = None,
    last: date | None = None,
    owner_id: UUID | None = None,
    cursor: str | None = None,
    limit: Annotated[int, Field(ge=1, le=200)] = 50,
) -> Any:
    """Leads that nobody answered in time, and how often each owner kept the time."""
    return queries.breaches(
        request.auth, first=first, last=last, owner_id=owner_id, cursor=cursor, limit=limit
    )


@router.get("/business-hours", response=BusinessHoursOut)
def get_business_hours(request: ActorRequest) -> dict[str, Any]:
    """When the business is open."""
    return _hours(queries.hours(request.auth))


@router.patch("/business-hours", response=BusinessHoursOut)
def change_business_hours(request: ActorRequest, body: BusinessHoursIn) -> dict[str, Any]:
    """Set when the business is open."""
    changes = body.model_dump(exclude_none=True, exclude={"version"})
    with showing_current(lambda: BusinessHoursOut.model_validate(get_business_hours(request))):
        return _hours(actions.change_hours(request.auth, changes, body.version))


def _with_id(rows: Sequence[R], row_id: UUID) -> R:
    return next(row for row in rows if row.id == row_id)


def _assignment(request: ActorRequest, lead: Lead) -> dict[str, Any]:
    found = queries.simulate(request.auth, lead.id)
    return {
        "owner": lead.owner,
        "team": lead.team,
        **leads.explained(lead),
        "at": lead.assigned_at,
        "simulation": {
            "rules": [_tried(tried) for tried in found.tried],
            "would_go_to": found.person,
            "team_name": found.team_name,
        },
    }


def _tried(tried: queries.Tried) -> dict[str, Any]:
    words = {"sentence": worded(tried.sentence), "outcome": worded(tried.outcome)}
    return {**vars(tried), **words}


def _rule(rule: AssignmentRule) -> dict[str, Any]:
    names = ("id", "version", "name", "position", "enabled", "when", "until_ready")
    target = {"kind": rule.target_kind, "team_id": rule.team_id, "member_id": rule.member_id}
    values = {name: getattr(rule, name) for name in names}
    return {**values, "sentence": worded(queries.sentence(rule.when)), "target": target}


def _hours(row: Any) -> dict[str, Any]:
    names = ("id", "version", "timezone", "weekly", "holidays")
    return {**{name: getattr(row, name) for name in names}, "is_set": any(row.weekly.values())}
