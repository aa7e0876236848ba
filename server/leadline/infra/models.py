"""Tables of the mechanisms: recorded events, jobs, when clock-driven functions last ran, stored files."""

from __future__ import annotations

from uuid import UUID

from django.db import models
from django.db.models.functions import Coalesce

from leadline.infra import tenancy
from leadline.infra.entity import WorkspaceEntity
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


# Work that belongs to no workspace stands in a lane of its own.
NO_WORKSPACE = UUID(int=0)
_lane = Coalesce("workspace_id", models.Value(NO_WORKSPACE, models.UUIDField()))


class Job(models.Model):
    """One piece of work, ready at once. Delayed work lives with its owner as a due time, never here."""

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    workspace_id = models.UUIDField(null=True)
    task = models.CharField(max_length=200)
    arguments = models.JSONField(default=dict)
    turn = models.SmallIntegerField(default=0)  # within a workspace the smaller goes first
    state = models.CharField(max_length=10, default="ready")  # ready, running, failed
    attempts = models.PositiveSmallIntegerField(default=0)
    max_attempts = models.PositiveSmallIntegerField(default=6)
    run_at = models.DateTimeField(null=True)  # a retry waits until then
    token = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    error = models.TextField(blank=True)
    created_at = models.DateTimeField(default=clock.now)
    failed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            # Claiming: the workspaces with ready jobs, and the next ones of each.
            models.Index(
                _lane, "turn", "id", name="job_ready", condition=models.Q(state="ready", run_at=None)
            ),
            # Retries that fall due; few rows.
            models.Index(
                fields=["run_at"], name="job_retry", condition=models.Q(state="ready", run_at__isnull=False)
            ),
            # The reaper: leases that ran out.
            models.Index(fields=["lease_until"], name="job_lease", condition=models.Q(state="running")),
            # The visible list of failed jobs of a workspace.
            models.Index(
                fields=["workspace_id", "-id"], name="job_failed", condition=models.Q(state="failed")
            ),
        ]


class Schedule(models.Model):
    """When each clock-driven function last ran."""

    name = models.CharField(primary_key=True, max_length=200)
    last_run_at = models.DateTimeField()


class StoredFile(WorkspaceEntity):
    """One file of a workspace; equal contents of a workspace lie on the disk once."""

    name = models.CharField(max_length=255)
    mime = models.CharField(max_length=127)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    path = models.CharField(max_length=200)

    class Meta:
        indexes = [
            # Storing: is this content there already? Clean-up: does anybody still use it?
            models.Index(fields=["workspace_id", "sha256"], name="file_content"),
        ]
