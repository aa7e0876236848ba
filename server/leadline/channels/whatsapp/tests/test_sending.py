"""Messages go out once, and end in the state the provider tells, in whatever order it tells it."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from leadline.capture.models import Connection
from leadline.channels.whatsapp import setup
from leadline.channels.whatsapp.models import SandboxMessage, SandboxNumber, SandboxPerson
from leadline.channels.whatsapp.outbound import WhatsappChannel
from leadline.channels.whatsapp.sandbox import people
from leadline.channels.whatsapp.tests.conftest import Drain
from leadline.conversations import actions, queries, schedule
from leadline.conversations.actions import Draft, delivering
from leadline.conversations.models import Message, StatusNote, Template
from leadline.conversations.ports import Outgoing, Sent, StatusIn
from leadline.conversations.rules import State
from leadline.infra import tenancy
from leadline.kit import clock
from leadline.kit.errors import Conflict, Invalid
from leadline.leads.models import Lead
from leadline.workspaces.actor import Actor

HI = Draft(channel="whatsapp", body="Hi Dana, from 45,000. Shall we call?")


@pytest.fixture
def lead(dana: SandboxPerson, drain: Drain) -> Lead:
    """Dana's lead: she has just written."""
    people.write_text(dana, "How much is a solar system?")
    drain()
    return Lead.objects.get()


def on_the_phone() -> list[SandboxMessage]:
    return list(SandboxMessage.objects.filter(from_person=False).order_by("at"))


def fault(name: str) -> None:
    SandboxNumber.objects.update(fault=name)


def test_an_answer_reaches_the_phone_and_its_ticks_come_back(
    lead: Lead, dana: SandboxPerson, ola: Actor, drain: Drain
) -> None:
    message = actions.send(ola, lead.id, HI)
    assert message.state == State.QUEUED
    assert on_the_phone() == []
    drain()

    message.refresh_from_db()
    [shown] = on_the_phone()
    assert (shown.text, shown.provider_id, shown.person_id) == (HI.body, message.provider_id, dana.id)
    assert message.state == State.DELIVERED
    lead.refresh_from_db()
    assert lead.first_touch_at == message.at

    people.look(dana)
    drain()
    message.refresh_from_db()
    assert message.state == State.READ


def test_an_automatic_answer_is_no_touch(lead: Lead, ola: Actor, drain: Drain) -> None:
    welcome = Template.objects.get(name="welcome", language="en")
    draft = Draft(
        channel="whatsapp",
        template_id=welcome.id,
        variables={"name": "Dana"},
        automatic=True,
        our_ref="run-1",
    )
    first, second = (actions.send(Actor.product(ola.workspace_id), lead.id, draft) for _ in range(2))
    drain()

    assert first.id == second.id
    assert [m.text for m in on_the_phone()] == [first.body]
    assert first.body.startswith("Hi Dana, thank you for writing.")
    lead.refresh_from_db()
    assert lead.first_touch_at is None
    assert lead.first_auto_reply_at == first.at


def test_free_text_is_refused_a_day_after_the_persons_last_message(
    lead: Lead, ola: Actor, drain: Drain
) -> None:
    last = Message.objects.get().at
    with clock.hold(last + timedelta(hours=23, minutes=58)):
        actions.send(ola, lead.id, HI)
    with clock.hold(last + timedelta(hours=23, minutes=59, seconds=30)):
        with pytest.raises(Conflict) as refusal:
            actions.send(ola, lead.id, HI)
        assert refusal.value.code == "window_closed"
        assert "approved template" in refusal.value.detail
        [way] = [w for w in queries.ways_to(ola, lead.id) if w.channel == "whatsapp"]
        assert not way.can_free_text
        assert {t.name for t in way.templates} >= {"welcome", "follow_up"}
    assert Message.objects.filter(direction="out").count() == 1


def test_a_template_needs_its_variables_and_its_approval(lead: Lead, ola: Actor) -> None:
    welcome = Template.objects.get(name="welcome", language="en")
    for variables in ({}, {"name": "a\nb"}, {"name": "Dana", "city": "Haifa"}):
        with pytest.raises(Invalid):
            actions.send(ola, lead.id, Draft(channel="whatsapp", template_id=welcome.id, variables=variables))
    Template.objects.update(state="paused")
    with pytest.raises(Conflict) as refusal:
        actions.send(ola, lead.id, Draft(channel="whatsapp", template_id=welcome.id, variables={"name": "D"}))
    assert refusal.value.code == "template_not_approved"
    assert not Message.objects.filter(direction="out").exists()


