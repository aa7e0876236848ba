"""Understand what was received: outcomes are stored with the submission, and nothing is ever dropped."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction

from leadline.capture import ports, rules
from leadline.capture.actions import fetching, outcomes
from leadline.capture.actions.placing import placed
from leadline.capture.actions.taking_in import take_in
from leadline.capture.models import Submission
from leadline.capture.rules import State
from leadline.infra import tenancy
from leadline.infra.jobs import background
from leadline.kit import clock
from leadline.kit.errors import LeadlineError
from leadline.kit.sentences import say, sentence_from
from leadline.workspaces.actor import Actor

log = logging.getLogger(__name__)

# So many are fetched before the first of them are understood.
_PIECE = 20


@dataclass
class _Reading:
    """A submission on its way through understanding."""

    submission: Submission
    adapter: ports.Adapter | None = None
    understood: ports.Understood = field(default_factory=ports.Understood)


@background(retries=5, priority=10, name=rules.UNDERSTAND_JOB, gathers="submission_ids")
def understand(*, workspace_id: str, submission_ids: list[str]) -> None:
    """Understand the submissions that are still waiting; safe to run twice and beside itself.

    What a channel has to ask its provider for is fetched in between, while nothing is locked.
    """
    incomplete = _understand_complete(UUID(workspace_id), submission_ids)
    for start in range(0, len(incomplete), _PIECE):
        piece = incomplete[start : start + _PIECE]
        for submission_id in piece:
            fetching.fetch(UUID(workspace_id), submission_id)
        _understand_complete(UUID(workspace_id), piece)


def queue_again(workspace_id: UUID, submission_ids: Sequence[UUID]) -> int:
    """Queue what was left behind or is due again; how many were."""
    now = clock.now()
    with tenancy.workspace(workspace_id):
        rows = Submission.objects.filter(id__in=submission_ids)
        stranded = rows.filter(state=State.RECEIVED.value, queued_at__lte=now - rules.STRANDED_AFTER)
        due = rows.filter(state=State.FAILED.value, next_try_at__lte=now)
        chosen = list((stranded | due).select_for_update(skip_locked=True).values_list("id", flat=True))
        queue(workspace_id, chosen)
    return len(chosen)


def queue(workspace_id: UUID, submission_ids: Sequence[UUID]) -> None:
    """Mark the submissions as received and queue their understanding in the running transaction."""
    if not submission_ids:
        return
    Submission.objects.filter(id__in=submission_ids).update(
        state=State.RECEIVED.value, reason="", spam=False, next_try_at=None, queued_at=clock.now()
    )
    understand.later(workspace_id=str(workspace_id), submission_ids=[str(one) for one in submission_ids])


def _understand_complete(workspace_id: UUID, submission_ids: Sequence[UUID | str]) -> list[UUID]:
    """Understand those of which nothing is missing; the ids of the others."""
    with tenancy.workspace(workspace_id):
        waiting = Submission.objects.filter(id__in=submission_ids, state=State.RECEIVED.value)
        claimed = waiting.select_for_update(of=("self",), skip_locked=True).select_related("connection")
        rows = list(claimed.order_by("id"))
        incomplete = {row.id for row in rows if fetching.is_incomplete(row)}
        _work_through(workspace_id, [row for row in rows if row.id not in incomplete])
    return sorted(incomplete)


def _work_through(workspace_id: UUID, submissions: Sequence[Submission]) -> None:
    if not submissions:
        return
    readings = [_read(submission) for submission in submissions]
    clear = [reading for reading in readings if reading.submission.state == State.RECEIVED.value]
    actor = Actor.product(workspace_id)
    if not _settled(actor, clear) and len(clear) > 1:
        # One of them spoils the batch: every other one must still get through.
        for reading in clear:
            _settled(actor, [reading])
    outcomes.save(submissions)


def _read(submission: Submission) -> _Reading:
    adapter = ports.adapter_for(submission.channel)
    if adapter is None:
        outcomes.quarantine(
            submission, say("The channel “{channel}” is not installed.", channel=submission.channel)
        )
        return _Reading(submission)
    try:
        return _Reading(submission, adapter, adapter.understand(submission))
    except ports.NotUnderstood as problem:
        outcomes.quarantine(submission, problem.said)
        submission.spam = problem.spam
    except ports.TryAgain as problem:
        outcomes.fail(submission, problem.said, after=problem.after)
    except LeadlineError as problem:
        outcomes.quarantine(submission, problem.said)
    except Exception as problem:
        log.exception("submission %s could not be read", submission.id)
        outcomes.quarantine(
            submission, say("It could not be read ({trouble}).", trouble=type(problem).__name__)
        )
    return _Reading(submission, adapter)


def _settled(actor: Actor, readings: Sequence[_Reading]) -> bool:
    """Whether the readings became leads together; a single one that did not is marked as failed."""
    if not readings:
        return True
    try:
        with transaction.atomic():
            _settle(actor, readings)
    except Exception as problem:
        log.exception("%d submissions could not be taken in", len(readings))
        if len(readings) == 1:
            why = problem.said if isinstance(problem, LeadlineError) else type(problem).__name__
            outcomes.fail(
                readings[0].submission, say("It could not be taken in: {reason}", reason=sentence_from(why))
            )
        return False
    return True


def _settle(actor: Actor, readings: Sequence[_Reading]) -> None:
    inquiries = [one for reading in readings for one in reading.understood.inquiries]
    taken = iter(take_in(actor, placed(inquiries)))
    by_channel: dict[str, list[tuple[Submission, Sequence[ports.Taken]]]] = {}
    for reading in readings:
        own: Sequence[ports.Taken] = [next(taken) for _ in reading.understood.inquiries]
        by_channel.setdefault(reading.submission.channel, []).append((reading.submission, own))
    for channel, pairs in by_channel.items():
        adapter = ports.adapter_for(channel)
        if isinstance(adapter, ports.SettlesTogether):
            adapter.settle_all(actor, pairs)
        elif adapter is not None:
            for submission, own in pairs:
                adapter.settle(actor, submission, own)
    settled = [pair for pairs in by_channel.values() for pair in pairs]
    notes = {reading.submission.id: reading.understood.note for reading in readings}
    # Only now: an exception above must leave the rows as they were.
    for submission, own in settled:
        outcomes.take(submission, own, notes[submission.id])
