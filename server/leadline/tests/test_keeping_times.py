"""What is kept for a time is gone after it, and not a moment before."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from leadline.assignment.models import SlaClock
from leadline.capture.models import Submission
from leadline.capture.schedule import forget_settled_submissions
from leadline.contacts.models import Contact
from leadline.conversations.models import Message
from leadline.conversations.tests.test_unread import writes
from leadline.engines.timeline.models import TimelineEntry
from leadline.infra import tenancy
from leadline.kit import clock
from leadline.kit.errors import NotFound
from leadline.leads import actions, queries
from leadline.leads.models import Lead, StageVisit
from leadline.leads.schedule import the_trash_is_emptied
from leadline.leads.tests import people
from leadline.scoring.models import ScoreEntry
from leadline.testing import Api
from leadline.workspaces.actor import Actor
from leadline.workspaces.models import AuditEntry, IdempotentAnswer, Workspace
from leadline.workspaces.schedule import forget_old_answers

pytestmark = pytest.mark.usefixtures("held")


def test_the_trash_keeps_a_lead_for_thirty_days_and_then_nothing_of_it(rita: Actor, mona: Actor) -> None:
    gone, back, kept = (people.lead(rita, name) for name in ("Gone", "Back", "Kept"))
    writes(gone, "m1")
    for lead in (gone, back):
        actions.delete_lead(mona, lead.id)

    clock.move(timedelta(days=30) - timedelta(seconds=1))
    the_trash_is_emptied()
    actions.restore_lead(mona, back.id)
    clock.move(timedelta(seconds=1))
    the_trash_is_emptied()

    assert set(Lead.objects.values_list("name", flat=True)) == {"Back", "Kept"}
    assert not TimelineEntry.objects.filter(about_id=gone.id).exists()
    for children in (StageVisit, SlaClock, ScoreEntry):
        assert set(children.objects.values_list("lead_id", flat=True)) <= {back.id, kept.id}
    with pytest.raises(NotFound):
        actions.restore_lead(mona, gone.id)
    # The person stays with what was said, and so does the fact that somebody deleted the lead.
    assert Contact.objects.count() == 3
    assert Message.objects.get().lead_id is None
    assert AuditEntry.objects.filter(object_id=gone.id, action="purged").count() == 1
    assert sum(column.count for column in queries.board(mona).columns) == 2


def test_each_company_keeps_its_own_time(
    rita: Actor, mona: Actor, stranger: Actor, workspace: Workspace
) -> None:
    actions.delete_lead(mona, people.lead(rita, "Ours").id)
    clock.move(timedelta(days=20))
    with tenancy.workspace(stranger.workspace_id):
        actions.delete_lead(stranger, people.lead(stranger, "Theirs").id)
    clock.move(timedelta(days=15))
    the_trash_is_emptied()

    assert not Lead.objects.exists()
    with tenancy.workspace(stranger.workspace_id):
        assert Lead.objects.get().name == "Theirs"


def test_a_key_of_a_request_is_remembered_for_a_week(ada: Actor, api: Callable[[Actor], Api]) -> None:
    assert api(ada).post("/teams", {"name": "South"}, key="k1").status_code == 201
    clock.move(timedelta(days=6))
    forget_old_answers()
    assert api(ada).post("/teams", {"name": "South"}, key="k1").headers["Idempotent-Replayed"] == "true"

    clock.move(timedelta(days=1, seconds=1))
    forget_old_answers()
    assert not IdempotentAnswer.objects.exists()


def test_a_settled_submission_is_forgotten_after_ninety_days_and_an_open_one_never(
    inside: Workspace, held: datetime
) -> None:
    for state in ("understood", "ignored", "quarantined", "failed", "received"):
        for days in (89, 91):
            Submission.objects.create(
                channel="form",
                natural_key=f"{state} {days}",
                body=b"x",
                state=state,
                received_at=held - timedelta(days=days),
            )
    forget_settled_submissions()

    left = set(Submission.objects.values_list("natural_key", flat=True))
    assert left == {
        "understood 89",
        "ignored 89",
        *(f"{state} {days}" for state in ("quarantined", "failed", "received") for days in (89, 91)),
    }