def test_a_rep_of_another_team_cannot_write_to_the_lead(lead: Lead, sam: Actor, stranger: Actor) -> None:
    from leadline.kit.errors import NotFound

    for actor in (sam, stranger):
        with pytest.raises(NotFound):
            actions.send(actor, lead.id, HI)


def test_a_lost_answer_leaves_it_uncertain_and_the_status_settles_it(
    lead: Lead, ola: Actor, drain: Drain, monkeypatch: pytest.MonkeyPatch
) -> None:
    from leadline.channels.whatsapp.sandbox import telling

    kept: list[Any] = []
    monkeypatch.setattr(telling, "tell", lambda number, values: kept.append((number, values)))
    fault("lost_answer")
    message = actions.send(ola, lead.id, HI)
    drain()
    message.refresh_from_db()
    assert message.state == State.UNCERTAIN
    schedule.try_messages_again()
    drain()
    assert len(on_the_phone()) == 1

    monkeypatch.undo()
    shown = on_the_phone()[0]
    status = StatusIn(
        channel="whatsapp", status="delivered", provider_id=shown.provider_id, our_ref=shown.callback_data
    )
    actions.apply_statuses(Actor.product(ola.workspace_id), [status])
    message.refresh_from_db()
    assert (message.state, message.provider_id) == (State.DELIVERED, shown.provider_id)
    assert message.error_text == ""


