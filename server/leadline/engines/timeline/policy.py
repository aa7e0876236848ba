"""Which entries an actor may reach; the room of the record decides whether the record is seen at all."""

from __future__ import annotations

from django.db.models import QuerySet

from leadline.engines.timeline.models import TimelineEntry
from leadline.workspaces.actor import Actor


def visible_entries(actor: Actor) -> QuerySet[TimelineEntry]:
    """The entries of the actor's workspace."""
    return TimelineEntry.objects.filter(workspace_id=actor.workspace_id)
