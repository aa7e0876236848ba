"""What leads do by the clock."""

from __future__ import annotations

from datetime import timedelta

from leadline.infra import tenancy
from leadline.infra.jobs import every
from leadline.kit import clock
from leadline.leads import actions, queries

_AT_ONCE = 500


@every(timedelta(minutes=5))
def totals_stay_short() -> None:
    """Add up the changes of the board's totals, one workspace at a time."""
    with tenancy.everywhere():
        crowded = queries.workspaces_with_long_totals()
    for workspace_id in crowded:
        with tenancy.workspace(workspace_id):
            actions.compact_totals()


@every(timedelta(seconds=10))
def owners_are_reminded() -> None:
    """Next steps that have become due; after a pause of the server those of the last day."""
    with tenancy.everywhere():
        due = queries.steps_to_remind_of(clock.now(), _AT_ONCE)
    for workspace_id, lead_ids in due.items():
        actions.remind_of_steps(workspace_id, lead_ids)


@every(timedelta(hours=6))
def the_trash_is_emptied() -> None:
    """Deleted leads can come back for 30 days."""
    actions.purge_trash()
