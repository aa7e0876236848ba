"""Who sees what visits were counted: those who look after capture."""

from __future__ import annotations

from django.db.models import QuerySet

from leadline.tracking.models import PageCount
from leadline.workspaces.actor import Actor
from leadline.workspaces.rules import Right


def visible_counts(actor: Actor) -> QuerySet[PageCount]:
    """The counts of the workspace's websites."""
    actor.require(Right.SEE_CAPTURE)
    return PageCount.objects.filter(workspace_id=actor.workspace_id)
