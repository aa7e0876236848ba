"""The sandbox's phone: only for members; chat, invent people, switch faults."""

from __future__ import annotations

from typing import Any

from django.test import Client

from leadline.channels.whatsapp.models import SandboxMessage, SandboxNumber, SandboxPerson
from leadline.channels.whatsapp.tests.conftest import Drain
from leadline.leads.models import Lead
from leadline.workspaces.actor import Actor

HOME = "/sandbox/whatsapp/"


def test_nobody_from_outside_sees_the_phone(number: SandboxNumber, dana: SandboxPerson) -> None:
    for path in (HOME, f"{HOME}{dana.id}"):
        response = Client().get(path)
        assert (response.status_code, response.headers["Location"]) == (302, f"/login?next={HOME}")
    assert Client().post(f"{HOME}{dana.id}/messages", {"body": "x"}).status_code == 302
    assert not SandboxMessage.objects.exists()


def test_another_company_does_not_see_our_customers(dana: SandboxPerson, stranger: Actor, api: Any) -> None:
    client = api(stranger).client
    assert "Dana" not in client.get(HOME).content.decode()
    assert client.get(f"{HOME}{dana.id}").status_code == 404


def test_an_invented_customer_writes_and_becomes_a_lead(
    number: SandboxNumber, ola: Actor, api: Any, drain: Drain
) -> None:
    client = api(ola).client
    made = client.post(
        f"{HOME}people", {"name": "Noa", "phone": "", "username": "noa.k", "body": "<b>Hello</b>"}
    )
    assert made.status_code == 302
    page = client.get(made.headers["Location"]).content.decode()
    assert "&lt;b&gt;Hello&lt;/b&gt;" in page
    assert "<script>" not in page
    client.post(f"{made.headers['Location']}/messages", {"what": "place"})
    drain()

    lead = Lead.objects.get()
    assert (lead.contact.name, lead.text) == ("Noa", "<b>Hello</b>")
    assert "Office" in client.get(made.headers["Location"]).content.decode()


def test_a_wrong_number_is_explained_and_a_fault_is_switched(
    number: SandboxNumber, ola: Actor, api: Any
) -> None:
    client = api(ola).client
    wrong = client.post(f"{HOME}people", {"name": "Noa", "phone": "12"})
    assert wrong.status_code == 422
    assert "not a phone number" in wrong.content.decode()
    client.post(f"{HOME}faults", {"fault": "429", "duplicates": "on"})
    number.refresh_from_db()
    assert (number.fault, number.duplicates, number.out_of_order) == ("429", True, False)


def test_the_page_brings_its_own_script_and_style(number: SandboxNumber) -> None:
    assert Client().get(f"{HOME}assets/phone.js").headers["Content-Type"].startswith("text/javascript")
    assert Client().get(f"{HOME}assets/phone.css").status_code == 200
    assert Client().get(f"{HOME}assets/settings.py").status_code == 404


def test_the_provider_refuses_a_wrong_token(number: SandboxNumber) -> None:
    path = f"{HOME}graph/v25.0/{number.phone_number_id}/messages"
    refused = Client().post(path, b"{}", content_type="application/json")
    assert (refused.status_code, refused.json()["error"]["code"]) == (401, 190)


def test_duplicates_and_wrong_order_change_nothing(
    number: SandboxNumber, dana: SandboxPerson, ola: Actor, api: Any, drain: Drain
) -> None:
    from leadline.conversations.models import Message

    client = api(ola).client
    client.post(f"{HOME}faults", {"fault": "", "duplicates": "on", "out_of_order": "on"})
    client.post(f"{HOME}{dana.id}/messages", {"body": "Hello?"})
    drain()
    lead = Lead.objects.get()
    api(ola).post(f"/leads/{lead.id}/messages", {"channel": "whatsapp", "body": "Yes?"})
    drain()

    assert list(Message.objects.order_by("at").values_list("body", "state")) == [
        ("Hello?", "received"),
        ("Yes?", "delivered"),
    ]
