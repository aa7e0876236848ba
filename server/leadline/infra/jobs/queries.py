"""The visible list of failed jobs, and how much work waits."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q

from leadline.infra.jobs import policy
from leadline.infra.models import Job


@dataclass(frozen=True)
class Backlog:
    """How many jobs are in which state."""

    ready: int
    waiting: int
    running: int
    failed: int


def failed(workspace_id: UUID, *, limit: int = 50, before: UUID | None = None) -> list[Job]:
    """The workspace's failed jobs, newest first, in one query."""
    rows = policy.jobs_of(workspace_id).filter(state="failed").order_by("-id")
    return list((rows.filter(id__lt=before) if before else rows)[:limit])


def backlog() -> Backlog:
    """The state of the whole queue, in one query."""
    return Backlog(
        **Job.objects.aggregate(
            ready=Count("id", filter=Q(state="ready", run_at=None)),
            waiting=Count("id", filter=Q(state="ready", run_at__isnull=False)),
            running=Count("id", filter=Q(state="running")),
            failed=Count("id", filter=Q(state="failed")),
        )
    )
