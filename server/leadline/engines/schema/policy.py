"""Who sees and changes the fields of a workspace."""

from __future__ import annotations

from django.db.models import QuerySet

from leadline.engines.schema.models import CustomField
from leadline.workspaces.actor import Actor
from leadline.workspaces.rules import Right


def visible_fields(actor: Actor) -> QuerySet[CustomField]:
    """The custom fields of the actor's workspace; every member works with them."""
    return CustomField.objects.filter(workspace_id=actor.workspace_id)


def require_can_change_fields(actor: Actor) -> None:
    """Fields are settings."""
    actor.require(Right.CHANGE_SETTINGS)
