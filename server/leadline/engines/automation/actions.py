"""Everything automations do; and the offers, for the rooms above."""

from __future__ import annotations

from leadline.engines.automation.ports import (
    Action,
    StepContext,
    StepRefused,
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
    "StepContext",
    "StepRefused",
    "TimerTrigger",
    "Trigger",
    "offer_action",
    "offer_calendar",
    "offer_subject",
    "offer_timer_trigger",
    "offer_trigger",
]
