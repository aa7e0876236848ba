"""The table of what happened."""

from __future__ import annotations

from django.db import models

from leadline.infra import tenancy
from leadline.kit import clock, ids


class TimelineEntry(models.Model):
    """One thing that happened. The database refuses to change or delete it (see migrations)."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    workspace_id = models.UUIDField(default=tenancy.require_current, editable=False)
    about_id = models.UUIDField(null=True)
    with_id = models.UUIDField(null=True)
    kind = models.CharField(max_length=40)
    direction = models.CharField(max_length=4, default="none")
    automatic = models.BooleanField(default=False)
    actor_name = models.CharField(max_length=200, blank=True)
    member_id = models.UUIDField(null=True)
    channel = models.CharField(max_length=40, blank=True)
    text = models.TextField(blank=True)
    payload = models.JSONField(default=dict)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [
            # The stream of one lead, and of one person, newest first.
            models.Index(
                fields=["about_id", "-at", "-id"],
                name="timeline_about",
                condition=models.Q(about_id__isnull=False),
            ),
            models.Index(
                fields=["with_id", "-at", "-id"],
                name="timeline_with",
                condition=models.Q(with_id__isnull=False),
            ),
        ]
