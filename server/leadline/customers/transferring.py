"""Customers as records that are brought in and given out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from leadline.customers import actions, queries
from leadline.customers.columns import columns
from leadline.engines.transfer.ports import Column, Done, Given, Source, Terms, Undone, Verdict
from leadline.kit.sentences import word
from leadline.workspaces.actor import Actor


class CustomerTarget:
    """Rows become customers, with their person or company; who is one already is a duplicate."""

    object_type = "customer"
    label = word("Customers")

    def columns(self) -> Sequence[Column]:
        """The places for columns, custom fields included."""
        return columns()

    def judge(self, actor: Actor, rows: Sequence[Given], terms: Terms, seen: set[Any]) -> list[Verdict]:
        """What would become of each row."""
        read = queries.read_rows(actor, rows, seen)
        return [
            Verdict(row, duplicate=one.before or one.known is not None, trouble=one.trouble)
            for row, one in zip(rows, read, strict=True)
        ]

    def take(self, actor: Actor, rows: Sequence[Given], terms: Terms) -> list[Done]:
        """Take the rows in."""
        return actions.take_rows(actor, rows, terms)

    def undo(self, actor: Actor, done: Sequence[Done], since: datetime) -> Undone:
        """Take back what these rows did."""
        return actions.take_rows_back(actor, done)


CUSTOMERS = Source(
    object_type="customer",
    label=word("Customers"),
    headers=lambda actor: queries.export_headers(actor),
    count=lambda actor, tree: queries.export_count(actor, tree),
    rows=lambda actor, tree, after, limit: queries.exported(actor, tree, after, limit),
)
