"""Ask providers for what a delivery only names; never inside a transaction."""

from __future__ import annotations

import logging
from datetime import timedelta
from uuid import UUID

from django.db.models import QuerySet

from leadline.capture import ports
from leadline.capture.actions import alarms, outcomes
from leadline.capture.models import Connection, Submission
from leadline.capture.ports import DoorShut, NotUnderstood, TryAgain
from leadline.capture.rules import State
from leadline.infra import tenancy
from leadline.kit import clock
from leadline.kit.errors import LeadlineError
from leadline.kit.sentences import say, word

log = logging.getLogger(__name__)


def is_incomplete(submission: Submission) -> bool:
    """Whether the provider must be asked before the submission can be understood."""
    return submission.fetched is None and isinstance(
        ports.adapter_for(submission.channel), ports.FetchesFirst
    )


def fetch(workspace_id: UUID, submission_id: UUID) -> None:
    """Keep what the provider says with the submission, or why it says nothing; safe to run twice."""
    with tenancy.workspace(workspace_id):
        submission = _waiting(submission_id).select_related("connection").first()
    if submission is None:
        return
    fetched: bytes | Exception
    try:
        fetched = _asked(submission)
    except Exception as problem:
        fetched = problem
    with tenancy.workspace(workspace_id):
        row = _waiting(submission_id).select_for_update().first()
        if row is None:
            # Somebody dismissed it, or another worker was faster.
            return
        if isinstance(fetched, Exception):
            _put_off(row, fetched)
            outcomes.save([row])
        else:
            Submission.objects.filter(id=row.id).update(fetched=fetched)
        if submission.connection is not None:
            _learn(submission.connection, fetched)


def resting(connection: Connection) -> timedelta:
    """How long the provider must not be asked yet; nothing when it may be."""
    if connection.rests_until is None:
        return timedelta()
    return max(connection.rests_until - clock.now(), timedelta())


def _waiting(submission_id: UUID) -> QuerySet[Submission]:
    return Submission.objects.filter(id=submission_id, state=State.RECEIVED.value, fetched=None)


def _asked(submission: Submission) -> bytes:
    adapter = ports.adapter_for(submission.channel)
    if not isinstance(adapter, ports.FetchesFirst):
        return b""
    rest = resting(submission.connection) if submission.connection is not None else timedelta()
    if rest and submission.connection is not None:
        why = submission.connection.last_error or word("The provider asked us to wait.")
        raise DoorShut(why, after=rest)
    return adapter.fetch(submission)


def _put_off(row: Submission, problem: Exception) -> None:
    if isinstance(problem, DoorShut):
        outcomes.fail(row, problem.said, after=problem.after, counts=False)
    elif isinstance(problem, TryAgain):
        outcomes.fail(row, problem.said, after=problem.after)
    elif isinstance(problem, NotUnderstood | LeadlineError):
        outcomes.quarantine(row, problem.said)
    else:
        log.error("submission %s could not be fetched", row.id, exc_info=problem)
        outcomes.quarantine(row, say("It could not be fetched ({trouble}).", trouble=type(problem).__name__))


def _learn(connection: Connection, fetched: bytes | Exception) -> None:
    if isinstance(fetched, DoorShut):
        alarms.shut(connection, fetched)
    elif not isinstance(fetched, Exception):
        alarms.works(connection)
