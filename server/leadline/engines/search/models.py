"""The table global search looks into."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.db import models

from leadline.infra import tenancy
from leadline.kit import clock, ids


class SearchRow(models.Model):
    """What is found of one record; `text` begins and ends with a space and holds folded words."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    workspace_id = models.UUIDField(default=tenancy.require_current, editable=False)
    object_type = models.CharField(max_length=40)
    object_id = models.UUIDField()
    title = models.CharField(max_length=300)
    subtitle = models.CharField(max_length=300, blank=True)
    text = models.TextField()
    owner_id = models.UUIDField(null=True)
    team_id = models.UUIDField(null=True)
    shared = models.BooleanField(default=False)
    rank_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["workspace_id", "object_type", "object_id"], name="search_row_once"
            )
        ]
        indexes = [
            # Rare fragments: by their trigrams. Every search reads the list of rows not yet sorted in,
            # so it is kept short (kB).
            GinIndex(
                fields=["text"],
                name="search_trigrams",
                opclasses=["gin_trgm_ops"],
                gin_pending_list_limit=512,
            ),
            # Common fragments: among the newest.
            models.Index(fields=["workspace_id", "-rank_at"], name="search_newest"),
        ]
