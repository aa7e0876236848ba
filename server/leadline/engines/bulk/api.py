"""Bulk edits over HTTP."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Router, Status
from pydantic import Field

from leadline.engines.bulk import actions, queries
from leadline.engines.bulk.models import BulkEdit
from leadline.engines.bulk.ports import Chosen, Wanted
from leadline.engines.bulk.rules import MAX_CHOSEN, Outcome, State
from leadline.infra.web import Page, Shape, one_of
from leadline.kit.errors import Invalid
from leadline.workspaces.requests import ActorRequest

Limit = Annotated[int, Field(ge=1, le=200)]
router = Router(tags=["bulk edits"])


class BulkEditIn(Shape):
    """A change of many records: of those with these `record_ids`, or of all that a list shows.

    `listed` holds what the list is asked with: `filter`, `view`, `kind`, `q`.
    """

    id: UUID | None = None
    object: str = "lead"
    action: Annotated[str, Field(max_length=40)]
    values: dict[str, Any] = Field(default_factory=dict)
    record_ids: Annotated[list[UUID], Field(max_length=MAX_CHOSEN)] | None = None
    listed: dict[str, Any] | None = None
    quiet: bool = True


class LeftAlone(Shape):
    """A record that was not changed, or not taken back, and why."""

    id: UUID
    outcome: Annotated[str, one_of(Outcome)]
    reason: str


class BulkEditRow(Shape):
    """A bulk edit and how far it is."""

    id: UUID
    object: str
    action: str
    what: str
    quiet: bool
    state: Annotated[str, one_of(State)]
    total: int
    changed: int
    same: int
    refused: int
    undone: int
    kept: int
    by_name: str
    created_at: datetime
    finished_at: datetime | None
    can_undo: bool


class BulkEditOut(BulkEditRow):
    """A bulk edit with the first records that were left alone."""

    left_alone: list[LeftAlone]


def _row(edit: BulkEdit) -> dict[str, Any]:
    same = (
        *("id", "action", "quiet", "state", "total", "changed", "same", "refused", "undone", "kept"),
        *("by_name", "created_at", "finished_at"),
    )
    return {
        **{name: getattr(edit, name) for name in same},
        "object": edit.object_type,
        "what": queries.spoken(edit.said),
        "can_undo": queries.can_undo(edit),
    }


def _shown(edit: BulkEdit) -> BulkEditOut:
    left = [
        LeftAlone(id=row.record_id, outcome=row.outcome, reason=queries.spoken(row.reason))
        for row in queries.left_alone(edit)
    ]
    return BulkEditOut(**_row(edit), left_alone=left)


@router.post("/bulk-edits", response={201: BulkEditOut})
def create_bulk_edit(request: ActorRequest, body: BulkEditIn) -> Status[BulkEditOut]:
    """Change many records together; the answer comes at once, the change follows as a job."""
    if (body.record_ids is None) == (body.listed is None):
        raise Invalid("Name the records by `record_ids`, or say in `listed` which list.", field="record_ids")
    made = actions.begin(
        request.auth,
        object_type=body.object,
        wanted=Wanted(body.action, body.values),
        chosen=Chosen(ids=body.record_ids or (), listed=body.listed),
        quiet=body.quiet,
        edit_id=body.id,
    )
    return Status(201, _shown(made))


@router.get("/bulk-edits", response=Page[BulkEditRow])
def get_bulk_edits(request: ActorRequest, cursor: str | None = None, limit: Limit = 50) -> Page[BulkEditRow]:
    """Bulk edits, newest first."""
    rows, following = queries.edits_page(request.auth, cursor, limit)
    return Page(items=[BulkEditRow(**_row(edit)) for edit in rows], next_cursor=following)


@router.get("/bulk-edits/{uuid:edit_id}", response=BulkEditOut)
def get_bulk_edit(request: ActorRequest, edit_id: UUID) -> BulkEditOut:
    """One bulk edit with its progress."""
    return _shown(queries.edit_page(request.auth, edit_id))


@router.post("/bulk-edits/{uuid:edit_id}/cancellations", response=BulkEditOut)
def create_bulk_cancellation(request: ActorRequest, edit_id: UUID) -> BulkEditOut:
    """Stop; what was changed stays, and can be taken back."""
    return _shown(actions.cancel(request.auth, edit_id))


@router.post("/bulk-edits/{uuid:edit_id}/undos", response=BulkEditOut)
def create_bulk_undo(request: ActorRequest, edit_id: UUID) -> BulkEditOut:
    """Take a bulk edit of the last 30 days back; what somebody changed again since stays and is listed."""
    return _shown(actions.undo(request.auth, edit_id))
