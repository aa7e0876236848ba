"""What the SMS sandbox remembers."""

from __future__ import annotations

from django.db import models

from leadline.infra.entity import WorkspaceEntity
from leadline.kit import clock


class SandboxGateway(WorkspaceEntity):
    """A gateway account in the sandbox and its switch for faults: "", refuse, 5xx or lost_answer."""

    connection_id = models.UUIDField(unique=True)
    token_digest = models.CharField(max_length=64, unique=True)
    fault = models.CharField(max_length=20, blank=True)


class SandboxText(WorkspaceEntity):
    """A text message as the phone would show it."""

    gateway = models.ForeignKey(SandboxGateway, models.CASCADE, related_name="texts")
    to = models.CharField(max_length=40)
    sender = models.CharField(max_length=40, blank=True)
    text = models.TextField()
    reference = models.CharField(max_length=100, blank=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [
            # The inbox page, newest first.
            models.Index(fields=["gateway", "-at"], name="sandbox_sms_newest"),
        ]
