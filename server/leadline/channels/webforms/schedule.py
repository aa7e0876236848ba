"""What forms do by the clock."""

from __future__ import annotations

from datetime import timedelta

from leadline.channels.webforms import proofs
from leadline.infra.jobs import every


@every(timedelta(hours=1))
def forget_spent_calculations() -> None:
    """A calculation is remembered only as long as it could be handed in again."""
    proofs.forget_expired()
