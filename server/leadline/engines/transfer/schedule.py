"""What the engine does by the clock."""

from __future__ import annotations

from datetime import timedelta

from leadline.engines.transfer import actions
from leadline.infra.jobs import every


@every(timedelta(hours=6))
def forget_what_is_too_old_to_undo() -> None:
    """Imports can be undone for 30 days; exports are kept for 7."""
    actions.forget_old()
