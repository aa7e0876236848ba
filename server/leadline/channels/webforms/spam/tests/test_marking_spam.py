"""What people mark is learned, explained, and can be taken back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from leadline.capture.models import Connection, Submission
from leadline.channels.webforms.spam import actions, queries
from leadline.channels.webforms.spam.learning import Learned
from leadline.channels.webforms.spam.models import SpamFilter, SpamMark
from leadline.channels.webforms.spam.tests.test_learning_spam import good, spam
from leadline.channels.webforms.tests.conftest import address, form, fresh_counter, visitor
from leadline.kit import clock, ids
from leadline.leads.models import Lead
from leadline.testing import Api
from leadline.workspaces.actor import Actor

Drain = Callable[..., int]
__all__ = ["form", "fresh_counter", "visitor"]
DANA = {"name": "Dana Levi", "email": "dana@levi.example", "text": "Do you sell followers here?"}


@pytest.fixture
def learned(ada: Actor) -> SpamFilter:
    """A filter that calls everything with “followers” in it spam."""
    known = Learned(weights={"w:followers": 40.0}, bias=-2.0, limit=0.5)
    row = SpamFilter(learned=queries.packed(known), learned_at=clock.now(), changed_at=clock.now())
    row.save()
    return row


def posted(visitor: Client, form: Connection, drain: Drain, **changes: str) -> Submission:
    visitor.post(address(form), {**DANA, **changes})
    drain()
    return Submission.objects.latest("received_at", "id")


def test_what_reads_like_marked_spam_is_held_back_with_its_reason(
    learned: SpamFilter, form: Connection, visitor: Client, drain: Drain
) -> None:
    kept = posted(visitor, form, drain)
    assert (kept.state, kept.spam) == ("quarantined", True)
    assert kept.reason.startswith("It reads like what was marked as spam before (")
    assert "“followers”" in kept.reason
    assert Lead.objects.count() == 0
    let_through = posted(visitor, form, drain, text="Do you work on flat roofs?")
    assert let_through.state == "understood"


def test_a_persons_word_is_stronger_than_the_filter(
    ada: Actor, learned: SpamFilter, form: Connection, visitor: Client, drain: Drain
) -> None:
    kept = posted(visitor, form, drain)
    Api(ada).post(f"/submissions/{kept.id}/retries")
    drain()
    assert Lead.objects.get().name == "Dana Levi"
    mark = SpamMark.objects.get()
    assert (mark.submission_id, mark.spam, mark.by, mark.form) == (kept.id, False, "Ada", "Contact")
    assert mark.said == "Dana Levi\ndana@levi.example\nDo you sell followers here?"


def test_a_switched_off_filter_holds_nothing_back(
    ada: Actor, learned: SpamFilter, form: Connection, visitor: Client, drain: Drain
) -> None:
    api = Api(ada)
    seen = api.get("/form-spam").json()
    assert api.patch("/form-spam", {"version": seen["version"], "enabled": False}).json()["enabled"] is False
    stale = api.patch("/form-spam", {"version": seen["version"], "enabled": True})
    assert (stale.status_code, stale.json()["current"]["enabled"]) == (409, False)
    assert posted(visitor, form, drain).state == "understood"


def test_marks_come_from_the_log_and_from_leads_and_go_when_they_are_undone(
    ada: Actor, rita: Actor, stranger: Actor, form: Connection, visitor: Client, drain: Drain
) -> None:
    api = Api(ada)
    by_log = posted(visitor, form, drain)
    api.post(f"/submissions/{by_log.id}/dismissals", {"spam": True})
    by_lead = posted(visitor, form, drain, name="Eve", email="eve@spam.example")
    lead = Lead.objects.get(name="Eve")
    assert api.post(f"/leads/{lead.id}/spam-marks").status_code == 204
    assert {(m.submission_id, m.spam) for m in SpamMark.objects.all()} == {
        (by_log.id, True),
        (by_lead.id, True),
    }
    shown = api.get("/form-spam").json()
    assert (shown["spam"], shown["good"], shown["waiting"], shown["quality"]) == (2, 0, True, None)
    assert {row["said"].split("\n")[0] for row in api.get("/form-spam/marks").json()["items"]} == {
        "Dana Levi",
        "Eve",
    }

    assert api.post(f"/leads/{lead.id}/moves", {"stage_id": str(lead.stage_id)}).status_code == 200
    assert SpamMark.objects.get().submission_id == by_log.id
    mark = SpamMark.objects.get()
    assert Api(rita).get("/form-spam/marks").status_code == 403
    assert Api(stranger).delete(f"/form-spam/marks/{mark.id}").status_code == 404
    assert api.delete(f"/form-spam/marks/{mark.id}").status_code == 204
    assert SpamMark.objects.count() == 0


def test_learning_takes_marks_and_answered_inquiries_and_measures_itself(ada: Actor) -> None:
    SpamMark.objects.bulk_create(
        SpamMark(submission_id=ids.new_id(), said=one.said, spam=one.spam)
        for one in [*map(spam, range(25)), *map(good, range(25))]
    )
    actions.change_filter(ada, enabled=True)
    assert Api(ada).post("/form-spam/trials", {"text": "Buy"}).json()["learned"] is False
    actions.learn(workspace_id=str(ada.workspace_id))

    shown = Api(ada).get("/form-spam").json()
    assert (shown["quality"]["spam"], shown["quality"]["good"], shown["waiting"]) == (25, 25, False)
    tried = Api(ada).post("/form-spam/trials", {"text": spam(77).said}).json()
    assert (tried["learned"], tried["spam"]) == (True, True)
    assert tried["signs"]
    SpamMark.objects.filter(spam=True).delete()
    actions.learn(workspace_id=str(ada.workspace_id))
    assert Api(ada).get("/form-spam").json()["quality"] is None
