"""Everything automations do; and the offers, for the rooms above."""

from __future__ import annotations

from leadline.engines.automation.actions.changing import (
    archive_automation,
    change_automation,
    create_automation,
    retry_run,
)
from leadline.engines.automation.actions.running import advance
from leadline.engines.automation.actions.signing import renew_secret, show_secret
from leadline.engines.automation.actions.starting import heard, start_due_timers, wake_due_runs
from leadline.engines.automation.ports import (
    Action,
    Errand,
    Reach,
    StepContext,
    StepFailed,
    StepRefused,
    StepUncertain,
    TimerTrigger,
    Trigger,
    offer_action,
    offer_calendar,
    offer_subject,
    offer_timer_trigger,
    offer_trigger,
)

__all__ = [
    "Action",
    "Errand",
    "Reach",
    "StepContext",
    "StepFailed",
    "StepRefused",
    "StepUncertain",
    "TimerTrigger",
    "Trigger",
    "advance",
    "archive_automation",
    "change_automation",
    "create_automation",
    "heard",
    "offer_action",
    "offer_calendar",
    "offer_subject",
    "offer_timer_trigger",
    "offer_trigger",
    "renew_secret",
    "retry_run",
    "show_secret",
    "start_due_timers",
    "wake_due_runs",
]
