"""Who sees and changes how leads are scored."""

from __future__ import annotations

from django.db.models import QuerySet

from leadline.scoring.models import ScoreDraft, ScoreEdition, ScoreRule, ScoreSettings
from leadline.workspaces.actor import Actor
from leadline.workspaces.rules import Right


def visible_rules(actor: Actor) -> QuerySet[ScoreRule]:
    """The rules, for those who see settings."""
    actor.require(Right.SEE_SETTINGS)
    return ScoreRule.objects.filter(workspace_id=actor.workspace_id)


def visible_settings(actor: Actor) -> QuerySet[ScoreSettings]:
    """The numbers, for those who see settings."""
    actor.require(Right.SEE_SETTINGS)
    return ScoreSettings.objects.filter(workspace_id=actor.workspace_id)


def visible_drafts(actor: Actor) -> QuerySet[ScoreDraft]:
    """The draft, for those who see settings."""
    actor.require(Right.SEE_SETTINGS)
    return ScoreDraft.objects.filter(workspace_id=actor.workspace_id)


def visible_editions(actor: Actor) -> QuerySet[ScoreEdition]:
    """The editions, for those who see settings."""
    actor.require(Right.SEE_SETTINGS)
    return ScoreEdition.objects.filter(workspace_id=actor.workspace_id)


def require_can_set_up(actor: Actor) -> None:
    """Forbidden (403) for those who may not change settings."""
    actor.require(Right.CHANGE_SETTINGS)
