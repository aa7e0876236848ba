"""What people do with submissions in the integration log."""

from __future__ import annotations

from uuid import UUID

from leadline.capture import policy
from leadline.capture.actions.reasons import give_reason, reason_of
from leadline.capture.actions.understanding import queue
from leadline.capture.events import SubmissionsJudged
from leadline.capture.models import Submission
from leadline.capture.rules import State
from leadline.infra import events, lookup
from leadline.kit import clock
from leadline.kit.errors import Conflict
from leadline.kit.sentences import Sentence, say
from leadline.workspaces import audit
from leadline.workspaces.actor import Actor
from leadline.workspaces.rules import Right

_AT_ONCE = 1000
_MAY_BE_RETRIED = (State.QUARANTINED.value, State.FAILED.value, State.IGNORED.value)


def retry(actor: Actor, submission_id: UUID) -> Submission:
    """Understand the submission again from its bytes; Conflict (409) when it already became a lead."""
    submission = lookup.lock(policy.changeable_submissions(actor), submission_id)
    if submission.state == State.UNDERSTOOD.value:
        raise Conflict("This submission is already understood; trying again would change nothing.")
    if submission.spam:
        _judged(actor, submission, spam=False)
    queue(actor.workspace_id, [submission.id])
    audit.record(actor, "submission.retried", "submission", submission.id, {"reason": submission.reason})
    submission.refresh_from_db(fields=["state", "reason", "spam", "next_try_at", "queued_at"])
    return submission


def retry_all(actor: Actor, state: str) -> int:
    """Understand again the oldest thousand in this state, except spam; how many were queued."""
    actor.require(Right.CHANGE_CAPTURE)
    if state not in _MAY_BE_RETRIED:
        raise Conflict("Only quarantined, failed and ignored submissions can be tried again.")
    rows = policy.changeable_submissions(actor).filter(state=state, spam=False).order_by("received_at")
    chosen = list(rows.select_for_update(skip_locked=True).values_list("id", flat=True)[:_AT_ONCE])
    queue(actor.workspace_id, chosen)
    audit.record(actor, "submissions.retried", "submission", None, {"state": state, "count": len(chosen)})
    return len(chosen)


def discard(actor: Actor, submission_id: UUID) -> Submission:
    """Put the submission aside as not a lead; its bytes stay and it can be tried again."""
    submission = lookup.lock(policy.changeable_submissions(actor), submission_id)
    if submission.state == State.UNDERSTOOD.value:
        raise Conflict("This submission became a lead; dismiss the lead instead.")
    submission.state, submission.next_try_at = State.IGNORED.value, None
    give_reason(submission, _dismissed(actor, submission))
    submission.save(update_fields=["state", "next_try_at", "reason", "result"])
    audit.record(actor, "submission.dismissed", "submission", submission.id)
    return submission


def mark_spam(actor: Actor, submission_id: UUID) -> Submission:
    """Keep the submission in quarantine as spam."""
    submission = lookup.lock(policy.changeable_submissions(actor), submission_id)
    submission.state, submission.spam = State.QUARANTINED.value, True
    submission.next_try_at = None
    give_reason(submission, say("Marked as spam by {name}.", name=actor.name))
    submission.save(update_fields=["state", "spam", "reason", "next_try_at", "result"])
    audit.record(actor, "submission.marked_spam", "submission", submission.id)
    _judged(actor, submission, spam=True)
    return submission


def _dismissed(actor: Actor, submission: Submission) -> Sentence:
    if not submission.reason:
        return say("Dismissed by {name}.", name=actor.name)
    return say("Dismissed by {name}. {reason}", name=actor.name, reason=reason_of(submission))


def _judged(actor: Actor, submission: Submission, *, spam: bool) -> None:
    events.record(
        SubmissionsJudged(
            workspace_id=actor.workspace_id,
            submission_ids=(submission.id,),
            spam=spam,
            by=actor.name,
            at=clock.now(),
        )
    )
