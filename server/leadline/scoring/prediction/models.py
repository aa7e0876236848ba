"""What was learned about which leads buy, and what it says of each lead."""

from __future__ import annotations

from typing import Any

from django.db import models

from leadline.infra import tenancy
from leadline.infra.entity import WorkspaceEntity
from leadline.kit import clock, ids
from leadline.leads.models import Lead


class PredictionSettings(WorkspaceEntity):
    """Whether a workspace lets chances be predicted, from which fields, and how far learning has come."""

    enabled = models.BooleanField(default=False)
    allowed: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    refused: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    training = models.CharField(max_length=8, default="idle")
    progress = models.FloatField(default=0)
    asked_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = "prediction settings"
        constraints = [models.UniqueConstraint(fields=["workspace_id"], name="prediction_settings_once")]


class PredictionModel(WorkspaceEntity):
    """What was learned from the closed leads of a workspace, and how good it is; only the newest is kept."""

    leads = models.PositiveIntegerField()
    won = models.PositiveIntegerField()
    useful = models.BooleanField(default=False)
    report: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    since: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    learned = models.BinaryField(default=bytes)

    class Meta:
        verbose_name = "prediction model"
        constraints = [models.UniqueConstraint(fields=["workspace_id"], name="prediction_model_once")]


class LeadPrediction(models.Model):
    """The chance that a lead buys, as it was judged by what was known when it came in, and why."""

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    workspace_id = models.UUIDField(default=tenancy.require_current, editable=False)
    lead = models.OneToOneField(Lead, models.CASCADE, related_name="prediction")
    model_id = models.UUIDField()
    chance = models.FloatField()
    reasons: models.JSONField[list[dict[str, Any]], list[dict[str, Any]]] = models.JSONField(default=list)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [
            # What a model has judged, best first.
            models.Index(fields=["workspace_id", "model_id", "-chance"], name="prediction_of_model"),
        ]
