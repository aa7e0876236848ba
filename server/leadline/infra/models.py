"""Tables of the mechanisms: recorded events, jobs, and when clock-driven functions last ran."""

from __future__ import annotations

from django.db import models

from leadline.infra import tenancy
from leadline.kit import clock, ids


class EventRow(models.Model):
    """One fact, written in the transaction that made it true; kept for a week."""

    seq = models.BigAutoField(primary_key=True)
    workspace_id = models.UUIDField(default=tenancy.require_current, editable=False)
    name = models.CharField(max_length=80)
    payload = models.JSONField()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [
            # The live stream resumes: what happened in this workspace since the last event id.
            models.Index(fields=["workspace_id", "seq"], name="event_resume"),
            # The weekly clean-up.
            models.Index(fields=["at"], name="event_age"),
        ]


class Job(models.Model):
    """One piece of work, ready at once. Delayed work lives with its owner as a due time, never here."""

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    workspace_id = models.UUIDField(null=True)
    task = models.CharField(max_length=200)
    arguments = models.JSONField(default=dict)
    queue = models.CharField(max_length=20, default="default")
    priority = models.SmallIntegerField(default=0)
    state = models.CharField(max_length=10, default="ready")  # ready, running, failed
    attempts = models.PositiveSmallIntegerField(default=0)
    max_attempts = models.PositiveSmallIntegerField(default=6)
    run_at = models.DateTimeField(null=True)
    token = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    error = models.TextField(blank=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [
            # Claiming: the next ready job.
            models.Index(
                fields=["priority", "id"], name="job_ready", condition=models.Q(state="ready", run_at=None)
            ),
            # Retries that fall due; few rows.
            models.Index(
                fields=["run_at"], name="job_retry", condition=models.Q(state="ready", run_at__isnull=False)
            ),
            # The reaper: leases that ran out.
            models.Index(fields=["lease_until"], name="job_lease", condition=models.Q(state="running")),
            # The visible list of failed jobs of a workspace.
            models.Index(
                fields=["workspace_id", "id"], name="job_failed", condition=models.Q(state="failed")
            ),
        ]


class Schedule(models.Model):
    """When each clock-driven function last ran."""

    name = models.CharField(primary_key=True, max_length=200)
    last_run_at = models.DateTimeField()
