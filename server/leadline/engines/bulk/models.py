"""Changes of many records, and what became of each of them."""

from __future__ import annotations

from django.db import models

from leadline.engines.bulk.rules import Outcome, State
from leadline.infra import tenancy
from leadline.infra.entity import WorkspaceEntity
from leadline.kit import clock
from leadline.workspaces.models import Member


class BulkEdit(WorkspaceEntity):
    """One change of many records. `changed + same + refused` of `total` are settled."""

    object_type = models.CharField(max_length=40)
    action = models.CharField(max_length=40)
    values = models.JSONField(default=dict)
    said = models.JSONField(default=dict)
    # Nobody is told and no automation starts.
    quiet = models.BooleanField(default=True)
    state = models.CharField(
        max_length=10, choices=[(state.value, state.value) for state in State], default=State.RUNNING
    )
    total = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    undone = models.PositiveIntegerField(default=0)
    kept = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(max_length=200, blank=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "bulk edit"
        indexes = [
            # The list of bulk edits, newest first.
            models.Index(fields=["workspace_id", "-id"], name="bulk_edit_newest"),
        ]


class BulkRow(models.Model):
    """What became of one record of a bulk edit; kept as long as the edit can be taken back."""

    id = models.BigAutoField(primary_key=True)
    workspace_id = models.UUIDField(default=tenancy.require_current, editable=False)
    edit = models.ForeignKey(BulkEdit, models.CASCADE, related_name="rows")
    record_id = models.UUIDField()
    outcome = models.CharField(
        max_length=8, choices=[(one.value, one.value) for one in Outcome], default=Outcome.WAITING
    )
    reason = models.JSONField(default=dict)
    facts = models.JSONField(default=dict)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            # No record is changed twice, whatever crashed in between.
            models.UniqueConstraint(fields=["edit", "record_id"], name="bulk_row_once"),
        ]
        indexes = [
            # The next records to change or to take back, and those that were refused or kept.
            models.Index(fields=["edit", "outcome", "record_id"], name="bulk_row_next"),
            # Forgetting what can no longer be taken back.
            models.Index(fields=["at"], name="bulk_row_old"),
        ]
