"""States and pure decisions of automations."""

from __future__ import annotations

import re
from datetime import timedelta
from enum import StrEnum

from leadline.kit.errors import Invalid


class RunState(StrEnum):
    """Where a run stands; `skipped` fell due while the conditions did not hold."""

    RUNNING = "running"
    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    SKIPPED = "skipped"


class StepOutcome(StrEnum):
    """What became of one attempt at a step; `begun` is outside the house and not back yet."""

    BEGUN = "begun"
    DONE = "done"
    REFUSED = "refused"
    FAILED = "failed"
    UNCERTAIN = "uncertain"


class DryRunState(StrEnum):
    """Whether a dry run is still worked out; `failed` could not be worked out at all."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


LIVE = (RunState.RUNNING.value, RunState.WAITING.value)

# A run that says nothing for so long is looked after by the sweep.
LOOK_AGAIN = timedelta(minutes=2)
ATTEMPTS = 6
FIRST_RETRY = timedelta(seconds=10)
LONGEST_RETRY = timedelta(hours=1)
MAX_DEPTH = 5
BURST = 3
BURST_WINDOW = timedelta(minutes=1)
MAX_STEPS = 60
LONGEST_WAIT = timedelta(days=400)

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_DURATION = re.compile(r"(\d{1,6})\s*([smhdw])")


def duration(text: str, *, field: str = "for") -> timedelta:
    """The time a text such as "30m", "2h" or "7d" means; Invalid (422) names the field."""
    found = _DURATION.fullmatch(text.strip()) if isinstance(text, str) else None
    length = timedelta(**{_UNITS[found[2]]: int(found[1])}) if found else None
    if length is None or length > LONGEST_WAIT:
        raise Invalid("Write a time such as 30m, 2h or 7d.", field=field)
    return length


def is_duration(text: str) -> bool:
    """Whether the text means a time, such as 2h."""
    try:
        return bool(duration(text))
    except Invalid:
        return False


def retry_in(attempts: int) -> timedelta:
    """How long to wait before the next attempt at a failed step."""
    return min(FIRST_RETRY * (1 << max(attempts - 1, 0)), LONGEST_RETRY)
