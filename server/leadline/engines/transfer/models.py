"""Files that are brought in, what became of each of their rows, and files that are made."""

from __future__ import annotations

from django.db import models

from leadline.engines.transfer.rules import Outcome, State
from leadline.infra import tenancy
from leadline.infra.entity import WorkspaceEntity
from leadline.infra.models import StoredFile
from leadline.kit import clock, ids
from leadline.workspaces.models import Member

_STATES = [(state.value, state.value) for state in State]


class Import(WorkspaceEntity):
    """A file on its way in. `position` rows are settled: created + updated + skipped + bad."""

    object_type = models.CharField(max_length=40)
    name = models.CharField(max_length=255)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    form = models.JSONField(default=dict)
    columns = models.JSONField(default=list)
    mapping = models.JSONField(default=list)
    options = models.JSONField(default=dict)
    rows = models.PositiveIntegerField(default=0)
    # What would become of all rows, counted as a job where there are many; belongs to a version.
    counts = models.JSONField(null=True)
    state = models.CharField(max_length=10, choices=_STATES, default=State.DRAFT)
    position = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    skipped = models.PositiveIntegerField(default=0)
    bad = models.PositiveIntegerField(default=0)
    error = models.TextField(blank=True)
    undone = models.JSONField(default=dict)
    by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(max_length=200, blank=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "import"
        indexes = [
            # The list of imports, newest first.
            models.Index(fields=["workspace_id", "-created_at", "-id"], name="import_newest"),
        ]


class ImportedRow(models.Model):
    """What became of one row of an import; kept as long as the import can be undone."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    workspace_id = models.UUIDField(default=tenancy.require_current, editable=False)
    run = models.ForeignKey(Import, models.CASCADE, related_name="outcomes")
    number = models.PositiveIntegerField()
    outcome = models.CharField(max_length=8, choices=[(one.value, one.value) for one in Outcome])
    reason = models.JSONField(default=dict)
    record_id = models.UUIDField(null=True)
    facts = models.JSONField(default=dict)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            # No row is ever taken in twice, whatever crashed in between.
            models.UniqueConstraint(fields=["run", "number"], name="imported_row_once"),
        ]
        indexes = [
            # The bad rows of an import, for its error file.
            models.Index(
                fields=["run", "number"], name="imported_row_bad", condition=models.Q(outcome="bad")
            ),
            # Forgetting what can no longer be undone.
            models.Index(fields=["at"], name="imported_row_old"),
        ]


class RememberedMapping(WorkspaceEntity):
    """Where the columns of a file with these headers went the last time."""

    object_type = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)
    mapping = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace_id", "object_type", "digest"], name="mapping_once")
        ]


class Export(WorkspaceEntity):
    """A file that is made of records; `object_type` is empty for everything the company owns."""

    object_type = models.CharField(max_length=40, blank=True)
    format = models.CharField(max_length=4)
    filter = models.JSONField(null=True)
    state = models.CharField(max_length=10, choices=_STATES, default=State.RUNNING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    error = models.TextField(blank=True)
    language = models.CharField(max_length=10, default="en")
    by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(max_length=200, blank=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "export"
        indexes = [
            # The list of exports, newest first.
            models.Index(fields=["workspace_id", "-created_at", "-id"], name="export_newest"),
        ]
