"""What capture does by the clock."""

from __future__ import annotations

from datetime import timedelta

from leadline.capture import actions, queries
from leadline.infra.jobs import every
from leadline.kit import clock


@every(timedelta(seconds=10))
def queue_what_was_left_behind() -> None:
    """Nothing that was received is lost: what has no job, or failed and is due, is queued again."""
    for workspace_id, submission_ids in queries.due_submissions(clock.now()).items():
        actions.queue_again(workspace_id, submission_ids)


@every(timedelta(days=1))
def forget_settled_submissions() -> None:
    """Raw submissions that became leads are kept for 90 days."""
    actions.forget_settled_submissions()
