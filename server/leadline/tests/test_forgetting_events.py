"""Events older than a week are forgotten, in every workspace."""

from __future__ import annotations

from datetime import datetime, timedelta

from leadline.infra import tenancy
from leadline.infra.events.forgetting import forget_old_events
from leadline.infra.models import EventRow
from leadline.infra.retention import AT_ONCE
from leadline.testing import people
from leadline.workspaces.models import Workspace


def write(workspace: Workspace, at: datetime, count: int = 1) -> None:
    with tenancy.workspace(workspace.id):
        EventRow.objects.bulk_create(EventRow(name="X", payload={}, at=at) for _ in range(count))


def test_a_week_is_kept_and_what_is_older_goes_everywhere(held: datetime, db: None) -> None:
    acme, other = people.acme(), people.other()
    eight_days_ago = held - timedelta(days=8)
    write(acme, eight_days_ago, AT_ONCE + 1)
    write(other, eight_days_ago)
    write(acme, held - timedelta(days=6))

    assert forget_old_events() == AT_ONCE + 2
    with tenancy.everywhere():
        assert [row.workspace_id for row in EventRow.objects.filter(name="X")] == [acme.id]
    assert forget_old_events() == 0
