"""What the clocks do by themselves."""

from __future__ import annotations

from datetime import timedelta

from leadline.assignment import actions, queries
from leadline.infra import tenancy
from leadline.infra.jobs import every
from leadline.kit import clock

_AT_ONCE = 200
_MOST_ROUNDS = 50
# A whole night of leads is given out at once, but never held all together.
_MOST_WAITING, _PIECE = 50_000, 1000


@every(timedelta(seconds=5))
def let_clocks_speak() -> None:
    """Warn, and tell what was missed; after a pause of the server everything due, in order."""
    for _ in range(_MOST_ROUNDS):
        with tenancy.everywhere():
            due = queries.due_clocks(clock.now(), _AT_ONCE)
        spoke = sum(actions.speak(workspace_id, clock_ids) for workspace_id, clock_ids in due.items())
        if spoke == 0 or sum(map(len, due.values())) < _AT_ONCE:
            return


@every(timedelta(minutes=1))
def queues_are_served() -> None:
    """Whoever is free again gets what waits, and what nobody claimed in time goes in turn."""
    with tenancy.everywhere():
        waiting = queries.workspaces_with_unowned_leads()
    for workspace_id in waiting:
        with tenancy.workspace(workspace_id):
            lead_ids = queries.unowned_lead_ids(_MOST_WAITING)
        for at in range(0, len(lead_ids), _PIECE):
            with tenancy.workspace(workspace_id):
                actions.assign_unowned(workspace_id, lead_ids[at : at + _PIECE])


@every(timedelta(days=1))
def nobody_is_without_an_owner() -> None:
    """The daily check that every open lead has an owner who is there; who has none gets one."""
    with tenancy.everywhere():
        left = queries.owners_who_left()
    for workspace_id, member_id in left:
        with tenancy.workspace(workspace_id):
            actions.reassign_leads_of(workspace_id, member_id)
    queues_are_served()
