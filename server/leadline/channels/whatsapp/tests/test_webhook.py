"""What is delivered becomes people, leads and messages, once; nothing odd is lost or answered with 5xx."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from leadline.capture import actions as capture
from leadline.capture.models import Connection, Submission
from leadline.channels.whatsapp.tests.conftest import PAYLOADS, Drain, Provider
from leadline.contacts.models import Contact
from leadline.conversations import actions as conversations
from leadline.conversations.models import Message, Template, Thread
from leadline.conversations.rules import State
from leadline.kit.errors import Conflict
from leadline.leads.models import Lead
from leadline.workspaces.actor import Actor

TEXT = {"type": "text", "text": {"body": "How much is it?"}, "timestamp": "1767780000"}


def test_the_right_verify_token_echoes_the_challenge_and_a_wrong_one_does_not(meta: Provider) -> None:
    from leadline.capture import queries

    token = queries.secrets_of(meta.connection)["verify_token"]
    query = {"hub.mode": "subscribe", "hub.challenge": "1158201444", "hub.verify_token": token}
    good = Client().get(meta.path, query)
    bad = Client().get(meta.path, {**query, "hub.verify_token": "guess"})

    assert (good.status_code, good.content) == (200, b"1158201444")
    assert bad.status_code == 403
    assert b"1158201444" not in bad.content


def test_a_wrong_signature_stores_nothing(meta: Provider) -> None:
    response = meta.post((PAYLOADS / "text-1.json").read_bytes(), secret="another-secret")

    assert response.status_code == 403
    assert not Submission.objects.exists()


def test_an_unknown_address_is_not_found(db: None) -> None:
    assert Client().post("/hooks/whatsapp/nobody", b"{}", content_type="application/json").status_code == 404


def test_a_message_from_an_unknown_number_makes_a_lead(meta: Provider, drain: Drain) -> None:
    assert meta.sample("text-1").status_code == 200
    drain()

    lead = Lead.objects.get()
    message = Message.objects.get()
    assert (lead.contact.name, lead.source, lead.channel) == ("Ana Ruiz", "whatsapp", "whatsapp")
    assert lead.text == "Hola, quiero un presupuesto para 20 licencias 😀\n¿Podéis llamarme hoy?"
    kinds = {i.kind: i.shown for i in lead.contact.identities.all()}
    assert kinds == {"whatsapp": "+34600555010", "whatsapp_user": "ES.20417735519802364410"}
    assert (message.lead_id, message.body) == (lead.id, lead.text)
    assert message.at == datetime.fromtimestamp(1794820325, UTC)
    assert (lead.contact.country, lead.contact.language) == ("ES", "es")


def test_the_same_number_again_and_a_redelivery_stay_one_lead_with_two_messages(
    meta: Provider, drain: Drain
) -> None:
    for name in ("text-1", "duplicate-of-text-1", "image-1", "text-1"):
        assert meta.sample(name).status_code == 200
        drain()

    assert Lead.objects.count() == 1
    assert [m.kind for m in Message.objects.order_by("at")] == ["text", "image"]
    thread = Thread.objects.get()
    assert (thread.unread, thread.address) == (2, "34600555010")


def test_a_person_without_a_phone_number_is_a_lead_too(meta: Provider, drain: Drain) -> None:
    meta.sample("text-3-username-only")
    drain()

    lead = Lead.objects.get()
    assert lead.contact.name == "Dana 🌿"
    assert [i.kind for i in lead.contact.identities.all()] == ["whatsapp_user"]
    assert Thread.objects.get().address == "US.13055190278864421907"
    assert lead.extra["whatsapp_username"] == "dana.garden"


def test_an_advertisement_is_kept_on_the_lead(meta: Provider, drain: Drain) -> None:
    meta.sample("referral-1-ad")
    drain()

    lead = Lead.objects.get()
    assert lead.campaign == "Villa tours this week"
    assert lead.utm["ctwa_clid"].startswith("ARAkLkA8")
    assert lead.utm["utm_content"] == "120214556677880123"
    assert lead.extra["referral"]["source_type"] == "ad"


@pytest.mark.parametrize(
    "name", ["status-read-1", "status-failed-2-131026", "dashboard-test-1", "value-errors-1"]
)
def test_statuses_tests_and_errors_make_no_lead(meta: Provider, drain: Drain, name: str) -> None:
    assert meta.sample(name).status_code == 200
    drain()

    assert Submission.objects.count() == 1
    assert not Lead.objects.exists()
    assert not Contact.objects.exists()


def test_a_reaction_is_filed_without_opening_a_lead(meta: Provider, drain: Drain) -> None:
    meta.sample("reaction-1")
    drain()

    assert not Lead.objects.exists()
    assert Message.objects.get().body == "👍"


def test_every_sample_is_accepted_and_none_is_left_unexplained(meta: Provider, drain: Drain) -> None:
    names = sorted(path.stem for path in PAYLOADS.glob("*.json") if path.stem != "signatures")
    for name in names:
        assert meta.sample(name).status_code == 200, name
    drain()

    states = dict(Submission.objects.values_list("natural_key", "state"))
    assert set(states.values()) <= {"understood", "ignored"}
    assert Message.objects.values("provider_id").distinct().count() == Message.objects.count()


def test_a_batch_makes_one_lead_with_both_messages(meta: Provider, drain: Drain) -> None:
    meta.sample("batch-1")
    drain()

    assert Submission.objects.count() == 3
    assert Lead.objects.count() == 1
    assert sorted(Message.objects.values_list("body", flat=True)) == ["dos", "uno"]


def test_a_message_of_nobody_is_kept_in_quarantine(meta: Provider, drain: Drain) -> None:
    assert meta.value(messages=[{"id": "wamid.x", **TEXT}]).status_code == 200
    drain()

    submission = Submission.objects.get()
    assert submission.state == "quarantined"
    assert "neither a phone number nor a user id" in submission.reason
    assert not Lead.objects.exists()


def test_a_delivery_goes_to_the_number_it_names(meta: Provider, ola: Actor, drain: Drain) -> None:
    from leadline.capture import actions

    second = actions.open_connection(
        ola, channel="whatsapp", name="Shop", settings={"phone_number_id": "109876543210987"}, secrets={}
    )
    meta.sample("text-1")

    assert Submission.objects.get().connection_id == second.id


@pytest.mark.parametrize(
    ("raw", "status"),
    [
        (b"{}", 200),
        (b"[]", 200),
        (b'"text"', 200),
        (b'{"entry":[{"changes":[{"field":"messages","value":{"messages":[null,1,[]]}}]}]}', 200),
        (
            b'{"entry":[{"changes":[{"field":"messages","value":{"messages":[{"id":"\\ud800\\u0000"}]}}]}]}',
            200,
        ),
        (b"", 400),
        (b"no json", 400),
        (b"\xff\xfe", 400),
        (b"[" * 100_000, 400),
        (b'{"a":"' + b"x" * (3 * 1024 * 1024) + b'"}', 413),
    ],
    ids=[
        "empty",
        "list",
        "text",
        "odd-messages",
        "unstorable",
        "nothing",
        "no-json",
        "no-utf8",
        "deep",
        "big",
    ],
)
def test_odd_bodies_get_a_clear_answer(meta: Provider, drain: Drain, raw: bytes, status: int) -> None:
    assert meta.post(raw).status_code == status
    drain()
    assert not Lead.objects.exists()


def test_a_number_that_is_switched_off_keeps_deliveries_aside(meta: Provider, drain: Drain) -> None:
    Connection.objects.update(enabled=False)
    assert meta.sample("text-1").status_code == 200
    drain()

    assert Submission.objects.get().state == "quarantined"
    assert not Lead.objects.exists()


def test_a_door_that_is_known_is_believed_only_as_long_as_it_stays_as_it_was(
    meta: Provider, ola: Actor, statements: Any
) -> None:
    def deliver(n: int) -> int:
        person = {"id": f"wamid.known{n}", "from": f"97250123456{n}", **TEXT}
        return int(meta.value(contacts=[], messages=[person]).status_code)

    assert deliver(0) == 200
    with statements() as stored:
        assert deliver(1) == 200
    assert not any("token_digest" in query["sql"] for query in stored.captured_queries)

    capture.change_connection(ola, meta.connection.id, enabled=False)
    assert deliver(2) == 200
    assert list(Submission.objects.order_by("id").values_list("state", flat=True)) == [
        "received",
        "received",
        "quarantined",
    ]
    capture.change_connection(ola, meta.connection.id, secrets={"app_secret": "another"})
    assert deliver(3) == 403
    meta.secret = "another"
    assert deliver(4) == 200
    capture.close_connection(ola, meta.connection.id)
    assert deliver(5) == 404
    assert Submission.objects.count() == 4


def test_who_says_stop_is_not_written_to_until_they_say_start(
    meta: Provider, ola: Actor, drain: Drain
) -> None:
    person = {"from": "972501234567", "timestamp": "1767780000"}
    contacts = [{"wa_id": "972501234567", "profile": {"name": "Dana"}}]
    for key, word in (("1", "Hello there"), ("2", "הסר")):
        text = {"type": "text", "text": {"body": word}}
        meta.value(contacts=contacts, messages=[{"id": f"wamid.{key}", **person, **text}])
        drain()
    lead = Lead.objects.select_related("contact").get()
    assert lead.contact.consent["whatsapp"]["allowed"] is False
    with pytest.raises(Conflict) as refusal:
        conversations.send(ola, lead.id, conversations.Draft(channel="whatsapp", body="Hi"))
    assert refusal.value.code == "opted_out"

    later = {**person, "timestamp": "1767780100", "type": "text", "text": {"body": "start"}}
    meta.value(contacts=contacts, messages=[{"id": "wamid.3", **later}])
    drain()
    assert Contact.objects.get().consent["whatsapp"]["allowed"] is True


def test_marketing_preferences_are_kept_apart(meta: Provider, drain: Drain) -> None:
    meta.sample("user-preferences-1-stop")
    drain()
    assert Contact.objects.get().consent["whatsapp_marketing"]["allowed"] is False
    meta.sample("user-preferences-2-resume")
    drain()
    assert Contact.objects.get().consent["whatsapp_marketing"]["allowed"] is True
    assert not Lead.objects.exists()


def test_news_about_a_template_changes_its_state(meta: Provider, drain: Drain) -> None:
    value = {"event": "PAUSED", "message_template_name": "welcome", "message_template_language": "en"}
    body = {"entry": [{"id": "1", "changes": [{"field": "message_template_status_update", "value": value}]}]}
    meta.post(json.dumps(body).encode())
    drain()

    assert Template.objects.get(name="welcome", language="en").state == "paused"
    assert Template.objects.get(name="welcome", language="he").state == "approved"


def test_a_status_moves_the_message_it_names(meta: Provider, ola: Actor, drain: Drain) -> None:
    meta.value(
        contacts=[{"wa_id": "972501234567", "profile": {"name": "Dana"}}],
        messages=[{"id": "wamid.1", "from": "972501234567", **TEXT}],
    )
    drain()
    message = Message.objects.get()
    Message.objects.filter(id=message.id).update(direction="out", state=State.SENT.value)
    meta.value(statuses=[{"id": "wamid.1", "status": "read", "timestamp": "1767780000"}])
    drain()

    message.refresh_from_db()
    assert message.state == State.READ
    assert message.delivered_at == message.read_at


def test_a_new_number_of_a_known_person_meets_the_old_one(meta: Provider, drain: Drain) -> None:
    contacts = [{"wa_id": "972501234567", "profile": {"name": "Dana"}}]
    meta.value(contacts=contacts, messages=[{"id": "wamid.1", "from": "972501234567", **TEXT}])
    drain()
    moved = {"type": "user_changed_number", "wa_id": "972527654321", "body": "Dana changed the number"}
    told = {"id": "wamid.2", "from": "972501234567", "timestamp": "1767780060", "type": "system"}
    meta.value(messages=[{**told, "system": moved}])
    drain()
    meta.value(messages=[{"id": "wamid.3", "from": "972527654321", **TEXT}])
    drain()

    assert Contact.objects.count() == 1
    assert Lead.objects.count() == 1
    assert Thread.objects.get().address == "972527654321"


def test_the_own_card_in_answer_to_our_question_brings_the_phone_number(meta: Provider, drain: Drain) -> None:
    person = {"from_user_id": "US.13055190278864421907", "timestamp": "1767780000"}
    contacts = [{"user_id": "US.13055190278864421907", "profile": {"name": "Dana", "username": "dana"}}]
    meta.value(contacts=contacts, messages=[{"id": "wamid.1", **person, **TEXT}])
    drain()
    card = [{"name": {"formatted_name": "Dana"}, "phones": [{"phone": "+1 415 555 2671"}]}]
    answer = {"id": "wamid.2", **person, "type": "contacts", "contacts": card, "context": {"id": "wamid.0"}}
    meta.value(contacts=contacts, messages=[answer])
    drain()

    kinds = set(Contact.objects.get().identities.values_list("kind", "shown"))
    assert kinds == {("whatsapp_user", "US.13055190278864421907"), ("phone", "+14155552671")}


def test_a_mexican_number_in_its_two_spellings_is_one_person(meta: Provider, drain: Drain) -> None:
    for key, number in (("1", "5215512345678"), ("2", "525512345678")):
        meta.value(messages=[{"id": f"wamid.{key}", "from": number, **TEXT}])
        drain()

    assert Contact.objects.count() == 1
    assert Thread.objects.get().address == "525512345678"
