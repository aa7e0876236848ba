"""The same door as the queries, because engines are entered by their actions; nothing is written here."""

from __future__ import annotations

from leadline.engines.views.queries import (
    Tree,
    after,
    check,
    cursor_of,
    describe,
    from_text,
    matcher,
    matches,
    order_by,
    to_q,
)

__all__ = [
    "Tree",
    "after",
    "check",
    "cursor_of",
    "describe",
    "from_text",
    "matcher",
    "matches",
    "order_by",
    "to_q",
]
