"""Texts reach customers and managers by the sandbox's gateway, each once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from leadline.capture.actions import take_in
from leadline.capture.models import Connection
from leadline.capture.ports import Inquiry
from leadline.channels.sms.models import SandboxGateway, SandboxText
from leadline.channels.sms.sandbox import set_up_gateway
from leadline.contacts.models import Identity
from leadline.contacts.ports import IdentityIn, Person
from leadline.conversations import actions
from leadline.conversations.actions import Draft
from leadline.conversations.models import Message
from leadline.engines.notices import actions as notices
from leadline.engines.notices.models import Delivery
from leadline.kit import clock
from leadline.kit.errors import Conflict
from leadline.leads.actions import set_up_pipeline
from leadline.leads.models import Lead
from leadline.workspaces.actor import Actor
from leadline.workspaces.models import Member

HI = Draft(channel="sms", body="We call you at four.")


@pytest.fixture
def gateway(ola: Actor) -> SandboxGateway:
    """Acme's gateway in the sandbox."""
    set_up_gateway(ola)
    return SandboxGateway.objects.get()


@pytest.fixture
def lead(ola: Actor, gateway: SandboxGateway) -> Lead:
    """Ben left his number in a form."""
    set_up_pipeline(ola)
    person = Person(name="Ben", identities=(IdentityIn("phone", "052-7654321"),))
    inquiry = Inquiry(natural_key="1", channel="webforms", source="website", at=clock.now(), person=person)
    [taken] = take_in(ola, [inquiry])
    assert taken.lead is not None
    return taken.lead


def test_a_customer_gets_a_text_and_the_page_shows_it(
    lead: Lead, ola: Actor, api: Any, drain: Callable[[], int]
) -> None:
    message = actions.send(ola, lead.id, HI)
    drain()

    message.refresh_from_db()
    text = SandboxText.objects.get()
    assert (message.state, message.provider_id) == ("sent", f"sms-{text.id}")
    assert (text.to, text.text, text.sender) == ("+972527654321", HI.body, "Leadline")
    assert HI.body in api(ola).client.get("/sandbox/sms/").content.decode()
    assert Client().get("/sandbox/sms/").status_code == 302


@pytest.mark.parametrize(
    ("fault", "state"), [("refuse", "failed"), ("5xx", "uncertain"), ("lost_answer", "uncertain")]
)
def test_a_gateway_that_fails_is_never_asked_twice_by_itself(
    lead: Lead,
    ola: Actor,
    gateway: SandboxGateway,
    drain: Callable[[], int],
    loopback: list[str],
    fault: str,
    state: str,
) -> None:
    SandboxGateway.objects.update(fault=fault)
    message = actions.send(ola, lead.id, HI)
    drain()

    message.refresh_from_db()
    assert message.state == state
    assert message.error_text
    assert len(loopback) == 1


def test_a_person_without_a_number_and_one_who_said_no_get_nothing(
    lead: Lead, ola: Actor, drain: Callable[[], int]
) -> None:
    lead.contact.consent = {"sms": {"allowed": False}}
    lead.contact.save()
    with pytest.raises(Conflict) as refusal:
        actions.send(ola, lead.id, HI)
    assert refusal.value.code == "opted_out"
    Identity.objects.all().delete()
    lead.contact.consent = {}
    lead.contact.save()
    with pytest.raises(Conflict) as refusal:
        actions.send(ola, lead.id, HI)
    assert refusal.value.code == "no_address"
    assert not Message.objects.exists()


def test_a_manager_is_told_by_text_in_any_notation_of_the_number(
    gateway: SandboxGateway, mona: Actor, drain: Callable[[], int]
) -> None:
    assert mona.member_id is not None
    Member.objects.filter(id=mona.member_id).update(phone="050 765 4321")
    notices.tell(
        [notices.Telling(member_id=mona.member_id, kind="sla", title="Dana waits", carriers=("sms",))]
    )
    drain()

    text = SandboxText.objects.get()
    assert (text.to, text.text) == ("+972507654321", "Dana waits")
    assert Delivery.objects.get().state == "sent"


def test_a_manager_without_a_number_is_not_texted_and_it_shows(
    gateway: SandboxGateway, mona: Actor, drain: Callable[[], int]
) -> None:
    assert mona.member_id is not None
    notices.tell(
        [notices.Telling(member_id=mona.member_id, kind="sla", title="Dana waits", carriers=("sms",))]
    )
    drain()

    assert not SandboxText.objects.exists()
    assert "no phone number" in Delivery.objects.get().error


def test_a_real_gateways_words_can_be_set(
    lead: Lead, ola: Actor, drain: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    from leadline.infra import http

    sent: list[Any] = []

    def call(method: str, url: str, **rest: Any) -> http.Answer:
        sent.append((method, url, rest["json"]))
        return http.Answer(200, {}, b'{"messages":[{"message-id":"G7"}]}')

    monkeypatch.setattr(http, "call", call)
    Connection.objects.update(
        settings={
            "mode": "live",
            "url": "https://sms.example/send",
            "names": {"to": "msisdn", "text": "body", "id": "messages.0.message-id"},
        }
    )
    message = actions.send(ola, lead.id, HI)
    drain()

    message.refresh_from_db()
    assert message.provider_id == "G7"
    assert sent[0][1:] == (
        "https://sms.example/send",
        {"msisdn": "+972527654321", "body": HI.body, "reference": message.send_ref},
    )


def test_the_gateway_takes_texts_with_its_token_only(gateway: SandboxGateway) -> None:
    response = Client().post("/sandbox/sms/messages", b"{}", content_type="application/json")
    assert response.status_code == 401
    assert not SandboxText.objects.exists()
