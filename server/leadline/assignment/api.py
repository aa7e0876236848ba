"""The API of owners and clocks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, TypeVar
from uuid import UUID

from ninja import Router, Status
from pydantic import Field

from leadline.assignment import actions, queries, shapes
from leadline.assignment.answers import rehearsal
from leadline.assignment.models import AnswerPlan, AssignmentRule, Availability, SlaPolicy, TeamHours
from leadline.infra.language import worded
from leadline.infra.web import Shape, showing_current
from leadline.leads import queries as leads
from leadline.leads.models import Lead
from leadline.workspaces.models import Member, Team
from leadline.workspaces.requests import ActorRequest

R = TypeVar("R", AssignmentRule, SlaPolicy)
router = Router(tags=["assignment"])


@router.get("/leads/{lead_id}/assignment", response=shapes.AssignmentOut)
def get_assignment(request: ActorRequest, lead_id: UUID) -> dict[str, Any]:
    """Who has a lead and why."""
    lead = leads.require_visible(request.auth, lead_id)
    return _assignment(request, lead)


@router.post("/leads/{lead_id}/assignments", response={201: shapes.AssignmentOut})
def create_assignment(
    request: ActorRequest, lead_id: UUID, body: shapes.AssignmentIn
) -> Status[dict[str, Any]]:
    """Give a lead to somebody else."""
    lead = actions.hand_to(request.auth, lead_id, owner_id=body.owner_id, team_id=body.team_id)
    return Status(201, _assignment(request, lead))


@router.post("/leads/{lead_id}/claims", response={201: shapes.AssignmentOut})
def create_claim(request: ActorRequest, lead_id: UUID) -> Status[dict[str, Any]]:
    """Take a lead out of the queue of a team; who comes second is refused."""
    return Status(201, _assignment(request, actions.claim(request.auth, lead_id)))


@router.post("/leads/{lead_id}/reassignments", response={201: shapes.AssignmentOut})
def create_reassignment(request: ActorRequest, lead_id: UUID) -> Status[dict[str, Any]]:
    """Give a lead that nobody has answered to whoever the rules choose beside its owner."""
    return Status(201, _assignment(request, actions.reassign(request.auth, lead_id)))


@router.post("/assignment-rehearsals", response=shapes.RehearsalOut)
def create_assignment_rehearsal(request: ActorRequest, body: shapes.RehearsalIn) -> dict[str, Any]:
    """Who would get the newest 100 leads with another rule; nothing is changed."""
    draft = None
    if body.rule is not None:
        draft = actions.draft_rule(request.auth, _given(body.rule, "claim_minutes"), body.rule_id)
    return rehearsal(queries.rehearse(request.auth, draft))


@router.get("/availabilities", response=list[shapes.AvailabilityOut])
def list_availabilities(request: ActorRequest) -> list[dict[str, Any]]:
    """When the members take leads in turn."""
    return [_availability(member, row) for member, row in queries.availabilities(request.auth)]


@router.patch("/members/{member_id}/availability", response=shapes.AvailabilityOut)
def change_availability(
    request: ActorRequest, member_id: UUID, body: shapes.AvailabilityIn
) -> dict[str, Any]:
    """Say when a member takes leads and how many; of oneself: whether one is away, absences and hours."""
    changes = _given(body, "daily_cap", "open_cap")
    with showing_current(lambda: _availability_now(request, member_id)):
        row = actions.change_availability(request.auth, member_id, changes, body.version)
    return _availability(row.member, row)


@router.get("/assignment-rules", response=list[shapes.AssignmentRuleOut])
def list_assignment_rules(request: ActorRequest) -> list[dict[str, Any]]:
    """The rules in their order; the first that matches decides."""
    return [_rule(rule) for rule in queries.rules(request.auth)]


@router.post("/assignment-rules", response={201: shapes.AssignmentRuleOut})
def create_assignment_rule(request: ActorRequest, body: shapes.NewAssignmentRule) -> Status[dict[str, Any]]:
    """Add a rule."""
    return Status(201, _rule(actions.create_rule(request.auth, body.model_dump(exclude_none=True))))


@router.patch("/assignment-rules/{rule_id}", response=shapes.AssignmentRuleOut)
def change_assignment_rule(
    request: ActorRequest, rule_id: UUID, body: shapes.AssignmentRuleIn
) -> dict[str, Any]:
    """Change, reorder or switch off a rule."""
    changes = _given(body, "claim_minutes")
    with showing_current(
        lambda: shapes.AssignmentRuleOut.model_validate(_rule(_with_id(queries.rules(request.auth), rule_id)))
    ):
        return _rule(actions.change_rule(request.auth, rule_id, changes, body.version))


@router.delete("/assignment-rules/{rule_id}", response={204: None})
def delete_assignment_rule(request: ActorRequest, rule_id: UUID) -> Status[None]:
    """Remove a rule."""
    actions.delete_rule(request.auth, rule_id)
    return Status(204, None)


@router.get("/sla-policies", response=list[shapes.SlaPolicyOut])
def list_sla_policies(request: ActorRequest) -> Any:
    """Within how many minutes leads must be answered."""
    return queries.policies(request.auth)


@router.patch("/sla-policies/{policy_id}", response=shapes.SlaPolicyOut)
def change_sla_policy(request: ActorRequest, policy_id: UUID, body: shapes.SlaPolicyIn) -> Any:
    """Change the time of a band."""
    changes = body.model_dump(exclude_none=True, exclude={"version"})
    with showing_current(
        lambda: shapes.SlaPolicyOut.model_validate(_with_id(queries.policies(request.auth), policy_id))
    ):
        return actions.change_policy(request.auth, policy_id, changes, body.version)


@router.get("/sla-breaches", response=shapes.SlaBreachesOut)
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


@router.get("/team-hours", response=list[shapes.TeamHoursOut])
def list_team_hours(request: ActorRequest) -> list[dict[str, Any]]:
    """When the teams work."""
    return [_team_hours(team, row) for team, row in queries.team_hours(request.auth)]


@router.patch("/teams/{team_id}/hours", response=shapes.TeamHoursOut)
def change_team_hours(request: ActorRequest, team_id: UUID, body: shapes.TeamHoursIn) -> dict[str, Any]:
    """Set when a team works, where it differs from the business."""
    changes = body.model_dump(exclude_none=True, exclude={"version"})
    with showing_current(lambda: _team_hours_now(request, team_id)):
        row = actions.change_team_hours(request.auth, team_id, changes, body.version)
    return _team_hours(row.team, row)


@router.get("/answer-plan", response=shapes.AnswerPlanOut)
def get_answer_plan(request: ActorRequest) -> dict[str, Any]:
    """Who hears that an answer is missing, when clocks stand still, and the first task."""
    return _plan(queries.answer_plan(request.auth))


@router.patch("/answer-plan", response=shapes.AnswerPlanOut)
def change_answer_plan(request: ActorRequest, body: shapes.AnswerPlanIn) -> dict[str, Any]:
    """Change the plan."""
    changes = _given(body, "first_step_minutes")
    with showing_current(lambda: shapes.AnswerPlanOut.model_validate(get_answer_plan(request))):
        return _plan(actions.change_plan(request.auth, changes, body.version))


@router.get("/business-hours", response=shapes.BusinessHoursOut)
def get_business_hours(request: ActorRequest) -> dict[str, Any]:
    """When the business is open."""
    return _hours(queries.hours(request.auth))


@router.patch("/business-hours", response=shapes.BusinessHoursOut)
def change_business_hours(request: ActorRequest, body: shapes.BusinessHoursIn) -> dict[str, Any]:
    """Set when the business is open."""
    changes = body.model_dump(exclude_none=True, exclude={"version"})
    with showing_current(lambda: shapes.BusinessHoursOut.model_validate(get_business_hours(request))):
        return _hours(actions.change_hours(request.auth, changes, body.version))


def _given(body: Shape, *nullable: str) -> dict[str, Any]:
    """What the body names; null says “none” only for the nullable ones."""
    sent = body.model_dump(exclude_unset=True, exclude={"version"})
    return {key: value for key, value in sent.items() if value is not None or key in nullable}


def _availability(member: Member, row: Availability) -> dict[str, Any]:
    names = ("away", "absences", "weekly", "weight", "daily_cap", "open_cap")
    return {"member": member, "version": _version(row), **{name: getattr(row, name) for name in names}}


def _availability_now(request: ActorRequest, member_id: UUID) -> shapes.AvailabilityOut:
    found = queries.availabilities(request.auth)
    shown = next(_availability(member, row) for member, row in found if member.id == member_id)
    return shapes.AvailabilityOut.model_validate(shown)


def _team_hours(team: Team, row: TeamHours) -> dict[str, Any]:
    names = ("timezone", "weekly", "holidays", "business_holidays")
    return {"team": team, "version": _version(row), **{name: getattr(row, name) for name in names}}


def _team_hours_now(request: ActorRequest, team_id: UUID) -> shapes.TeamHoursOut:
    found = queries.team_hours(request.auth)
    shown = next(_team_hours(team, row) for team, row in found if team.id == team_id)
    return shapes.TeamHoursOut.model_validate(shown)


def _plan(row: AnswerPlan) -> dict[str, Any]:
    pauses = [{**pause, "sentence": worded(queries.sentence(pause["when"]))} for pause in row.pauses]
    names = ("chain", "first_step", "first_step_minutes")
    return {"version": _version(row), "pauses": pauses, **{name: getattr(row, name) for name in names}}


def _version(row: Availability | AnswerPlan | TeamHours) -> int:
    return 0 if row._state.adding else row.version


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
    names = ("id", "version", "name", "position", "enabled", "when", "until_ready", "claim_minutes")
    target = {"kind": rule.target_kind, "team_id": rule.team_id, "member_id": rule.member_id}
    values = {name: getattr(rule, name) for name in names}
    return {**values, "sentence": worded(queries.sentence(rule.when)), "target": target}


def _hours(row: Any) -> dict[str, Any]:
    names = ("id", "version", "timezone", "weekly", "holidays")
    return {**{name: getattr(row, name) for name in names}, "is_set": any(row.weekly.values())}
