"""What people do about failed jobs."""

from __future__ import annotations

from uuid import UUID

from leadline.infra import bell
from leadline.infra.jobs import policy


def replay(workspace_id: UUID, job_id: UUID) -> bool:
    """Make a failed job ready again with all its attempts; False when it is not a failed one."""
    failed = policy.jobs_of(workspace_id).filter(id=job_id, state="failed")
    replayed = failed.update(state="ready", attempts=0, run_at=None, failed_at=None)
    bell.ring_after_commit("jobs")
    return replayed == 1


def dismiss(workspace_id: UUID, job_id: UUID) -> bool:
    """Take a failed job off the list for good; False when it is not a failed one."""
    return policy.jobs_of(workspace_id).filter(id=job_id, state="failed").delete()[0] == 1
