"""What members were told, and the state of every delivery outside the product."""

from __future__ import annotations

from typing import Any

from django.db import models

from leadline.infra.entity import WorkspaceEntity
from leadline.kit import clock
from leadline.workspaces.models import Member


class Notice(WorkspaceEntity):
    """One thing a member was told."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=60)
    title = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    # The sentences of title and text, for a reader of another language; empty where they are texts.
    words: models.JSONField[dict[str, Any] | None, dict[str, Any] | None] = models.JSONField(null=True)
    link_object = models.CharField(max_length=40, blank=True)
    link_id = models.UUIDField(null=True)
    once = models.CharField(max_length=200, null=True)
    at = models.DateTimeField(default=clock.now)
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            # A reaction that runs twice tells once.
            models.UniqueConstraint(fields=["workspace_id", "member", "once"], name="notice_once")
        ]
        indexes = [
            # The member's list, newest first.
            models.Index(fields=["member", "-at", "-id"], name="notice_newest"),
            # The number on the bell.
            models.Index(fields=["member"], name="notice_unread", condition=models.Q(read_at=None)),
        ]


class Delivery(WorkspaceEntity):
    """One notice on its way by one carrier (email, sms). A crash in between is shown, never sent again."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="deliveries")
    carrier = models.CharField(max_length=20)
    state = models.CharField(max_length=10, default="waiting")  # waiting, sending, sent, failed, uncertain
    error = models.TextField(blank=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "carrier"], name="delivery_once")]
