"""Take a bulk edit back; what somebody changed again since stays and is listed."""

from __future__ import annotations

from uuid import UUID

from leadline.engines.bulk import policy, queries, rules
from leadline.engines.bulk.actions.running import editor, locked, settle
from leadline.engines.bulk.models import BulkEdit, BulkRow
from leadline.engines.bulk.ports import Changed, Wanted
from leadline.engines.bulk.rules import ENDED, Outcome, State
from leadline.infra import lookup, tenancy
from leadline.infra.jobs import background
from leadline.infra.jobs.background import nothing_follows
from leadline.kit.errors import Conflict
from leadline.workspaces import audit
from leadline.workspaces.actor import Actor


def undo(actor: Actor, edit_id: UUID) -> BulkEdit:
    """Take the bulk edit back, within 30 days; asked twice it is taken back once."""
    edit = lookup.lock(policy.changeable_edits(actor), edit_id)
    if edit.state == State.UNDOING:
        return edit
    if edit.state not in ENDED:
        raise Conflict("Only a bulk edit that has ended can be taken back.")
    if not queries.can_undo(edit):
        raise Conflict("There is nothing to take back, or it is older than 30 days.")
    edit.state = State.UNDOING
    edit.save(update_fields=["state"])
    take_back.later(workspace_id=str(edit.workspace_id), edit_id=str(edit.id))
    audit.record(actor, "bulk_edit.undone", "bulk_edit", edit.id)
    return edit


@background(retries=8, name="bulk.take_back")
def take_back(*, workspace_id: str, edit_id: str) -> None:
    """Take back the next pieces, each in a transaction of its own."""
    for _ in range(rules.TURN):
        with tenancy.workspace(UUID(workspace_id)):
            edit = locked(edit_id)
            if edit is None or edit.state != State.UNDOING or not _next_piece(edit):
                return
    with tenancy.workspace(UUID(workspace_id)):
        take_back.later(workspace_id=workspace_id, edit_id=edit_id)


def _next_piece(edit: BulkEdit) -> bool:
    changed = BulkRow.objects.filter(edit=edit, outcome=Outcome.CHANGED.value).order_by("record_id")
    rows = list(changed[: rules.PIECE])
    if not rows:
        edit.state = State.UNDONE
        edit.save(update_fields=["state"])
        return False
    # It is taken back in the name of who started it; of who is gone, in the product's.
    actor = editor(edit) or Actor.product(edit.workspace_id)
    done = [Changed(row.record_id, Outcome.CHANGED, "", row.facts) for row in rows]
    with nothing_follows():
        became = queries.target_of(edit.object_type).undo(actor, done, Wanted(edit.action, edit.values))
    counted = settle(rows, became)
    edit.undone += counted[Outcome.UNDONE]
    edit.kept += counted[Outcome.KEPT]
    edit.save(update_fields=["undone", "kept"])
    return True
