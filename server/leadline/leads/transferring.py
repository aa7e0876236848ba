"""Leads as records that are brought in and given out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from leadline.engines.transfer.ports import Column, Done, Given, Source, Terms, Undone, Verdict
from leadline.leads import actions, queries
from leadline.leads.columns import columns
from leadline.workspaces.actor import Actor


class LeadTarget:
    """Rows become leads; a person who has one already is a duplicate."""

    object_type = "lead"
    label = "Leads"

    def columns(self) -> Sequence[Column]:
        """The places for columns, custom fields included."""
        return columns()

    def judge(self, actor: Actor, rows: Sequence[Given], terms: Terms, seen: set[Any]) -> list[Verdict]:
        """What would become of each row."""
        read = queries.read_rows(actor, rows, terms, seen)
        return [
            Verdict(row, duplicate=one.duplicate, trouble=one.trouble)
            for row, one in zip(rows, read, strict=True)
        ]

    def take(self, actor: Actor, rows: Sequence[Given], terms: Terms) -> list[Done]:
        """Take the rows in."""
        return actions.take_rows(actor, rows, terms)

    def undo(self, actor: Actor, done: Sequence[Done], since: datetime) -> Undone:
        """Take back what these rows did."""
        return actions.take_back(actor, done, since)


def _rows(
    actor: Actor, tree: Mapping[str, Any] | None, after: UUID | None, limit: int
) -> Sequence[tuple[UUID, Mapping[str, Any]]]:
    return queries.exported(actor, tree, after, limit)


LEADS = Source(
    object_type="lead",
    label="Leads",
    headers=queries.export_headers,
    count=queries.export_count,
    rows=_rows,
    files=queries.export_files,
)
# What was said and done, for the export of everything; messages come with their texts.
TIMELINE = Source(
    object_type="timeline",
    label="Timeline",
    headers=queries.timeline_headers,
    count=queries.timeline_count,
    rows=queries.timeline_rows,
)
