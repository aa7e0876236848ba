"""All writes, which are those of saved views, and the reads, because engines are entered by their actions."""

from __future__ import annotations

from leadline.engines.views.queries import (
    Tree,
    after,
    check,
    computed,
    computed_value,
    cursor_of,
    describe,
    from_text,
    matcher,
    matches,
    order_by,
    saved_views,
    to_q,
    with_computed,
)
from leadline.engines.views.saving import change_view, delete_view, save_view

__all__ = [
    "Tree",
    "after",
    "change_view",
    "check",
    "computed",
    "computed_value",
    "cursor_of",
    "delete_view",
    "describe",
    "from_text",
    "matcher",
    "matches",
    "order_by",
    "save_view",
    "saved_views",
    "to_q",
    "with_computed",
]
