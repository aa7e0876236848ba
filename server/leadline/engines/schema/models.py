"""Fields that a workspace adds to the objects of the house."""

from __future__ import annotations

from django.db import models

from leadline.engines.schema.ports import FieldType
from leadline.infra.entity import WorkspaceEntity


class CustomField(WorkspaceEntity):
    """A field of an object, in one workspace; its values are in the object's JSONB column under its key.

    Key and type never change, and an archived field keeps its key: old values stay readable.
    """

    object_type = models.CharField(max_length=40)
    key = models.CharField(max_length=40)
    type = models.CharField(max_length=12, choices=[(t.value, t.value) for t in FieldType])
    label = models.CharField(max_length=120)
    choices = models.JSONField(default=list)
    # Computed of other fields: `type` is what comes out, and there are no values to keep.
    formula = models.TextField(default="", db_default="", blank=True)
    position = models.PositiveIntegerField(default=0)
    required = models.BooleanField(default=False)
    archived_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace_id", "object_type", "key"], name="custom_field_once")
        ]
