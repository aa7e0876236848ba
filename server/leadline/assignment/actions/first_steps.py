"""The first task that comes with a lead: planned for every new owner until somebody has answered."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from leadline.assignment import queries
from leadline.assignment.queries import Calendars, Placed, Plan, Rulebook
from leadline.assignment.rules import ClockKind, counted_time, running_on
from leadline.kit import clock
from leadline.leads import actions as leads
from leadline.leads import queries as leads_read
from leadline.leads.ports import PlannedStep


def first_step(book: Rulebook, one: Placed, now: datetime) -> PlannedStep | None:
    """The task of the new owner of a lead that nobody has answered; none unless the plan asks for it."""
    if book.plan.first_step_minutes is None or one.person is None or one.lead.first_touch_at is not None:
        return None
    return _step(book.plan, book.calendars, one.choice.team_id, now)


def plan_first_steps(lead_ids: Collection[UUID]) -> None:
    """Leads were given to others by hand: the task is theirs now, with the whole time for it."""
    plan = queries.plan()
    if plan.first_step_minutes is None:
        return
    calendars, now = queries.calendars(), clock.now()
    found = leads_read.leads_by_id(list(lead_ids)).values()
    leads.plan_steps({lead.id: _step(plan, calendars, lead.team_id, now) for lead in found if lead.owner_id})


def finish_first_steps(lead_ids: Collection[UUID]) -> None:
    """Somebody answered these leads: the task is done."""
    plan = queries.plan()
    if plan.first_step_minutes is not None:
        leads.finish_steps(lead_ids, plan.first_step)


def _step(plan: Plan, calendars: Calendars, team_id: UUID | None, now: datetime) -> PlannedStep:
    counted = counted_time(ClockKind.BUSINESS, calendars.of(team_id))
    return PlannedStep(text=plan.first_step, at=running_on(now, _time(plan), counted))


def _time(plan: Plan) -> timedelta:
    return timedelta(minutes=plan.first_step_minutes or 0)
