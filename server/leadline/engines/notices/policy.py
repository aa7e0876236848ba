"""A member sees the own notices, and nobody else's."""

from __future__ import annotations

from django.db.models import QuerySet

from leadline.engines.notices.models import Notice
from leadline.workspaces.actor import Actor


def own_notices(actor: Actor) -> QuerySet[Notice]:
    """What the actor was told; the product itself is told nothing."""
    if actor.member_id is None:
        return Notice.objects.none()
    return Notice.objects.filter(workspace_id=actor.workspace_id, member_id=actor.member_id)
