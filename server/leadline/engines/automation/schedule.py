"""What automations do by the clock."""

from __future__ import annotations

from datetime import timedelta

from leadline.engines.automation import actions
from leadline.infra.jobs import every


@every(timedelta(seconds=1))
def wake_due_runs() -> None:
    """Let every run go on whose time has come."""
    actions.wake_due_runs()


@every(timedelta(seconds=5))
def start_due_timers() -> None:
    """Start the runs that fell due by the clock."""
    actions.start_due_timers()


@every(timedelta(hours=1))
def forget_dry_runs() -> None:
    """Forget what was worked out yesterday."""
    actions.forget_dry_runs()
