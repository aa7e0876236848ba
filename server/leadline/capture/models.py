"""Doors of a workspace, and everything that came in through them, exactly as it came."""

from __future__ import annotations

from django.db import models

from leadline.capture.rules import NATURAL_KEY_LENGTH, State
from leadline.infra.entity import WorkspaceEntity
from leadline.kit import clock


class Connection(WorkspaceEntity):
    """One door of a workspace: a WhatsApp number, a form, a webhook address.

    The token finds the door; it and the secrets are stored encrypted, see `vault`.
    """

    channel = models.CharField(max_length=30)
    name = models.CharField(max_length=120)
    token_digest = models.CharField(max_length=64, unique=True)
    sealed_token = models.TextField()
    sealed_secrets = models.TextField(blank=True)
    settings = models.JSONField(default=dict)
    enabled = models.BooleanField(default=True)
    closed_at = models.DateTimeField(null=True)
    last_event_at = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True)
    last_error_at = models.DateTimeField(null=True)
    # The provider answers nothing before then: its quota is used up, or somebody must repair the access.
    rests_until = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            # The settings page lists the open doors of a channel.
            models.Index(
                fields=["workspace_id", "channel", "created_at"],
                name="connection_open",
                condition=models.Q(closed_at=None),
            ),
        ]


class Submission(WorkspaceEntity):
    """A raw inbound payload kept exactly as received; its natural key makes a second delivery harmless."""

    connection = models.ForeignKey(Connection, models.PROTECT, null=True, related_name="submissions")
    channel = models.CharField(max_length=30)
    natural_key = models.CharField(max_length=NATURAL_KEY_LENGTH)
    body = models.BinaryField()
    # What the provider said when it was asked about a delivery that only names something.
    fetched = models.BinaryField(null=True)
    headers = models.JSONField(default=dict)
    content_type = models.CharField(max_length=200, blank=True)
    received_at = models.DateTimeField(default=clock.now)
    # When its understanding was queued last; the sweep queues again what stayed behind.
    queued_at = models.DateTimeField(default=clock.now)
    state = models.CharField(
        max_length=12, choices=[(s.value, s.value) for s in State], default=State.RECEIVED.value
    )
    reason = models.TextField(blank=True)
    spam = models.BooleanField(default=False)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    lead_id = models.UUIDField(null=True)
    contact_id = models.UUIDField(null=True)
    result = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["workspace_id", "channel", "natural_key"], name="submission_received_once"
            )
        ]
        indexes = [
            # The integration log, newest first, and by state.
            models.Index(fields=["workspace_id", "-received_at", "-id"], name="submission_newest"),
            models.Index(fields=["workspace_id", "state", "-received_at", "-id"], name="submission_by_state"),
            # What was received through one door.
            models.Index(fields=["connection", "-received_at"], name="submission_of_door"),
            # What came for one lead.
            models.Index(
                fields=["workspace_id", "lead_id"],
                name="submission_of_lead",
                condition=models.Q(lead_id__isnull=False),
            ),
            # The sweeps: received but left behind; failed and due again. Both are nearly empty.
            models.Index(
                fields=["queued_at"], name="submission_stranded", condition=models.Q(state="received")
            ),
            models.Index(
                fields=["next_try_at"],
                name="submission_due",
                condition=models.Q(state="failed", next_try_at__isnull=False),
            ),
        ]
