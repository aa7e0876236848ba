"""Change the chosen records piece by piece: what is done is done, and no record is changed twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from contextlib import nullcontext
from typing import Any
from uuid import UUID

from leadline.engines.bulk import queries, rules
from leadline.engines.bulk.models import BulkEdit, BulkRow
from leadline.engines.bulk.ports import Changed, Wanted
from leadline.engines.bulk.rules import Outcome, State
from leadline.engines.notices import actions as notices
from leadline.engines.notices.ports import Telling
from leadline.infra import tenancy
from leadline.infra.jobs import background
from leadline.infra.jobs.background import nothing_follows
from leadline.kit import clock
from leadline.kit.sentences import Sentence, Text, say, sentence_from
from leadline.workspaces.actor import Actor
from leadline.workspaces.door import actor_of_member
from leadline.workspaces.policy import visible_members

_COUNTED = (Outcome.CHANGED, Outcome.SAME, Outcome.REFUSED)


@background(retries=8, name="bulk.change")
def change(*, workspace_id: str, edit_id: str) -> None:
    """Change the next pieces, each in a transaction of its own; a worker that dies loses nothing."""
    for _ in range(rules.TURN):
        with tenancy.workspace(UUID(workspace_id)):
            edit = locked(edit_id)
            if edit is None or not _next_piece(edit):
                return
    with tenancy.workspace(UUID(workspace_id)):
        change.later(workspace_id=workspace_id, edit_id=edit_id)


def locked(edit_id: str) -> BulkEdit | None:
    """The bulk edit, which nobody else goes on with until this transaction ends."""
    return BulkEdit.objects.select_for_update(of=("self",)).filter(id=edit_id).first()


def editor(edit: BulkEdit) -> Actor | None:
    """Whoever started the bulk edit, in whose name it goes on; None when they are gone."""
    if edit.by_id is None:
        return None
    rows = visible_members(Actor.product(edit.workspace_id)).filter(id=edit.by_id, active=True)
    member = rows.prefetch_related("teams").first()
    return actor_of_member(member, frozenset(team.id for team in member.teams.all())) if member else None


def settle(rows: Sequence[BulkRow], done: Sequence[Changed]) -> Counter[Outcome]:
    """Write down what became of these records, and count it: one statement."""
    by_record = {one.record_id: one for one in done}
    for row in rows:
        became = by_record[row.record_id]
        row.outcome, row.reason, row.at = became.outcome.value, stored(became.reason), clock.now()
        row.facts = dict(became.facts) or row.facts
    BulkRow.objects.bulk_update(rows, ["outcome", "reason", "facts", "at"])
    return Counter(one.outcome for one in done)


def stored(text: Text) -> dict[str, Any]:
    """A sentence as JSON, so that each reader gets it in the own language."""
    if not text:
        return {}
    return {"text": str(text), **({"sentence": text.data} if isinstance(text, Sentence) else {})}


def _next_piece(edit: BulkEdit) -> bool:
    """Whether there may be more to do."""
    if edit.state == State.STOPPING:
        _end(edit, State.CANCELLED)
        return False
    if edit.state != State.RUNNING:
        return False
    actor = editor(edit)
    waiting = BulkRow.objects.filter(edit=edit, outcome=Outcome.WAITING.value).order_by("record_id")
    rows = list(waiting[: rules.PIECE])
    if not rows or actor is None:
        _end(edit, State.CANCELLED if rows else State.DONE)
        return False
    wanted = Wanted(edit.action, edit.values)
    with nothing_follows() if edit.quiet else nullcontext():
        done = queries.target_of(edit.object_type).change(actor, [row.record_id for row in rows], wanted)
    counted = settle(rows, done)
    for outcome in _COUNTED:
        setattr(edit, outcome.value, getattr(edit, outcome.value) + counted[outcome])
    edit.save(update_fields=[outcome.value for outcome in _COUNTED])
    return True


def _end(edit: BulkEdit, state: State) -> None:
    edit.state, edit.finished_at = state, clock.now()
    edit.save(update_fields=["state", "finished_at"])
    actor = editor(edit)
    if actor is None or actor.member_id is None:
        return
    wanted = Wanted(edit.action, edit.values)
    target = queries.target_of(edit.object_type)
    summary = Telling(
        member_id=actor.member_id,
        kind="bulk_edit.done",
        title=say("{what}: {n} changed", what=sentence_from(target.described(wanted)), n=edit.changed),
        text=say("{same} were so already, {refused} could not be", same=edit.same, refused=edit.refused),
        link_object="bulk_edit",
        link_id=edit.id,
        once=f"bulk_edit:{edit.id}",
    )
    # Whom an automation would have told is told here, once; who gave leads to themselves knows it.
    others = target.tell(actor, wanted, edit.changed) if edit.quiet and edit.changed else ()
    notices.tell([summary, *(one for one in others if one.member_id != actor.member_id)])
