"""Whoever fills in a lead ad becomes a lead with everything Meta tells, once; nothing odd is a 5xx."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from leadline.capture import queries, schedule
from leadline.capture.models import Connection, Submission
from leadline.channels.meta_ads import inbound
from leadline.channels.meta_ads.tests.conftest import FORM, PAYLOADS, Drain, Knocking, at, connected, sample
from leadline.engines.notices.models import Notice
from leadline.kit import clock
from leadline.leads.models import Lead
from leadline.testing.loopback import Recorded
from leadline.workspaces.actor import Actor

LEILA, JURGEN, DUMMY = "918273645500001", "918273645500002", "918273645500006"
VECTORS: list[dict[str, Any]] = json.loads((PAYLOADS.parent / "signatures.json").read_text())


def test_every_signature_has_its_verdict() -> None:
    for vector in VECTORS:
        raw, header = (PAYLOADS / vector["file"]).read_bytes(), vector["headers"]["X-Hub-Signature-256"]
        assert inbound.verified(raw, header, vector["secret"]) is vector["valid"]
        assert not inbound.verified(json.dumps(json.loads(raw), indent=1).encode(), header, vector["secret"])
        assert not inbound.verified(raw, header, "another")
        assert not inbound.verified(raw, None, vector["secret"])
        assert not inbound.verified(raw, header, "")


def test_the_handshake_and_refusals(meta: Knocking, live: Connection) -> None:
    token = queries.secrets_of(live)["verify_token"]
    query = {"hub.mode": "subscribe", "hub.challenge": "1158201444", "hub.verify_token": token}
    assert Client().get(meta.path, query).content == b"1158201444"
    assert Client().get(meta.path, {**query, "hub.verify_token": "guess"}).status_code == 403
    assert meta.post(b'{"object":"page"}', secret="guess").status_code == 403
    assert meta.post(b"{").status_code == 400
    assert meta.post(b"x" * (10 * 1024 * 1024)).status_code == 413
    assert Client().post("/hooks/meta-ads/nobody", b"{}", content_type="a/b").status_code == 404
    assert not Submission.objects.exists()


def test_a_lead_is_fetched_and_holds_everything(meta: Knocking, graph: Recorded, drain: Drain) -> None:
    graph.replay(at(LEILA), sample("lead-1"))
    assert meta.sample("webhook-1").status_code == 200
    drain()

    lead = Lead.objects.get()
    kinds = {one.kind: one.shown for one in lead.contact.identities.all()}
    assert kinds == {"email": "leila.haddad@example.com", "phone": "+971500555021"}
    assert (lead.contact.name, lead.source, lead.first_source) == ("Leila Haddad", "instagram", "instagram")
    assert (lead.channel, lead.campaign) == ("meta_ads", "Nov villas")
    area = "Which area are you interested in?: Dubai Marina, Palm Jumeirah"
    assert lead.text == f"{area}\nbudget: 1m-2m"
    wanted = {"form": "Villa tour request EN", "form_id": FORM, "ad": "Villa tours - carousel B"}
    assert lead.extra.items() >= {**wanted, "ad_id": "120214556677881111", "platform": "ig"}.items()
    assert lead.extra["Which area are you interested in?"] == ["Dubai Marina", "Palm Jumeirah"]
    assert lead.utm == {"utm_campaign": "nov_villas"}
    assert lead.contact.consent["marketing"] is True
    assert lead.inbound_at == datetime(2026, 11, 16, 10, 2, 11, tzinfo=UTC) or lead.inbound_at <= clock.now()
    assert graph.headers["Authorization"] == "Bearer page-token"


def test_ids_as_numbers_and_a_name_in_two_parts(meta: Knocking, graph: Recorded, drain: Drain) -> None:
    graph.replay(at(JURGEN), sample("lead-3-split-name"))
    meta.sample("webhook-2-numeric-ids")
    meta.sample("webhook-2-numeric-ids")
    drain()

    lead = Lead.objects.get()
    assert lead.contact.company is not None
    assert (lead.contact.name, lead.contact.company.name) == ("Jürgen Weiß", "Weiß & Söhne")
    assert [one.shown for one in lead.contact.identities.filter(kind="phone")] == ["+4930123456"]
    assert lead.source == "facebook"


def test_a_batch_is_taken_apart_and_every_page_gets_its_own(
    meta: Knocking, graph: Recorded, ola: Actor, drain: Drain
) -> None:
    other = connected(ola, "live", "284716352849999")
    body = sample("lead-1")
    for number in (1, 3, 4, 5):
        lead_id = f"91827364550000{number}"
        person = [{"name": "email", "values": [f"p{number}@p{number}.example"]}]
        told = {**body["response"]["body"], "id": lead_id, "field_data": person}
        graph.say(at(lead_id), told)
    meta.sample("webhook-3-batch")
    meta.sample("webhook-1")
    drain()

    assert Lead.objects.count() == 4
    assert Submission.objects.filter(connection=other).count() == 1
    # Each connection asks for the form once, however many leads it brings.
    assert sum(f"/{FORM}?" in url for url in graph.asked) == 2


def test_an_unknown_page_waits_in_quarantine_until_it_is_connected(
    meta: Knocking, graph: Recorded, ola: Actor, drain: Drain
) -> None:
    graph.replay(at(LEILA), sample("lead-1"))
    raw = (PAYLOADS / "webhook-1.json").read_bytes().replace(b"284716352849101", b"284716352849999")
    meta.post(raw)
    drain()
    held_back = Submission.objects.get()
    assert held_back.state == "quarantined"
    assert "284716352849999 is not connected" in held_back.reason

    connected(ola, "live", "284716352849999")
    from leadline.capture import actions

    actions.retry(ola, held_back.id)
    drain()
    assert Lead.objects.count() == 1


def test_test_leads_samples_and_other_news_bother_nobody(
    meta: Knocking, graph: Recorded, drain: Drain
) -> None:
    graph.replay(at(DUMMY), sample("lead-2-test"))
    for name in ("webhook-4-organic-test-lead", "webhook-5-other-field"):
        assert meta.sample(name).status_code == 200
    value = {"leadgen_id": "444444444444", "page_id": "444444444444", "form_id": 444444444444}
    body = {"object": "page", "entry": [{"id": "0", "changes": [{"field": "leadgen", "value": value}]}]}
    meta.post(json.dumps(body).encode())
    drain()

    assert {row.state for row in Submission.objects.all()} == {"ignored"}
    assert any("test lead" in row.reason for row in Submission.objects.all())
    assert not Lead.objects.exists()


@pytest.mark.parametrize(
    "raw",
    [
        b"[]",
        b'{"entry":7}',
        b'{"object":"page","entry":[{"changes":[{"field":"leadgen","value":{"leadgen_id":null}}]}]}',
        b'{"object":"page","entry":[{"id":"\\ud800\\u0000","changes":[{"field":"\\ud800","value":[]}]}]}',
        b'{"entry":[' + b"[" * 60 + b"]" * 60 + b"]}",
    ],
)
def test_odd_bodies_are_kept_and_make_no_lead(meta: Knocking, drain: Drain, raw: bytes) -> None:
    assert meta.post(raw).status_code in (200, 400)
    drain()
    assert not Submission.objects.filter(state__in=["received", "failed"]).exists()
    assert not Lead.objects.exists()


def test_a_lead_appears_after_meta_has_recovered_and_the_failure_was_visible(
    meta: Knocking, graph: Recorded, drain: Drain, held: datetime
) -> None:
    for name in ("error-2-transient", "error-2-transient", "lead-1"):
        graph.replay(at(LEILA), sample(name))
    meta.sample("webhook-1")
    for attempt in (1, 2):
        drain()
        row = Submission.objects.get()
        assert (row.state, row.attempts) == ("failed", attempt)
        assert "passing problem" in row.reason
        clock.move(timedelta(minutes=1))
        schedule.queue_what_was_left_behind()
    drain()

    assert Lead.objects.get().contact.name == "Leila Haddad"
    assert Submission.objects.get().state == "understood"


def test_a_lead_that_is_not_visible_yet_is_looked_for_and_then_parked(
    meta: Knocking, graph: Recorded, drain: Drain, held: datetime
) -> None:
    graph.replay(at(LEILA), sample("error-100-33-lead-not-visible"))
    meta.sample("webhook-1")
    for _ in range(6):
        drain()
        clock.move(timedelta(minutes=10))
        schedule.queue_what_was_left_behind()
    drain()

    row = Submission.objects.get()
    assert (row.state, row.attempts) == ("quarantined", 6)
    assert "Leads Access Manager" in row.reason


@pytest.mark.parametrize(
    ("error", "minutes", "alarms"),
    [("error-190-token", 60, 1), ("error-200-permission", 60, 1), ("error-80005-rate", 9, 0)],
)
def test_a_refusal_of_everything_is_respected_told_once_and_loses_nothing(
    meta: Knocking, graph: Recorded, drain: Drain, held: datetime, error: str, minutes: int, alarms: int
) -> None:
    graph.replay(at(LEILA), sample(error))
    graph.replay(at(JURGEN), sample("lead-3-split-name"))
    meta.sample("webhook-1")
    drain()
    meta.sample("webhook-2-numeric-ids")
    drain()

    connection = Connection.objects.get()
    assert connection.rests_until == held + timedelta(minutes=minutes)
    assert not any(JURGEN in url for url in graph.asked)
    assert Notice.objects.filter(kind="channel_stopped").count() == alarms
    assert {(row.state, row.attempts) for row in Submission.objects.all()} == {("failed", 0)}

    graph.answers[at(LEILA)].clear()
    graph.replay(at(LEILA), sample("lead-1"))
    clock.move(timedelta(minutes=minutes + 1))
    schedule.queue_what_was_left_behind()
    drain()
    assert Lead.objects.count() == 2


def test_without_the_right_to_names_of_ads_the_person_is_not_lost(
    meta: Knocking, graph: Recorded, drain: Drain
) -> None:
    graph.replay(at(LEILA), sample("error-200-permission"))
    graph.replay(at(LEILA), sample("lead-1"))
    meta.sample("webhook-1")
    drain()

    assert Lead.objects.get().contact.name == "Leila Haddad"
    assert "ad_name" in graph.asked[0]
    assert "ad_name" not in graph.asked[1]
