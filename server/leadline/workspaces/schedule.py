"""What workspaces do by the clock."""

from __future__ import annotations

from datetime import timedelta

from leadline.infra.jobs import every
from leadline.workspaces import answers


@every(timedelta(hours=1))
def forget_old_answers() -> None:
    """An Idempotency-Key is remembered for a week."""
    answers.forget_old_answers()
