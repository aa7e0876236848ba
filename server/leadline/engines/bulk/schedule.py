"""What the engine does by the clock."""

from __future__ import annotations

from datetime import timedelta

from leadline.engines.bulk import actions
from leadline.infra.jobs import every


@every(timedelta(hours=6))
def forget_what_is_too_old_to_take_back() -> None:
    """Bulk edits can be taken back for 30 days."""
    actions.forget_old()
