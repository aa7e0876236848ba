"""Take an import back, newest rows first; what somebody touched since stays and is listed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from leadline.engines.transfer import mapping, policy
from leadline.engines.transfer.actions.drafting import importer
from leadline.engines.transfer.actions.running import stored
from leadline.engines.transfer.models import Import, ImportedRow
from leadline.engines.transfer.ports import Done, Undone
from leadline.engines.transfer.rules import ENDED, KEPT, PIECE, Outcome, State
from leadline.infra import lookup, tenancy
from leadline.infra.jobs import background
from leadline.infra.jobs.background import nothing_follows
from leadline.kit import clock
from leadline.kit.errors import Conflict
from leadline.workspaces import audit
from leadline.workspaces.actor import Actor

_LISTED = 200
_TURN = 20
_DID = (Outcome.CREATED.value, Outcome.UPDATED.value)


def undo(actor: Actor, import_id: UUID) -> Import:
    """Take the import back, within 30 days; asked twice it is taken back once."""
    run = lookup.lock(policy.changeable_imports(actor), import_id)
    if run.state == State.UNDOING:
        return run
    if run.state not in ENDED or run.finished_at is None:
        raise Conflict("Only an import that has ended can be undone.")
    if run.finished_at < clock.now() - KEPT:
        raise Conflict("This import is older than 30 days and can no longer be undone.")
    run.state = State.UNDOING
    run.undone = {"removed": 0, "restored": 0, "kept": 0, "records": []}
    run.save(update_fields=["state", "undone"])
    take_back.later(workspace_id=str(run.workspace_id), import_id=str(run.id))
    audit.record(actor, "import.undone", "import", run.id, {"name": run.name})
    return run


@background(retries=8, name="transfer.take_back")
def take_back(*, workspace_id: str, import_id: str) -> None:
    """Take back the next pieces, each in a transaction of its own."""
    workspace = UUID(workspace_id)
    for _ in range(_TURN):
        with tenancy.workspace(workspace):
            run = Import.objects.select_for_update(of=("self",)).filter(id=import_id).first()
            if run is None or run.state != State.UNDOING or not _take_back(run):
                return
    with tenancy.workspace(workspace):
        take_back.later(workspace_id=workspace_id, import_id=import_id)


def _take_back(run: Import) -> bool:
    """Whether there may be more rows to take back."""
    rows = list(ImportedRow.objects.filter(run=run, outcome__in=_DID).order_by("-number")[:PIECE])
    if not rows:
        run.state = State.UNDONE
        run.save(update_fields=["state"])
        return False
    done = [
        Done(row.number, Outcome(row.outcome), "", row.record_id, {**row.facts, "at": row.at}) for row in rows
    ]
    since = run.finished_at or run.created_at
    with nothing_follows():
        result = mapping.target_of(run.object_type).undo(importer(run), done, since)
    _note(run, result)
    # A row that was taken back is no longer part of what the import did.
    ImportedRow.objects.filter(id__in=[row.id for row in rows]).delete()
    return True


def _note(run: Import, result: Undone) -> None:
    said: dict[str, Any] = dict(run.undone)
    said["removed"] += result.removed
    said["restored"] += result.restored
    said["kept"] += len(result.kept)
    listed = [
        {"id": str(one.record_id), "name": one.name, "reason": stored(one.reason)} for one in result.kept
    ]
    said["records"] = [*said["records"], *listed][:_LISTED]
    run.undone = said
    run.save(update_fields=["undone"])
