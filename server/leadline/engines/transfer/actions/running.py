"""Take the rows of a file in, piece by piece: what is done is done, and no row is taken twice."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import InterfaceError, OperationalError, ProgrammingError, transaction

from leadline.engines.notices import actions as notices
from leadline.engines.notices.ports import Telling
from leadline.engines.transfer import mapping, policy, queries
from leadline.engines.transfer.actions.drafting import importer, remember
from leadline.engines.transfer.models import Import, ImportedRow
from leadline.engines.transfer.ports import Done, Given, Target, Terms
from leadline.engines.transfer.reading import Record, Unreadable
from leadline.engines.transfer.rules import PIECE, Outcome, State
from leadline.infra import lookup, tenancy
from leadline.infra.jobs import background
from leadline.infra.jobs.background import nothing_follows
from leadline.kit import clock
from leadline.kit.errors import Conflict, LeadlineError
from leadline.kit.sentences import Sentence, Text, say
from leadline.workspaces import audit
from leadline.workspaces.actor import Actor

log = logging.getLogger(__name__)
# After so many pieces the next job goes on, so that other companies have their turn.
_TURN = 20
_COUNTED = ("created", "updated", "skipped", "bad")


def begin(actor: Actor, import_id: UUID) -> Import:
    """Start taking the rows in; started twice it runs once. Invalid (422) while something is undecided."""
    run = lookup.lock(policy.changeable_imports(actor), import_id)
    if run.state == State.RUNNING:
        return run
    if run.state != State.DRAFT:
        raise Conflict("This import has been run already. Bring the file again to import it once more.")
    mapping.require_ready(run, mapping.target_of(run.object_type).columns())
    run.state, run.started_at = State.RUNNING, clock.now()
    run.save(update_fields=["state", "started_at"])
    remember(run)
    take.later(workspace_id=str(run.workspace_id), import_id=str(run.id))
    audit.record(actor, "import.run", "import", run.id, {"name": run.name, "rows": run.rows})
    return run


def cancel(actor: Actor, import_id: UUID) -> Import:
    """Stop after the running piece; what was taken in stays, and can be undone."""
    run = lookup.lock(policy.changeable_imports(actor), import_id)
    if run.state not in (State.RUNNING, State.STOPPING):
        raise Conflict("Only an import that is running can be stopped.")
    run.state = State.STOPPING
    run.save(update_fields=["state"])
    audit.record(actor, "import.cancelled", "import", run.id, {"name": run.name})
    return run


@background(retries=8, name="transfer.take")
def take(*, workspace_id: str, import_id: str) -> None:
    """Take the next pieces in, each in a transaction of its own; a worker that dies loses nothing."""
    workspace = UUID(workspace_id)
    with tenancy.workspace(workspace):
        run = Import.objects.filter(id=import_id).first()
        if run is None:
            return
        opening = queries.records(run, after=run.position)
        rows = opening.__enter__()
    try:
        position = run.position
        for _ in range(_TURN):
            settled = _next_piece(workspace, run.id, position, rows)
            if not settled:
                return
            position += settled
    except Unreadable as problem:
        with tenancy.workspace(workspace):
            _end(_locked(run.id), State.FAILED, problem.detail)
        return
    finally:
        opening.__exit__(None, None, None)
    with tenancy.workspace(workspace):
        take.later(workspace_id=workspace_id, import_id=import_id)


def _next_piece(workspace: UUID, import_id: UUID, position: int, rows: Iterator[Record]) -> int:
    """How many rows were taken in; none when there is nothing more to do."""
    records = list(islice(rows, PIECE))
    with tenancy.workspace(workspace):
        run = _locked(import_id)
        if run.state == State.STOPPING:
            _end(run, State.CANCELLED)
            return 0
        if run.state != State.RUNNING or run.position != position:
            # Somebody else goes on with it, or nobody should.
            return 0
        if not records:
            _end(run, State.DONE)
            return 0
        _take(run, records)
    return len(records)


def _locked(import_id: UUID) -> Import:
    return Import.objects.select_for_update(of=("self",)).get(id=import_id)


def _take(run: Import, records: Sequence[Record]) -> None:
    target, terms, actor = mapping.target_of(run.object_type), mapping.terms(run), importer(run)
    places = mapping.places(run, target.columns())
    read = queries.read_rows(run, records, places, actor)
    done = [Done(one.row.number, Outcome.BAD, one.trouble) for one in read if one.trouble]
    with nothing_follows() if terms.quiet else nullcontext():
        done += _taken(target, actor, [one.row for one in read if not one.trouble], terms)
    ImportedRow.objects.bulk_create([_row(run, one) for one in done])
    for one in done:
        setattr(run, one.outcome.value, getattr(run, one.outcome.value) + 1)
    run.position += len(records)
    run.save(update_fields=["position", *_COUNTED])


def _taken(target: Target, actor: Actor, rows: Sequence[Given], terms: Terms) -> list[Done]:
    """What became of the rows; one that spoils the others is found by halves and set aside."""
    if not rows:
        return []
    try:
        with transaction.atomic():
            return target.take(actor, rows, terms)
    except (OperationalError, InterfaceError, ProgrammingError):
        # Not the fault of a row: the job is tried again.
        raise
    except Exception as problem:
        if len(rows) > 1:
            middle = len(rows) // 2
            return [
                *_taken(target, actor, rows[:middle], terms),
                *_taken(target, actor, rows[middle:], terms),
            ]
        log.exception("row %d could not be taken in", rows[0].number)
        why: Text = (
            problem.said
            if isinstance(problem, LeadlineError)
            else say("It could not be taken in ({error}).", error=type(problem).__name__)
        )
        return [Done(rows[0].number, Outcome.BAD, why)]


def _row(run: Import, done: Done) -> ImportedRow:
    return ImportedRow(
        run=run,
        number=done.number,
        outcome=done.outcome.value,
        reason=stored(done.reason),
        record_id=done.record_id,
        facts=dict(done.facts),
    )


def stored(reason: Text) -> dict[str, Any]:
    """A reason as JSON, so that each reader gets it in the own language."""
    if not reason:
        return {}
    return {"text": str(reason), **({"sentence": reason.data} if isinstance(reason, Sentence) else {})}


def _end(run: Import, state: State, error: str = "") -> None:
    run.state, run.error, run.finished_at = state, error, clock.now()
    run.save(update_fields=["state", "error", "finished_at"])
    if run.by_id is None:
        return
    counts = {name: getattr(run, name) for name in _COUNTED}
    notices.tell(
        [
            Telling(
                member_id=run.by_id,
                kind="import.done",
                title=say("{name}: {created} new, {updated} updated", name=run.name, **_first(counts)),
                text=say("{skipped} left out, {bad} with mistakes", **_last(counts)),
                link_object="import",
                link_id=run.id,
                once=f"import:{run.id}",
            )
        ]
    )


def _first(counts: dict[str, int]) -> dict[str, int]:
    return {name: counts[name] for name in ("created", "updated")}


def _last(counts: dict[str, int]) -> dict[str, int]:
    return {name: counts[name] for name in ("skipped", "bad")}
