"""Tell the owner at once when somebody's interest rises steeply."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from leadline.engines.notices import actions as notices
from leadline.engines.notices.actions import Telling
from leadline.kit import clock
from leadline.kit.sentences import say
from leadline.scoring import queries
from leadline.scoring.models import Surge

SURGE_POINTS = 30
SURGE_WINDOW = timedelta(hours=24)


def tell_surges(lead_ids: Collection[UUID]) -> None:
    """Tell the owners of these leads whose interest rose by 30 points within 24 hours, once in 24 hours."""
    now = clock.now()
    since = now - SURGE_WINDOW
    risen = queries.risen(lead_ids, since, SURGE_POINTS)
    told = []
    for lead, points in risen:
        surge, first = Surge.objects.get_or_create(lead_id=lead.id, defaults={"told_at": now})
        mine = first or Surge.objects.filter(id=surge.id, told_at__lte=since).update(told_at=now) == 1
        if mine and lead.owner_id is not None:
            told.append(
                Telling(
                    member_id=lead.owner_id,
                    kind="surge",
                    title=say("{name} shows much interest now", name=lead.name),
                    text=say("{n} points within 24 hours; the score is {score}.", n=points, score=lead.score),
                    link_object="lead",
                    link_id=lead.id,
                )
            )
    notices.tell(told)
