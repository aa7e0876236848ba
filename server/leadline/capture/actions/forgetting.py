"""Submissions keep their natural key, and with it the protection against a second delivery, for 90 days."""

from __future__ import annotations

from datetime import timedelta

from leadline.capture.models import Submission
from leadline.capture.rules import State
from leadline.infra import retention
from leadline.kit import clock

KEPT = timedelta(days=90)
_SETTLED = (State.UNDERSTOOD.value, State.IGNORED.value)


def forget_settled_submissions() -> int:
    """Delete what was settled and came in more than 90 days ago; how many there were.

    What nobody has settled yet is never forgotten.
    """
    old = Submission.objects.filter(state__in=_SETTLED, received_at__lt=clock.now() - KEPT)
    return retention.forget(old.order_by("received_at"))
