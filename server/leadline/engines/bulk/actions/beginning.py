"""Choose the records and start; stop again."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet
from psycopg import sql

from leadline.engines.bulk import policy, queries
from leadline.engines.bulk.actions.running import change, stored
from leadline.engines.bulk.models import BulkEdit, BulkRow
from leadline.engines.bulk.ports import Chosen, Wanted
from leadline.engines.bulk.rules import MAX_CHOSEN, State
from leadline.infra import lookup
from leadline.kit import clock
from leadline.kit.errors import Conflict, Forbidden, Invalid
from leadline.kit.sentences import say
from leadline.workspaces import audit
from leadline.workspaces.actor import Actor
from leadline.workspaces.rules import Right

# The records are chosen once: what a change does to the list must not change what it is done to.
_CHOOSE = sql.SQL(
    "INSERT INTO {table} (workspace_id, edit_id, record_id, outcome, reason, facts, at) "
    "SELECT %s, %s, chosen.id, 'waiting', '{{}}', '{{}}', %s FROM ({chosen}) AS chosen(id)"
)


def begin(
    actor: Actor,
    *,
    object_type: str,
    wanted: Wanted,
    chosen: Chosen,
    quiet: bool = True,
    edit_id: UUID | None = None,
) -> BulkEdit:
    """Start to change the chosen records as a job; the same id twice is one bulk edit.

    What cannot be done to any record is refused here; what cannot be done to one is told of that one.
    """
    actor.require(Right.CHANGE_LEADS)
    if actor.member_id is None:
        raise Forbidden("A bulk edit belongs to a member; only a member starts one.")
    same = policy.changeable_edits(actor).filter(id=edit_id).first() if edit_id else None
    if same is not None:
        return same
    if len(chosen.ids) > MAX_CHOSEN:
        raise Invalid(say("Name at most {most} records, or a list.", most=MAX_CHOSEN), field="record_ids")
    target = queries.target_of(object_type)
    kept = target.checked(actor, wanted)
    edit = BulkEdit(
        object_type=object_type,
        action=kept.action,
        values=dict(kept.values),
        said=stored(target.described(kept)),
        quiet=quiet,
        by_id=actor.member_id,
        by_name=actor.name,
        **({"id": edit_id} if edit_id else {}),
    )
    _insert(edit)
    edit.total = _choose(edit, target.chosen(actor, chosen))
    edit.save(update_fields=["total"])
    change.later(workspace_id=str(edit.workspace_id), edit_id=str(edit.id))
    facts = {"object": object_type, "action": edit.action, "total": edit.total, "values": edit.values}
    audit.record(actor, "bulk_edit.started", "bulk_edit", edit.id, facts)
    return edit


def _insert(edit: BulkEdit) -> None:
    try:
        with transaction.atomic():
            edit.save(force_insert=True)
    except IntegrityError as error:
        raise Conflict("This id is taken. Use a new one.", code="id_taken", field="id") from error


def cancel(actor: Actor, edit_id: UUID) -> BulkEdit:
    """Stop after the running piece; what was changed stays, and can be taken back."""
    edit = lookup.lock(policy.changeable_edits(actor), edit_id)
    if edit.state not in (State.RUNNING, State.STOPPING):
        raise Conflict("Only a bulk edit that is running can be stopped.")
    edit.state = State.STOPPING
    edit.save(update_fields=["state"])
    audit.record(actor, "bulk_edit.cancelled", "bulk_edit", edit.id)
    return edit


def _choose(edit: BulkEdit, records: QuerySet[Any]) -> int:
    """Write down the records; how many there are. One statement for any number."""
    try:
        asked, values = records.order_by().values("id").query.sql_with_params()
    except EmptyResultSet:
        return 0
    statement = _CHOOSE.format(table=sql.Identifier(BulkRow._meta.db_table), chosen=sql.SQL(asked))
    with connection.cursor() as cursor:
        cursor.execute(
            statement.as_string(cursor.connection), [edit.workspace_id, edit.id, clock.now(), *values]
        )
        return int(cursor.rowcount)
