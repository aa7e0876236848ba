"""What leads offer to automations about next steps: a lead without one, and planning one."""

from __future__ import annotations

from typing import Any

from leadline.engines.automation import actions as automation
from leadline.engines.automation.actions import Action, StepContext, TimerTrigger
from leadline.engines.automation.rules import duration
from leadline.engines.schema.actions import Field, FieldType
from leadline.leads import actions
from leadline.leads.queries import due

_DAYS = Field(key="days", type=FieldType.NUMBER, label="Days", required=True)
_TEXT = Field(key="text", type=FieldType.TEXT, label="Next step", required=True)
_AFTER = Field(key="after", type=FieldType.TEXT, label="After, such as 2h or 1d", required=True)


def _plan(step: StepContext) -> dict[str, Any]:
    at = step.now + duration(str(step.given["after"]), field="after")
    text = str(step.given["text"])
    actions.change_lead(step.actor, step.subject_id, {"next_step": text, "next_step_at": at})
    return {"next_step": text, "at": at.isoformat()}


def _check(given: Any) -> None:
    duration(str(given.get("after", "")), field="after")


def offer() -> None:
    """Offer the trigger and the action; called once, from the door plate."""
    automation.offer_timer_trigger(
        TimerTrigger(
            "lead.without_next_step", "A lead has no next step after", due.without_next_step, fields=[_DAYS]
        )
    )
    automation.offer_action(Action("lead.plan", "Plan the next step", [_TEXT, _AFTER], _plan, check=_check))
