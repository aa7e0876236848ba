"""What the spam filter does by the clock."""

from __future__ import annotations

from datetime import timedelta

from leadline.channels.webforms.spam import actions, queries
from leadline.infra import tenancy
from leadline.infra.jobs import every


@every(timedelta(minutes=1))
def learn_what_was_marked() -> None:
    """Marks are learned together, within a minute."""
    with tenancy.everywhere():
        waiting = queries.unlearned_workspaces()
    for workspace_id in waiting:
        actions.learn.later(workspace_id=str(workspace_id))
