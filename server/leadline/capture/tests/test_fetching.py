"""What a delivery only names is fetched before it is understood, and never lost when that fails."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import pytest

from leadline.capture import actions, ports, schedule
from leadline.capture.models import Connection, Submission
from leadline.capture.ports import DoorShut, Inquiry, Item, NotUnderstood, Taken, TryAgain, Understood
from leadline.contacts.ports import IdentityIn, Person
from leadline.engines.notices.models import Notice
from leadline.kit import clock
from leadline.leads.models import Lead
from leadline.workspaces.actor import Actor

Drain = Callable[..., int]


class Owl:
    """A channel whose letters name a parcel; who sent it is written inside."""

    channel = "owl"

    def __init__(self) -> None:
        self.trouble: Exception | None = None
        self.asked: list[str] = []

    def fetch(self, submission: Submission) -> bytes:
        named = bytes(submission.body).decode()
        if named.startswith("whole "):
            return b""
        self.asked.append(named)
        if self.trouble is not None:
            raise self.trouble
        return f"whole {named}".encode()

    def understand(self, submission: Submission) -> Understood:
        name = bytes(submission.fetched or submission.body).decode().removeprefix("whole ")
        person = Person(
            name=name, identities=(IdentityIn("email", f"{name.lower()}@{name.lower()}.example"),)
        )
        at = submission.received_at
        return Understood(
            inquiries=[Inquiry(natural_key=name, channel="owl", source="", at=at, person=person)]
        )

    def settle(self, actor: Actor, submission: Submission, taken: Sequence[Taken]) -> None:
        pass


@pytest.fixture
def owl(monkeypatch: pytest.MonkeyPatch) -> Owl:
    made = Owl()
    monkeypatch.setitem(ports._adapters, "owl", made)
    return made


@pytest.fixture
def nest(ada: Actor, owl: Owl) -> Connection:
    return actions.open_connection(ada, channel="owl", name="Nest", settings={})


def sent(*names: str) -> list[Item]:
    return [Item(natural_key=name, body=name.encode()) for name in names]


def stored(name: str) -> Submission:
    return Submission.objects.get(natural_key=name)


def test_what_is_fetched_is_kept_beside_the_delivery_and_becomes_the_lead(
    nest: Connection, owl: Owl, drain: Drain
) -> None:
    actions.receive(nest, [*sent("Dana", "Omri"), Item(natural_key="Noa", body=b"whole Noa")])
    drain()

    assert sorted(Lead.objects.values_list("name", flat=True)) == ["Dana", "Noa", "Omri"]
    kept = stored("Dana")
    assert (bytes(kept.body), bytes(kept.fetched or b""), kept.attempts) == (b"Dana", b"whole Dana", 1)
    assert sorted(owl.asked) == ["Dana", "Omri"]


def test_a_passing_trouble_is_tried_again_not_before_it_may_be_over(
    nest: Connection, owl: Owl, drain: Drain, held: datetime
) -> None:
    owl.trouble = TryAgain("The owl sleeps.", after=timedelta(minutes=3))
    actions.receive(nest, sent("Dana"))
    drain()
    kept = stored("Dana")
    assert (kept.state, kept.reason, kept.attempts) == ("failed", "The owl sleeps.", 1)
    assert kept.next_try_at == held + timedelta(minutes=3)

    owl.trouble = None
    clock.move(timedelta(minutes=2))
    schedule.queue_what_was_left_behind()
    drain()
    assert not Lead.objects.exists()
    clock.move(timedelta(minutes=2))
    schedule.queue_what_was_left_behind()
    drain()
    assert Lead.objects.get().name == "Dana"


def test_a_shut_door_is_knocked_at_once_and_costs_no_attempt(
    nest: Connection, owl: Owl, ola: Actor, drain: Drain, held: datetime
) -> None:
    owl.trouble = DoorShut("The owl wants another key.", after=timedelta(hours=1), alarm=True)
    actions.receive(nest, sent("Dana", "Omri"))
    drain()
    actions.receive(nest, sent("Noa"))
    drain()

    nest.refresh_from_db()
    assert len(owl.asked) == 1
    assert (nest.last_error, nest.rests_until) == (str(owl.trouble), held + timedelta(hours=1))
    assert {row.attempts for row in Submission.objects.all()} == {0}
    assert Notice.objects.filter(member_id=str(ola.member_id), kind="channel_stopped").count() == 1

    owl.trouble = None
    actions.change_connection(ola, nest.id, secrets={"key": "new"})
    drain()
    nest.refresh_from_db()
    assert Lead.objects.count() == 3
    assert (nest.last_error, nest.rests_until) == ("", None)


def test_what_is_found_later_completes_what_is_stuck_and_nothing_else(
    nest: Connection, owl: Owl, drain: Drain
) -> None:
    owl.trouble = NotUnderstood("There is no such parcel.")
    actions.receive(nest, sent("Dana", "Omri"))
    drain()
    assert stored("Dana").state == "quarantined"

    found = [Item(natural_key=name, body=f"whole {name}".encode()) for name in ("Dana", "Noa")]
    assert actions.receive_found(nest, found) == 2
    assert actions.receive_found(nest, found) == 0
    drain()
    assert sorted(Lead.objects.values_list("name", flat=True)) == ["Dana", "Noa"]
    assert stored("Omri").state == "quarantined"


def test_erased_bytes_are_gone_and_do_not_come_back(nest: Connection, owl: Owl, drain: Drain) -> None:
    actions.receive(nest, sent("Dana"))
    drain()

    erased = actions.erase(nest, "Dana")
    assert erased is not None
    assert actions.receive(nest, sent("Dana")) == []
    kept = stored("Dana")
    assert (bytes(kept.body), bytes(kept.fetched or b"")) == (b"", b"")
    assert actions.erase(nest, "Nobody") is None
