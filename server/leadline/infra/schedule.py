"""What the ground floor does by the clock."""

from __future__ import annotations

from datetime import timedelta

from leadline.infra.events import forgetting
from leadline.infra.jobs import every


@every(timedelta(hours=1))
def forget_old_events() -> None:
    """Keep the table of events as small as a week."""
    forgetting.forget_old_events()
