"""Events are kept for a week: long enough for a stream to resume and for people to look."""

from __future__ import annotations

from datetime import timedelta

from leadline.infra import tenancy
from leadline.infra.models import EventRow
from leadline.kit import clock

KEPT = timedelta(days=7)
AT_ONCE = 5000


def forget_old_events() -> int:
    """Delete the events older than a week, in small transactions; how many were deleted."""
    before = clock.now() - KEPT
    with tenancy.everywhere():
        old = EventRow.objects.filter(at__lt=before)
        owners = list(old.values_list("workspace_id", flat=True).distinct())
    deleted = 0
    for workspace_id in owners:
        while True:
            with tenancy.workspace(workspace_id):
                oldest = EventRow.objects.filter(at__lt=before).order_by("at").values("seq")
                count = EventRow.objects.filter(seq__in=oldest[:AT_ONCE]).delete()[0]
            deleted += count
            if count < AT_ONCE:
                break
    return deleted
