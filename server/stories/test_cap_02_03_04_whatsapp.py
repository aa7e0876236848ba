"""CAP-02, CAP-03, CAP-04: whoever writes by WhatsApp is a lead, once, and nobody else can pretend to."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from leadline.capture import queries as doors
from leadline.channels.whatsapp.models import SandboxNumber
from leadline.channels.whatsapp.sandbox import people as phones
from leadline.channels.whatsapp.tests.conftest import Provider
from leadline.conversations.models import Message
from leadline.kit import clock
from stories.company import Acme, Drain, Seat, ok

DANA = "972501234567"
WROTE_AT = 1767779990  # ten seconds before the clock of the story


def write(meta: Provider, key: str = "wamid.1", body: str = "How much is a solar system?") -> int:
    """Dana writes; the status of our answer to her provider."""
    answered: int = meta.value(
        metadata={"phone_number_id": meta.connection.settings["phone_number_id"]},
        contacts=[{"wa_id": DANA, "profile": {"name": "Dana Levi"}}],
        messages=[
            {"id": key, "from": DANA, "timestamp": str(WROTE_AT), "type": "text", "text": {"body": body}}
        ],
    ).status_code
    return answered


def test_a_message_of_an_unknown_number_makes_a_whole_lead_at_once(
    ola: Seat, meta: Provider, drain: Drain
) -> None:
    assert write(meta) == 200
    drain()

    lead = ola.only_lead()
    assert (lead["contact_name"], lead["phone"]) == ("Dana Levi", "+972501234567")
    assert (lead["text"], lead["inbound_at"]) == ("How much is a solar system?", "2026-01-07T09:59:50Z")
    assert (lead["source"], lead["channel"]) == ("whatsapp", "whatsapp")
    assert lead["owner"]["name"] == "Ola"
    assert lead["score"] == sum(
        reason["points"] for reason in ok(ola.get(f"/leads/{lead['id']}/score"))["reasons"]
    )
    assert lead["score"] > 0
    (sent,) = ok(ola.get("/messages"))["items"]
    assert (sent["template"], sent["lead_id"], sent["state"]) == ("welcome", lead["id"], "delivered")
    assert [entry["kind"] for entry in ola.timeline(lead["id"])] == [
        "inquiry",
        "message",
        "assigned",
        "message",
        "automation",
    ]
    assert [entry["action"] for entry in ola.audit(lead["id"])] == ["created", "assigned", "message.sent"]


def test_the_same_number_again_and_a_redelivery_are_one_lead_with_two_messages_and_one_answer(
    ola: Seat, meta: Provider, drain: Drain
) -> None:
    for key, body in (("wamid.1", "Hello"), ("wamid.2", "Anybody there?"), ("wamid.1", "Hello")):
        assert write(meta, key, body) == 200
        drain()

    lead = ola.only_lead()
    messages = ola.timeline(lead["id"], "message")
    assert [m["text"] for m in messages if m["direction"] == "in"] == ["Hello", "Anybody there?"]
    assert len(ok(ola.get("/messages"))["items"]) == 1


def test_only_the_right_verify_token_gets_its_challenge_back(meta: Provider) -> None:
    token = doors.secrets_of(meta.connection)["verify_token"]
    asked = {"hub.mode": "subscribe", "hub.challenge": "1158201444", "hub.verify_token": token}
    good = Client().get(meta.path, asked)
    bad = Client().get(meta.path, {**asked, "hub.verify_token": token[:-1] + "~"})
    assert (good.status_code, good.content) == (200, b"1158201444")
    assert bad.status_code == 403


def test_a_wrong_signature_stores_nothing(ola: Seat, meta: Provider, drain: Drain) -> None:
    secret, meta.secret = meta.secret, "0" * 32
    assert write(meta) == 403
    meta.secret = secret
    drain()
    assert ola.leads() == []
    assert ok(ola.get("/submissions"))["total"] == 0


@pytest.mark.parametrize("status", ["sent", "delivered", "read", "failed"])
def test_a_status_updates_the_message_and_makes_no_lead(
    ola: Seat, meta: Provider, drain: Drain, status: str
) -> None:
    write(meta)
    drain()
    sent = Message.objects.get(direction="out")
    # The sandbox has told us already that it arrived; of this one nobody has.
    Message.objects.filter(id=sent.id).update(provider_id="wamid.ours", state="sent", delivered_at=None)
    told: dict[str, Any] = {"id": "wamid.ours", "status": status, "recipient_id": DANA}
    if status == "failed":
        told["errors"] = [{"code": 131026, "title": "Message undeliverable"}]
    assert meta.value(statuses=[{**told, "timestamp": str(WROTE_AT + 20)}]).status_code == 200
    drain()

    (shown,) = ok(ola.get("/messages"))["items"]
    assert shown["state"] == status
    assert bool(shown["error_text"]) == (status == "failed")
    assert len(ola.leads()) == 1


@pytest.mark.parametrize(
    ("name", "mime", "content"),
    [
        ("roof.png", "image/png", phones.PICTURE),
        ("plan.pdf", "application/pdf", b"%PDF-1.4\n1 0 obj\nendobj\n"),
    ],
)
def test_a_picture_or_document_is_fetched_and_attached(
    acme: Acme, drain: Drain, name: str, mime: str, content: bytes
) -> None:
    dana = phones.invent(SandboxNumber.objects.get(), name="Dana", raw_phone=DANA, username="", region="IL")
    phones.send_picture(dana, name, mime, content, "Our roof")
    drain()

    lead = acme.ola.only_lead()
    (message,) = [m for m in acme.ola.timeline(lead["id"], "message") if m["direction"] == "in"]
    (media,) = message["payload"]["media"]
    assert media["mime"] == mime
    fetched: Any = acme.ola.client.get(media["url"])
    got = b"".join(fetched.streaming_content) if fetched.streaming else fetched.content
    assert got == content
    assert fetched.headers["Content-Type"].startswith(mime)


def test_who_writes_after_the_lead_is_closed_is_a_new_lead_of_the_same_person(
    ola: Seat, meta: Provider, drain: Drain
) -> None:
    write(meta)
    drain()
    first = ola.only_lead()
    ola.move(first["id"], "Closed won")
    clock.move(timedelta(days=40))
    write(meta, "wamid.2", "We want another one")
    drain()

    second = next(row for row in ola.leads() if row["id"] != first["id"])
    assert ola.lead(second["id"])["contact"]["id"] == first["contact"]["id"]
