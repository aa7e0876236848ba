"""What tracking does by the clock."""

from __future__ import annotations

from datetime import timedelta

from leadline.infra.jobs import every
from leadline.tracking import actions


@every(timedelta(days=1))
def forget_unknown_visitors() -> None:
    """Whoever never said who they are is forgotten after 90 days."""
    actions.forget_unknown()
