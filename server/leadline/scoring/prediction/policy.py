"""Who sees and changes the prediction."""

from __future__ import annotations

from django.db.models import QuerySet

from leadline.scoring.prediction.models import PredictionModel, PredictionSettings
from leadline.workspaces.actor import Actor
from leadline.workspaces.rules import Right


def visible_settings(actor: Actor) -> QuerySet[PredictionSettings]:
    """Whether chances are predicted, for those who see settings."""
    actor.require(Right.SEE_SETTINGS)
    return PredictionSettings.objects.filter(workspace_id=actor.workspace_id)


def visible_models(actor: Actor) -> QuerySet[PredictionModel]:
    """What was learned, for those who see settings."""
    actor.require(Right.SEE_SETTINGS)
    return PredictionModel.objects.filter(workspace_id=actor.workspace_id)


def require_can_set_up(actor: Actor) -> None:
    """Forbidden (403) for those who may not change settings."""
    actor.require(Right.CHANGE_SETTINGS)
