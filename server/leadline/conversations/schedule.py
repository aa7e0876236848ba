"""What conversations do by the clock."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from uuid import UUID

from leadline.conversations import actions, queries
from leadline.infra import tenancy
from leadline.infra.jobs import every
from leadline.kit import clock


@every(timedelta(seconds=2))
def try_messages_again() -> None:
    """Send again what a provider asked us to send later."""
    with tenancy.everywhere():
        due = queries.due_messages()
    _per_workspace(due, actions.try_due)


@every(timedelta(seconds=30))
def find_interrupted_sends() -> None:
    """Mark sends that a crash interrupted as uncertain."""
    with tenancy.everywhere():
        found = queries.interrupted_messages()
    _per_workspace(found, actions.mark_interrupted)


@every(timedelta(seconds=30))
def those_who_write_no_more_are_forgotten() -> None:
    """A browser that was closed in the middle of a sentence says nothing; time says it."""
    actions.forget_silent_composers()


@every(timedelta(hours=12))
def forget_unclaimed_statuses() -> None:
    """Throw away statuses of messages that were never ours."""
    with tenancy.everywhere():
        found = queries.workspaces_with_old_notes(clock.now() - timedelta(days=7))
    for workspace_id in found:
        with tenancy.workspace(workspace_id):
            actions.forget_old_notes()


def _per_workspace(rows: Sequence[tuple[UUID, UUID]], act: Callable[[UUID, list[UUID]], int]) -> None:
    for workspace_id in {workspace for workspace, _ in rows}:
        act(workspace_id, [row_id for workspace, row_id in rows if workspace == workspace_id])
