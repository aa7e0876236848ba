"""What forms have to remember beside their submissions."""

from __future__ import annotations

from django.db import models

from leadline.infra.entity import WorkspaceEntity


class SpentProof(WorkspaceEntity):
    """A browser's calculation that was handed in: it counts once, until it would have expired anyway."""

    digest = models.CharField(max_length=64)
    expires_at = models.DateTimeField()

    class Meta:
        verbose_name = "spent proof"
        constraints = [models.UniqueConstraint(fields=["workspace_id", "digest"], name="proof_spent_once")]
        indexes = [
            # The sweep forgets what has expired.
            models.Index(fields=["expires_at"], name="proof_expires"),
        ]
