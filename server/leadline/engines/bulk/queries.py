"""Read bulk edits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from leadline.engines.bulk import policy
from leadline.engines.bulk.models import BulkEdit, BulkRow
from leadline.engines.bulk.ports import Target, targets
from leadline.engines.bulk.rules import ENDED, KEPT, LISTED, Outcome
from leadline.infra import lookup
from leadline.infra.language import told
from leadline.infra.web.shapes import decode_cursor, page
from leadline.kit import clock
from leadline.kit.errors import Invalid, NotFound
from leadline.kit.sentences import say
from leadline.workspaces.actor import Actor


def target_of(object_type: str) -> Target:
    """The room that changes these records; NotFound (404) when none does."""
    if object_type not in targets:
        raise NotFound(say("“{key}” cannot be changed together.", key=object_type[:40]), field="object")
    return targets[object_type]


def edits_page(actor: Actor, cursor: str | None, limit: int) -> tuple[list[BulkEdit], str | None]:
    """Bulk edits, newest first: 1 statement."""
    rows = policy.visible_edits(actor)
    if cursor:
        rows = rows.filter(id__lt=_id_in(cursor))
    return page(list(rows.order_by("-id")[: limit + 1]), limit=limit, key=lambda one: [str(one.id)])


def edit_page(actor: Actor, edit_id: UUID) -> BulkEdit:
    """One bulk edit."""
    return lookup.get(policy.visible_edits(actor), edit_id)


def left_alone(edit: BulkEdit) -> list[BulkRow]:
    """The first records that could not be changed, or not be taken back, with the reasons: 1 statement."""
    if not edit.refused and not edit.kept:
        return []
    rows = BulkRow.objects.filter(edit=edit, outcome__in=(Outcome.REFUSED.value, Outcome.KEPT.value))
    return list(rows.order_by("record_id")[:LISTED])


def can_undo(edit: BulkEdit) -> bool:
    """Whether the bulk edit can still be taken back."""
    if edit.state not in ENDED or edit.finished_at is None:
        return False
    return edit.changed > 0 and edit.finished_at >= clock.now() - KEPT


def spoken(stored: Mapping[str, Any]) -> str:
    """A stored sentence in the language spoken now."""
    return told(stored.get("sentence"), str(stored.get("text", "")))


def _id_in(cursor: str) -> UUID:
    try:
        return UUID(str(decode_cursor(cursor)[0]))
    except (ValueError, IndexError) as error:
        raise Invalid("This cursor is not valid; start again without it.", field="cursor") from error
