"""Everything automations do; and the offers, for the rooms above."""

from __future__ import annotations

from leadline.engines.automation.actions.changing import (
    archive_automation,
    change_automation,
    create_automation,
    restore_edition,
)
from leadline.engines.automation.actions.dry_running import (
    forget_dry_runs,
    start_dry_run,
    try_on,
    work_out,
)
from leadline.engines.automation.actions.following import follow_recipe
from leadline.engines.automation.actions.holding import cancel_run, pause_run, retry_run
from leadline.engines.automation.actions.running import advance
from leadline.engines.automation.actions.signing import renew_secret, show_secret
from leadline.engines.automation.actions.starting import heard, start_due_timers, wake_due_runs
from leadline.engines.automation.ports import (
    Action,
    Errand,
    Reach,
    Recipe,
    StepContext,
    StepFailed,
    StepRefused,
    StepUncertain,
    TimerTrigger,
    Trigger,
    offer_action,
    offer_calendar,
    offer_recipe,
    offer_subject,
    offer_timer_trigger,
    offer_trigger,
)

__all__ = [
    "Action",
    "Errand",
    "Reach",
    "Recipe",
    "StepContext",
    "StepFailed",
    "StepRefused",
    "StepUncertain",
    "TimerTrigger",
    "Trigger",
    "advance",
    "archive_automation",
    "cancel_run",
    "change_automation",
    "create_automation",
    "follow_recipe",
    "forget_dry_runs",
    "heard",
    "offer_action",
    "offer_calendar",
    "offer_recipe",
    "offer_subject",
    "offer_timer_trigger",
    "offer_trigger",
    "pause_run",
    "renew_secret",
    "restore_edition",
    "retry_run",
    "show_secret",
    "start_dry_run",
    "start_due_timers",
    "try_on",
    "wake_due_runs",
    "work_out",
]
