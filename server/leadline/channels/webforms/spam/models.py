"""What people said of texts that came through forms, and the filter that was learned from it."""

from __future__ import annotations

from typing import Any

from django.db import models

from leadline.infra.entity import WorkspaceEntity
from leadline.kit import clock


class SpamMark(WorkspaceEntity):
    """Somebody's word on one submission; the last one counts, and taking it back deletes it.

    It keeps the text itself, because the submission is forgotten after a while.
    """

    submission_id = models.UUIDField()
    lead_id = models.UUIDField(null=True)
    form = models.CharField(max_length=120, blank=True)
    said = models.TextField()
    spam = models.BooleanField()
    by = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = "spam mark"
        constraints = [
            models.UniqueConstraint(fields=["workspace_id", "submission_id"], name="spam_mark_once")
        ]
        indexes = [
            # The list of what was marked, newest first.
            models.Index(fields=["workspace_id", "-at", "-id"], name="spam_mark_newest"),
        ]


class SpamFilter(WorkspaceEntity):
    """Whether a workspace's forms are filtered, what was learned from how many texts, and how good it is.

    A mark set or taken back after `learned_at` moves `changed_at`: there is something new to learn.
    """

    enabled = models.BooleanField(default=True)
    changed_at = models.DateTimeField(null=True)
    learned_at = models.DateTimeField(null=True)
    quality: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    learned = models.BinaryField(default=bytes)

    class Meta:
        verbose_name = "spam filter"
        constraints = [models.UniqueConstraint(fields=["workspace_id"], name="spam_filter_once")]
