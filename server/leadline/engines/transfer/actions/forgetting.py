"""What can no longer be undone is forgotten; files that were made or brought go with it."""

from __future__ import annotations

from datetime import timedelta

from leadline.engines.transfer.models import Export, Import, ImportedRow
from leadline.engines.transfer.rules import KEPT, State
from leadline.infra import retention
from leadline.kit import clock

EXPORTS_KEPT = timedelta(days=7)
DRAFTS_KEPT = timedelta(days=7)


def forget_old() -> int:
    """Forget the rows of imports after 30 days, and drafts and exports after 7; how many there were."""
    now = clock.now()
    rows = ImportedRow.objects.filter(at__lt=now - KEPT).order_by("at")
    drafts = Import.objects.filter(state=State.DRAFT, updated_at__lt=now - DRAFTS_KEPT).order_by("created_at")
    exports = Export.objects.filter(created_at__lt=now - EXPORTS_KEPT).order_by("created_at")
    return sum(retention.forget(old) for old in (rows, drafts, exports))
