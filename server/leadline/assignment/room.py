"""The door plate: owners and clocks. Offers the untouched timer, the missed answer, escalation and hours."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from leadline.assignment import actions, queries
from leadline.assignment.events import AnswerDueSoon, AnswerOverdue
from leadline.engines.automation import actions as automation
from leadline.engines.automation.actions import Action, StepContext, TimerTrigger, Trigger
from leadline.engines.schema.ports import Choice, Field, FieldType
from leadline.leads import ports as leads
from leadline.leads.rules import Band
from leadline.workspaces import offers

_FOR = Field(key="for", type=FieldType.TEXT, label="For", required=True)
_BUSINESS = Field(key="business_hours", type=FieldType.BOOL, label="Count only business hours")
_BAND = Field(
    key="band",
    type=FieldType.CHOICE,
    label="Band",
    choices=[Choice(band.value, band.value.capitalize()) for band in Band],
)
_MARK = Field(
    key="mark",
    type=FieldType.CHOICE,
    label="Time used",
    choices=[Choice("half", "Half"), Choice("most", "80 %")],
)
_BY = Field(
    key="carriers",
    type=FieldType.MULTI_CHOICE,
    label="Also by",
    choices=[Choice("sms", "SMS"), Choice("email", "E-mail")],
)
_ANSWERED_TOO = Field(key="answered_too", type=FieldType.BOOL, label="Also when somebody has answered")


def _lead_of(event: Any) -> UUID:
    return UUID(str(event.lead_id))


def _escalate(step: StepContext) -> dict[str, Any]:
    carriers = tuple(str(name) for name in step.given.get("carriers") or ())
    told = actions.escalate(step.actor, step.subject_id, carriers=carriers, once=step.our_ref)
    return {"managers_told": told}


def _reassign(step: StepContext) -> dict[str, Any]:
    lead = actions.reassign(step.actor, step.subject_id, answered_too=bool(step.given.get("answered_too")))
    return {"owner": lead.assignment_text}


automation.offer_timer_trigger(
    TimerTrigger("lead.untouched", "A lead is untouched for", queries.untouched, fields=[_FOR, _BUSINESS])
)
automation.offer_trigger(
    Trigger("lead.answer_due_soon", "The time to answer runs out", AnswerDueSoon, _lead_of, fields=[_MARK])
)
automation.offer_trigger(
    Trigger("lead.answer_overdue", "Nobody answers in time", AnswerOverdue, _lead_of, fields=[_BAND])
)
automation.offer_action(Action("lead.escalate", "Escalate to the managers", [_BY], _escalate))
automation.offer_action(Action("lead.reassign", "Give to the next in turn", [_ANSWERED_TOO], _reassign))
automation.offer_calendar(queries.calendar)
leads.offer_detail("sla", queries.clock_details)
offers.on_created(actions.set_up)
