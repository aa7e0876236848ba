"""Pure decisions of bulk edits: states, outcomes, how long they can be taken back."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

KEPT = timedelta(days=30)
# So many records are changed in one transaction: progress is seen, and nobody waits long for a lock.
PIECE = 200
# After so many pieces the next job goes on, so that other companies have their turn.
TURN = 20
MAX_CHOSEN = 10_000
LISTED = 50


class State(StrEnum):
    """How far a bulk edit is."""

    RUNNING = "running"
    STOPPING = "stopping"
    DONE = "done"
    CANCELLED = "cancelled"
    UNDOING = "undoing"
    UNDONE = "undone"


WORKING = frozenset({State.RUNNING, State.STOPPING, State.UNDOING})
ENDED = frozenset({State.DONE, State.CANCELLED})


class Outcome(StrEnum):
    """What became of a record."""

    WAITING = "waiting"
    CHANGED = "changed"
    SAME = "same"
    REFUSED = "refused"
    UNDONE = "undone"
    KEPT = "kept"
