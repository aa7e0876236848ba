"""From the lead's card: see the channels, write, follow what became of it, through the API."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from leadline.channels.whatsapp.models import SandboxMessage, SandboxPerson
from leadline.channels.whatsapp.sandbox import people
from leadline.channels.whatsapp.tests.conftest import Drain
from leadline.conversations.models import Message, Thread
from leadline.kit import clock
from leadline.leads.models import Lead
from leadline.workspaces.actor import Actor


@pytest.fixture
def lead(dana: SandboxPerson, drain: Drain) -> Lead:
    """Dana's lead."""
    people.write_text(dana, "How much is a solar system?")
    drain()
    return Lead.objects.get()


def test_the_card_offers_the_open_window_and_the_templates(lead: Lead, ola: Actor, api: Any) -> None:
    [way] = [w for w in api(ola).get(f"/leads/{lead.id}/channels").json() if w["channel"] == "whatsapp"]
    assert way["address"] == "972501234567"
    assert way["can_free_text"] is True
    assert way["window_until"] > clock.now().isoformat()
    assert {t["name"] for t in way["templates"]} == {"welcome", "follow_up", "quote_ready", "news"}


def test_a_message_is_written_once_and_its_state_shows_on_the_timeline(
    lead: Lead, dana: SandboxPerson, ola: Actor, api: Any, drain: Drain
) -> None:
    body = {"id": str(uuid4()), "channel": "whatsapp", "body": "Shall we call?"}
    first = api(ola).post(f"/leads/{lead.id}/messages", body)
    again = api(ola).post(f"/leads/{lead.id}/messages", body)
    assert (first.status_code, first.json()["state"]) == (201, "queued")
    assert again.json()["id"] == body["id"] == first.json()["id"]
    drain()
    people.look(dana)
    drain()

    entries = api(ola).get(f"/leads/{lead.id}/timeline", kinds="message").json()["items"]
    assert [(e["direction"], e["text"], e["payload"]["state"]) for e in entries] == [
        ("out", "Shall we call?", "read"),
        ("in", "How much is a solar system?", "received"),
    ]
    assert entries[0]["automatic"] is False
    outbox = api(ola).get("/messages", state="read").json()["items"]
    assert [m["id"] for m in outbox] == [body["id"]]
    assert SandboxMessage.objects.filter(from_person=False).count() == 1


def test_refusals_have_a_code_and_say_what_to_do(lead: Lead, ola: Actor, api: Any) -> None:
    Thread.objects.update(last_inbound_at="2020-01-01T00:00:00Z")
    closed = api(ola).post(f"/leads/{lead.id}/messages", {"channel": "whatsapp", "body": "Hi"})
    assert (closed.status_code, closed.json()["code"]) == (409, "window_closed")
    [way] = [w for w in api(ola).get(f"/leads/{lead.id}/channels").json() if w["channel"] == "whatsapp"]
    assert not way["can_free_text"]
    assert "approved template" in way["reason"]
    template = way["templates"][0]["id"]
    empty = api(ola).post(f"/leads/{lead.id}/messages", {"channel": "whatsapp", "template_id": template})
    assert (empty.status_code, empty.json()["code"]) == (422, "template_variables")
    unknown = api(ola).post(f"/leads/{lead.id}/messages", {"channel": "pigeon", "body": "Hi"})
    assert unknown.status_code == 422
    assert not Message.objects.filter(direction="out").exists()


def test_other_teams_and_other_companies_see_nothing(
    lead: Lead, sam: Actor, stranger: Actor, ola: Actor, api: Any
) -> None:
    body = {"channel": "whatsapp", "body": "Hi"}
    message = api(ola).post(f"/leads/{lead.id}/messages", body).json()["id"]
    for actor in (sam, stranger):
        client = api(actor)
        assert client.get(f"/leads/{lead.id}/channels").status_code == 404
        assert client.post(f"/leads/{lead.id}/messages", body).status_code == 404
        assert client.get(f"/messages/{message}").status_code == 404
        assert client.post(f"/messages/{message}/retries", {}).status_code == 404
        assert client.get(f"/messages/{message}/media/0").status_code == 404
        assert client.get("/messages").json()["items"] == []


def test_reading_takes_a_fixed_number_of_statements(
    lead: Lead, ola: Actor, api: Any, statements: Any
) -> None:
    client = api(ola)
    client.post(f"/leads/{lead.id}/messages", {"channel": "whatsapp", "body": "one"})
    with statements() as few:
        client.get("/messages")
    for n in range(5):
        client.post(f"/leads/{lead.id}/messages", {"channel": "whatsapp", "body": f"more {n}"})
    with statements() as many:
        client.get("/messages")
    assert len(many) == len(few)


def test_reading_a_conversation_shows_the_person_blue_ticks(
    lead: Lead, ola: Actor, api: Any, drain: Drain
) -> None:
    assert Thread.objects.get().unread == 1
    assert api(ola).post(f"/leads/{lead.id}/message-reads").status_code == 204
    drain()
    assert Thread.objects.get().unread == 0
    assert SandboxMessage.objects.get().state == "read"
