"""Pure decisions of import and export: states, choices, and what a spreadsheet must not run."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import timedelta
from enum import StrEnum

KEPT = timedelta(days=30)
PIECE = 1000
# So many rows are counted within one request; more are counted as a job.
COUNTED_AT_ONCE = 20_000
MAX_ROWS = 1_000_000
PREVIEWED = 5
EXTRA = "extra"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class State(StrEnum):
    """How far an import or export is."""

    DRAFT = "draft"
    RUNNING = "running"
    STOPPING = "stopping"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"
    UNDOING = "undoing"
    UNDONE = "undone"


WORKING = frozenset({State.RUNNING, State.STOPPING, State.UNDOING})
ENDED = frozenset({State.DONE, State.CANCELLED, State.FAILED})


class Outcome(StrEnum):
    """What became of a row."""

    CREATED = "created"
    UPDATED = "updated"
    SKIPPED = "skipped"
    BAD = "bad"


class Duplicates(StrEnum):
    """What is done with a row whose record exists already."""

    SKIP = "skip"
    UPDATE = "update"
    CREATE = "create"


class Mode(StrEnum):
    """What an update does to a value that is there."""

    FILL = "fill"
    OVERWRITE = "overwrite"


class DateOrder(StrEnum):
    """How dates like 03/04/2026 are read."""

    DAY_FIRST = "dmy"
    MONTH_FIRST = "mdy"
    YEAR_FIRST = "ymd"


def headers_digest(headers: Sequence[str]) -> str:
    """The same for every file with these columns in this order."""
    return hashlib.sha256("\n".join(header.casefold() for header in headers).encode()).hexdigest()


def harmless(cell: str) -> str:
    """The text as a spreadsheet shows it and never runs it."""
    if not cell.startswith(_FORMULA):
        return cell
    try:
        float(cell)
    except ValueError:
        return f"'{cell}"
    return f"'{cell}" if cell.startswith("+") else cell


def as_written(cell: str) -> str:
    """The text that `harmless` was given."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell
