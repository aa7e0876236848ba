"""What lead forms do by the clock."""

from __future__ import annotations

from datetime import timedelta

from leadline.ads import actions
from leadline.infra.jobs import every


@every(timedelta(hours=1))
def catch_up_with_the_platforms() -> None:
    """No lead is missed because a delivery never came: every platform is asked once an hour."""
    actions.queue_catching_up()
