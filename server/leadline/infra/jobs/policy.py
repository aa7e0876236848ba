"""Which jobs belong to a workspace; the job table is shared, so no row-level security does this."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from leadline.infra.models import Job


def jobs_of(workspace_id: UUID) -> QuerySet[Job]:
    """The jobs of one workspace."""
    return Job.objects.filter(workspace_id=workspace_id)
