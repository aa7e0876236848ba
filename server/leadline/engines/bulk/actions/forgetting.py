"""What can no longer be taken back is forgotten."""

from __future__ import annotations

from leadline.engines.bulk.models import BulkRow
from leadline.engines.bulk.rules import KEPT
from leadline.infra import retention
from leadline.kit import clock


def forget_old() -> int:
    """Forget the records of bulk edits after 30 days; how many there were. The edits themselves stay."""
    return retention.forget(BulkRow.objects.filter(at__lt=clock.now() - KEPT).order_by("at"))
