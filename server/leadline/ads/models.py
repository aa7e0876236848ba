"""Forms as platforms describe them, how far each was read, and the platforms as the sandbox plays them."""

from __future__ import annotations

from django.db import models

from leadline.capture.models import Connection
from leadline.infra.entity import WorkspaceEntity
from leadline.kit import clock


class AdForm(WorkspaceEntity):
    """A platform's form as it was read last: its name, its questions and the words of its choices."""

    connection = models.ForeignKey(Connection, models.CASCADE, related_name="ad_forms")
    form_id = models.CharField(max_length=100)
    name = models.CharField(max_length=300)
    content = models.JSONField(default=dict)
    read_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["connection", "form_id"], name="ad_form_once")]


class CatchUp(WorkspaceEntity):
    """How far a platform's list of leads was read; a run that was cut short goes on at its cursor.

    Everything before `since` is known. While a run is on its way `cursor` names its next page, and
    `began_at` is what `since` will become when it ends.
    """

    connection = models.ForeignKey(Connection, models.CASCADE, related_name="catch_ups")
    subject = models.CharField(max_length=200)
    since = models.DateTimeField()
    began_at = models.DateTimeField(null=True)
    cursor = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["connection", "subject"], name="catch_up_once")]


class SandboxAccount(WorkspaceEntity):
    """A connection's account at the platform played locally, with its access and its switches for faults."""

    connection = models.OneToOneField(Connection, models.CASCADE, related_name="sandbox_account")
    token_digest = models.CharField(max_length=64, unique=True)
    fault = models.CharField(max_length=20, blank=True)
    switches = models.JSONField(default=list)


class SandboxLead(WorkspaceEntity):
    """A form that somebody filled in, as the platform keeps it."""

    account = models.ForeignKey(SandboxAccount, models.CASCADE, related_name="leads")
    lead_id = models.CharField(max_length=100)
    natural_key = models.CharField(max_length=300)
    name = models.CharField(max_length=200)
    body = models.JSONField()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "lead_id"], name="sandbox_lead_once")]
        indexes = [
            # The page of the sandbox, and the platform's list of leads, both newest first.
            models.Index(fields=["account", "-at", "-id"], name="sandbox_lead_newest"),
        ]
