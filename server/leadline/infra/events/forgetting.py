"""Events are kept for a week: long enough for a stream to resume and for people to look."""

from __future__ import annotations

from datetime import timedelta

from leadline.infra import retention
from leadline.infra.models import EventRow
from leadline.kit import clock

KEPT = timedelta(days=7)


def forget_old_events() -> int:
    """Delete the events older than a week, in small transactions; how many were deleted."""
    return retention.forget(EventRow.objects.filter(at__lt=clock.now() - KEPT).order_by("at"))
