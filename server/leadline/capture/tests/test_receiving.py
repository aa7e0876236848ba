"""What arrives is stored exactly, once, and nothing of it is ever lost."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection as database

from leadline.capture import actions, ports, queries, schedule
from leadline.capture.models import Connection, Submission
from leadline.capture.ports import Inquiry, Item, NotUnderstood, Taken, TryAgain, Understood
from leadline.contacts.models import Contact
from leadline.contacts.ports import IdentityIn, Person
from leadline.infra import tenancy
from leadline.infra.models import EventRow, Job
from leadline.kit import clock
from leadline.leads.models import Lead
from leadline.testing import people
from leadline.workspaces.actor import Actor
from leadline.workspaces.models import Workspace

Drain = Callable[..., int]


class Pigeon:
    """A channel whose messages say what should happen to them."""

    channel = "pigeon"

    def __init__(self) -> None:
        self.settled: list[UUID] = []
        self.down = False
        self.spoils = ""

    def understand(self, submission: Submission) -> Understood:
        words = bytes(submission.body).decode()
        if words == "gibberish":
            raise NotUnderstood("This is not a message.")
        if words == "bug":
            raise ZeroDivisionError
        if words == "nothing":
            return Understood(note="Nobody asked for anything.")
        if self.down:
            raise TryAgain("The pigeon loft does not answer.")
        return Understood(inquiries=[asked_by(words, submission.received_at)])

    def settle(self, actor: Actor, submission: Submission, taken: Sequence[Taken]) -> None:
        if self.spoils and bytes(submission.body).decode() == self.spoils:
            raise RuntimeError("a surprise")
        self.settled.append(submission.id)


def asked_by(name: str, at: datetime) -> Inquiry:
    phone = "+9725" + str(abs(hash(name)) % 10**8).zfill(8)
    person = Person(name=name, identities=(IdentityIn("phone", phone),))
    return Inquiry(natural_key=name, channel="pigeon", source="", at=at, person=person, text=f"I am {name}")


@pytest.fixture
def pigeon(monkeypatch: pytest.MonkeyPatch) -> Pigeon:
    made = Pigeon()
    monkeypatch.setitem(ports._adapters, "pigeon", made)
    return made


@pytest.fixture
def loft(ada: Actor, pigeon: Pigeon) -> Connection:
    return actions.open_connection(ada, channel="pigeon", name="Loft", settings={})


def sent(*bodies: str) -> list[Item]:
    return [Item(natural_key=body, body=body.encode()) for body in bodies]


def only() -> Submission:
    return Submission.objects.get()


def test_the_bytes_are_kept_as_they_came(loft: Connection) -> None:
    body = bytes(range(256))
    headers = {"X-Hub-Signature": "s3cret", "User-Agent": "pigeon\x00/1"}
    actions.receive(loft, [Item(natural_key="a\x00b", body=body, headers=headers, content_type="x")])

    kept = only()
    assert bytes(kept.body) == body
    assert kept.natural_key == "a\ufffdb"
    assert kept.headers == {"X-Hub-Signature": "•••", "User-Agent": "pigeon\ufffd/1"}
    assert (kept.state, Lead.objects.count()) == ("received", 0)


def test_a_second_delivery_changes_nothing(loft: Connection, drain: Drain) -> None:
    (first,) = actions.receive(loft, sent("Dana"))
    assert actions.receive(loft, sent("Dana")) == []
    drain()
    assert actions.receive(loft, sent("Dana")) == []
    drain()

    assert only().id == first
    assert Lead.objects.count() == 1
    assert Job.objects.count() == 0


def test_what_is_understood_becomes_a_lead(loft: Connection, pigeon: Pigeon, drain: Drain) -> None:
    actions.receive(loft, sent("Dana"))
    drain()

    lead, kept = Lead.objects.get(), only()
    assert (lead.name, lead.text, lead.channel) == ("Dana", "I am Dana", "pigeon")
    assert lead.source == "pigeon"
    assert (kept.state, kept.lead_id, kept.contact_id) == ("understood", lead.id, lead.contact_id)
    assert not EventRow.objects.filter(name__startswith="Submissions").exists()
    assert kept.result["taken"][0]["created"] is True
    assert pigeon.settled == [kept.id]


def test_nothing_is_dropped_whatever_arrives(loft: Connection, drain: Drain) -> None:
    actions.receive(loft, sent("Dana", "gibberish", "bug", "nothing"))
    drain()

    states = {bytes(s.body).decode(): (s.state, s.reason) for s in Submission.objects.all()}
    assert states == {
        "Dana": ("understood", ""),
        "gibberish": ("quarantined", "This is not a message."),
        "bug": ("quarantined", "It could not be read (ZeroDivisionError)."),
        "nothing": ("ignored", "Nobody asked for anything."),
    }
    assert Lead.objects.count() == 1
    held_back = EventRow.objects.get(name="SubmissionsHeldBack").payload["submission_ids"]
    assert len(held_back) == 2


def test_a_channel_that_is_gone_leaves_its_submissions_in_quarantine(
    loft: Connection, drain: Drain, monkeypatch: pytest.MonkeyPatch
) -> None:
    actions.receive(loft, sent("Dana"))
    monkeypatch.delitem(ports._adapters, "pigeon")
    drain()
    assert only().reason == "The channel “pigeon” is not installed."


def test_one_that_spoils_its_batch_does_not_stop_the_others(
    loft: Connection, pigeon: Pigeon, drain: Drain
) -> None:
    pigeon.spoils = "Dana"
    actions.receive(loft, sent("Omri", "Dana", "Noa"))
    drain()

    assert {lead.name for lead in Lead.objects.all()} == {"Omri", "Noa"}
    assert Contact.objects.count() == 2
    failed = Submission.objects.get(state="failed")
    assert failed.reason == "It could not be taken in: RuntimeError"
    assert failed.next_try_at is not None


def test_a_failure_is_tried_again_later_and_later_until_it_works(
    held: datetime, loft: Connection, pigeon: Pigeon, drain: Drain
) -> None:
    pigeon.down = True
    actions.receive(loft, sent("Dana"))
    drain()
    assert (only().state, only().next_try_at) == ("failed", held + timedelta(seconds=10))
    schedule.queue_what_was_left_behind()
    assert drain() == 0

    clock.move(timedelta(seconds=10))
    schedule.queue_what_was_left_behind()
    drain()
    assert only().next_try_at == held + timedelta(seconds=30)
    assert Lead.objects.count() == 0

    pigeon.down = False
    clock.move(timedelta(seconds=20))
    schedule.queue_what_was_left_behind()
    drain()
    assert (only().state, only().next_try_at, only().attempts) == ("understood", None, 3)
    assert Lead.objects.count() == 1
    [let_in] = EventRow.objects.filter(name="SubmissionsLetIn")
    assert let_in.payload["submission_ids"] == [str(only().id)]


def test_after_the_last_attempt_it_waits_for_a_person(
    held: datetime, ada: Actor, loft: Connection, pigeon: Pigeon, drain: Drain
) -> None:
    pigeon.down = True
    (submission_id,) = actions.receive(loft, sent("Dana"))
    for _ in range(12):
        drain()
        clock.move(timedelta(hours=6))
        schedule.queue_what_was_left_behind()
    assert (only().state, only().next_try_at) == ("failed", None)

    pigeon.down = False
    actions.retry(ada, submission_id)
    drain()
    assert Lead.objects.count() == 1


def test_what_was_stored_but_never_queued_is_found(held: datetime, loft: Connection, drain: Drain) -> None:
    actions.receive(loft, sent("Dana"))
    Job.objects.all().delete()
    clock.move(timedelta(seconds=59))
    schedule.queue_what_was_left_behind()
    assert Job.objects.count() == 0

    clock.move(timedelta(seconds=1))
    schedule.queue_what_was_left_behind()
    drain()
    assert Lead.objects.get().name == "Dana"


def test_late_workers_get_no_second_job(held: datetime, loft: Connection) -> None:
    with tenancy.workspace(loft.workspace_id):
        actions.receive(loft, sent("Dana"))
    Job.objects.update(created_at=held)
    clock.move(timedelta(minutes=10))
    schedule.queue_what_was_left_behind()
    assert Job.objects.count() == 1


def test_a_thousand_take_as_many_statements_as_ten(
    loft: Connection, drain: Drain, statements: Callable[[], Any]
) -> None:
    def taken(count: int, prefix: str) -> int:
        actions.receive(loft, sent(*(f"{prefix}{n}" for n in range(count))))
        with statements() as seen:
            drain()
        return len(seen)

    taken(1, "the first one sets up the pipeline")
    few = taken(10, "a")
    many = taken(500, "b")
    assert Lead.objects.count() == 511
    assert many == few


def test_another_company_sees_nothing_of_it(loft: Connection, stranger: Actor) -> None:
    actions.receive(loft, sent("Dana"))
    with tenancy.workspace(stranger.workspace_id):
        assert queries.submissions(stranger).items == []
        assert queries.connections(stranger, "pigeon") == []


@pytest.mark.django_db(transaction=True)
def test_five_simultaneous_deliveries_have_one_effect(pigeon: Pigeon, drain: Drain) -> None:
    workspace: Workspace = people.acme()
    with tenancy.workspace(workspace.id):
        ada = people.member(workspace, "Ada", "admin")
        loft = actions.open_connection(ada, channel="pigeon", name="Loft", settings={})
    new: list[UUID] = []

    def deliver() -> None:
        new.extend(actions.receive(loft, sent("Dana")))
        database.close()

    threads = [threading.Thread(target=deliver) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    drain()

    with tenancy.workspace(workspace.id):
        assert len(new) == 1
        assert Submission.objects.get().id == new[0]
        assert Lead.objects.count() == Contact.objects.count() == 1


def test_the_senders_clock_cannot_put_a_lead_into_the_future(
    held: datetime, loft: Connection, pigeon: Pigeon, drain: Drain, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = datetime(2031, 1, 1, tzinfo=UTC)
    monkeypatch.setattr(pigeon, "understand", lambda s: Understood(inquiries=[asked_by("Dana", wrong)]))
    actions.receive(loft, sent("Dana"))
    drain()
    assert Lead.objects.get().inbound_at == held
