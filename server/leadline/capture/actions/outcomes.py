"""What became of submissions: the one place where their state is decided and stored."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from leadline.capture import ports, rules
from leadline.capture.actions.reasons import give_reason
from leadline.capture.events import SubmissionsHeldBack, SubmissionsLetIn
from leadline.capture.models import Submission
from leadline.capture.rules import State
from leadline.infra import bulk, events
from leadline.kit import clock
from leadline.kit.sentences import Text

_OUTCOME = ["state", "reason", "spam", "attempts", "next_try_at", "lead_id", "contact_id", "result"]


def take(submission: Submission, taken: Sequence[ports.Taken], note: Text) -> None:
    """It is understood; ignored when it says nothing but its note."""
    ignored = bool(note) and not taken
    submission.state = (State.IGNORED if ignored else State.UNDERSTOOD).value
    submission.next_try_at = None
    submission.attempts += 1
    submission.lead_id = next((one.lead.id for one in taken if one.lead is not None), None)
    submission.contact_id = next((one.contact.id for one in taken), None)
    submission.result = {
        "taken": [
            {
                "lead_id": str(one.lead.id) if one.lead is not None else None,
                "contact_id": str(one.contact.id),
                "created": one.created,
                "match": one.match_reason,
            }
            for one in taken
        ]
    }
    give_reason(submission, note)


def quarantine(submission: Submission, reason: Text) -> None:
    """It waits for a person."""
    submission.state = State.QUARANTINED.value
    give_reason(submission, reason)
    submission.attempts += 1


def fail(
    submission: Submission, reason: Text, *, after: timedelta = timedelta(), counts: bool = True
) -> None:
    """It is tried again with back-off, at the earliest `after`; `counts` says whether that was an attempt."""
    submission.attempts += 1 if counts else 0
    submission.state = State.FAILED.value
    give_reason(submission, reason)
    # After the last attempt it stays visible as failed until a person tries it again.
    again = submission.attempts < rules.MAX_ATTEMPTS
    pause = max(rules.back_off(submission.attempts), after)
    submission.next_try_at = clock.now() + pause if again else None


def save(submissions: Sequence[Submission]) -> None:
    """Store the outcomes in one statement, and say what is held back and what is let in at last."""
    if not submissions:
        return
    changes = {row.id: {name: getattr(row, name) for name in _OUTCOME} for row in submissions}
    bulk.update_rows(Submission, changes, _OUTCOME)
    held_back = [row for row in submissions if row.state in (State.QUARANTINED.value, State.FAILED.value)]
    # Those understood at once are told about by their leads; a second event each would only cost.
    let_in = [row for row in submissions if row not in held_back and row.queued_at > row.received_at]
    for kind, rows in ((SubmissionsHeldBack, held_back), (SubmissionsLetIn, let_in)):
        if rows:
            ids = tuple(row.id for row in rows)
            events.record(kind(workspace_id=rows[0].workspace_id, submission_ids=ids, at=clock.now()))