def test_a_crash_between_the_call_and_its_record_never_sends_twice(
    lead: Lead, ola: Actor, drain: Drain, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    def die(*_: object) -> None:
        raise Killed

    message = actions.send(ola, lead.id, HI)
    call = {"workspace_id": str(ola.workspace_id), "message_id": str(message.id)}
    with monkeypatch.context() as patched:
        patched.setattr(delivering, "_record_sent", die)
        with pytest.raises(Killed):
            actions.deliver(**call)
    message.refresh_from_db()
    assert message.state == State.SENDING

    actions.deliver(**call)
    message.refresh_from_db()
    assert message.state == State.UNCERTAIN
    assert len(on_the_phone()) == 1

    drain()
    message.refresh_from_db()
    assert message.state == State.DELIVERED
    assert len(on_the_phone()) == 1


def test_an_interrupted_send_is_found_by_the_sweep(lead: Lead, ola: Actor) -> None:
    message = actions.send(ola, lead.id, HI)
    old = clock.now() - timedelta(minutes=3)
    Message.objects.filter(id=message.id).update(state=State.SENDING.value, sending_at=old)
    schedule.find_interrupted_sends()

    message.refresh_from_db()
    assert message.state == State.UNCERTAIN


@pytest.mark.parametrize(("name", "pause"), [("429", 1), ("pair_rate", 6), ("5xx", 10)])
def test_a_busy_provider_is_tried_again_after_its_pause(
    lead: Lead, ola: Actor, drain: Drain, name: str, pause: int
) -> None:
    with clock.hold(clock.now()):
        fault(name)
        message = actions.send(ola, lead.id, HI)
        drain()
        message.refresh_from_db()
        assert (message.state, message.attempts) == (State.QUEUED, 1)
        assert message.try_at == clock.now() + timedelta(seconds=pause)
        assert "tries again by itself" in message.error_text

        fault("")
        schedule.try_messages_again()
        drain()
        assert on_the_phone() == []
        clock.move(timedelta(seconds=pause))
        schedule.try_messages_again()
        drain()
    message.refresh_from_db()
    assert message.state == State.DELIVERED
    assert len(on_the_phone()) == 1


def test_an_expired_token_stops_the_number_until_it_is_repaired(lead: Lead, ola: Actor, drain: Drain) -> None:
    fault("expired")
    message = actions.send(ola, lead.id, HI)
    drain()
    message.refresh_from_db()
    assert (message.state, message.error_code) == (State.FAILED, "190")
    with pytest.raises(Conflict) as refusal:
        actions.send(ola, lead.id, HI)
    assert refusal.value.code == "account_stopped"

    fault("")
    row = Connection.objects.get()
    setup.change(ola, row.id, version=row.version, enabled=True)
    actions.retry(ola, message.id)
    drain()
    message.refresh_from_db()
    assert message.state == State.DELIVERED


def test_a_number_that_is_not_on_whatsapp_fails_with_a_way_out(lead: Lead, ola: Actor, drain: Drain) -> None:
    fault("not_on_whatsapp")
    message = actions.send(ola, lead.id, HI)
    drain()

    message.refresh_from_db()
    assert message.state == State.FAILED
    assert message.error_text == (
        "Number is not on WhatsApp or cannot receive this message. Try SMS, a call or e-mail."
    )


def test_who_says_stop_while_a_message_waits_does_not_get_it(lead: Lead, ola: Actor, drain: Drain) -> None:
    message = actions.send(ola, lead.id, HI)
    lead.contact.consent = {"whatsapp": {"allowed": False}}
    lead.contact.save()
    drain()

    message.refresh_from_db()
    assert (message.state, message.error_code) == (State.FAILED, "opted_out")
    assert on_the_phone() == []


ORDERS = [
    order
    for n in (1, 2, 3, 4)
    for order in itertools.permutations(["sent", "delivered", "read", "failed"], n)
]


@pytest.mark.parametrize("order", ORDERS, ids="-".join)
def test_statuses_in_every_order_end_in_the_same_state(
    lead: Lead, ola: Actor, order: tuple[str, ...]
) -> None:
    message = actions.send(ola, lead.id, HI)
    Message.objects.filter(id=message.id).update(state=State.SENDING.value)
    at = {
        s: datetime(2026, 1, 7, 10, n, tzinfo=UTC)
        for n, s in enumerate(("sent", "delivered", "read", "failed"))
    }
    for status in (*order, *order):
        one = StatusIn(
            channel="whatsapp",
            status=status,
            provider_id="w1",
            our_ref=str(message.id),
            at=at[status],
            error_code="1",
        )
        actions.apply_statuses(ola, [one])

    message.refresh_from_db()
    expected = next(s for s in ("read", "delivered", "failed", "sent") if s in order)
    assert message.state == expected
    assert bool(message.error_code) is (expected == "failed")
    assert message.read_at == (at["read"] if "read" in order else None)
    arrived = [at[s] for s in ("delivered", "read") if s in order]
    assert message.delivered_at == (min(arrived) if arrived else None)


def test_a_status_before_the_answer_is_kept_and_applied(
    lead: Lead, ola: Actor, drain: Drain, monkeypatch: pytest.MonkeyPatch
) -> None:
    def early(self: WhatsappChannel, outgoing: Outgoing) -> Sent:
        status = StatusIn(channel="whatsapp", status="read", provider_id="wamid.early", at=clock.now())
        with tenancy.workspace(ola.workspace_id):
            actions.apply_statuses(ola, [status])
        return Sent(provider_id="wamid.early")

    monkeypatch.setattr(WhatsappChannel, "send", early)
    message = actions.send(ola, lead.id, HI)
    drain()

    message.refresh_from_db()
    assert message.state == State.READ
    assert not StatusNote.objects.exists()


def test_a_person_without_a_number_is_answered_by_user_id(
    number: SandboxNumber, ola: Actor, drain: Drain
) -> None:
    omar = people.invent(number, name="Omar", raw_phone="", username="omar.k", region="AE")
    people.write_text(omar, "price pls")
    drain()
    message = actions.send(ola, Lead.objects.get().id, HI)
    drain()

    message.refresh_from_db()
    assert message.state == State.DELIVERED
    assert on_the_phone()[0].person_id == omar.id


def test_a_phone_lead_gets_a_template_first(ola: Actor, number: SandboxNumber, drain: Drain) -> None:
    from leadline.capture.actions import take_in
    from leadline.capture.ports import Inquiry
    from leadline.contacts.ports import IdentityIn, Person

    person = Person(name="Ben", identities=(IdentityIn("phone", "052-7654321"),))
    [taken] = take_in(
        ola, [Inquiry(natural_key="1", channel="webforms", source="website", at=clock.now(), person=person)]
    )
    assert taken.lead is not None
    with pytest.raises(Conflict):
        actions.send(ola, taken.lead.id, HI)
    welcome = Template.objects.get(name="welcome", language="he")
    draft = Draft(channel="whatsapp", template_id=welcome.id, variables={"name": "Ben"})
    message = actions.send(ola, taken.lead.id, draft)
    drain()

    message.refresh_from_db()
    assert message.state == State.DELIVERED
    assert SandboxPerson.objects.get().wa_id == "972527654321"


def test_sending_takes_a_fixed_number_of_statements(lead: Lead, ola: Actor, statements: Any) -> None:
    with statements() as seen:
        actions.send(ola, lead.id, HI)
    assert len(seen) <= 30
