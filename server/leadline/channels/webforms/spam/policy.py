"""Who sees and sets marks and the filter: those who look after capture."""

from __future__ import annotations

from django.db.models import QuerySet

from leadline.channels.webforms.spam.models import SpamFilter, SpamMark
from leadline.workspaces.actor import Actor
from leadline.workspaces.rules import Right


def visible_marks(actor: Actor) -> QuerySet[SpamMark]:
    """What was marked in the workspace."""
    actor.require(Right.SEE_CAPTURE)
    return SpamMark.objects.filter(workspace_id=actor.workspace_id)


def changeable_marks(actor: Actor) -> QuerySet[SpamMark]:
    """The marks the actor may take back."""
    actor.require(Right.CHANGE_CAPTURE)
    return visible_marks(actor)


def visible_filters(actor: Actor) -> QuerySet[SpamFilter]:
    """The workspace's filter, once there is one."""
    actor.require(Right.SEE_CAPTURE)
    return SpamFilter.objects.filter(workspace_id=actor.workspace_id)


def require_can_change(actor: Actor) -> None:
    """Forbidden (403) for those who may not change how inquiries come in."""
    actor.require(Right.CHANGE_CAPTURE)
