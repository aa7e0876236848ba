"""What time does to scores."""

from __future__ import annotations

from datetime import timedelta

from leadline.infra import tenancy
from leadline.infra.jobs import every
from leadline.kit import clock
from leadline.scoring import actions, queries

_AT_ONCE = 500
_MOST_ROUNDS = 20


@every(timedelta(minutes=1))
def let_interest_fade() -> None:
    """Take the points that time has taken, at most once a day per lead."""
    for _ in range(_MOST_ROUNDS):
        with tenancy.everywhere():
            due = queries.due_fadings(clock.now(), _AT_ONCE)
        for workspace_id, lead_ids in due.items():
            actions.fade(workspace_id, lead_ids)
        if sum(map(len, due.values())) < _AT_ONCE:
            return
