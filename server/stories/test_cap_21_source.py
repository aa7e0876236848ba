"""CAP-21: every lead says where it came from first and last, and who changed that."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from leadline.capture import queries as doors
from leadline.capture.models import Connection
from leadline.channels.whatsapp.tests.conftest import Provider
from leadline.leads.models import Lead
from stories.company import Acme, Drain, Seat, ok


def test_no_lead_is_without_a_source(acme: Acme, meta: Provider, drain: Drain) -> None:
    ola = acme.ola
    acme.program().add("Ann", phone="0501111111")
    ola.add("Bob", phone="0502222222", source="")
    form = f"/f/{doors.token_of(Connection.objects.get(channel='form'))}"
    Client().post(form, {"name": "Cid", "email": "cid@cid.example"})
    number = {"phone_number_id": meta.connection.settings["phone_number_id"]}
    meta.value(
        metadata=number,
        messages=[
            {
                "id": "wamid.1",
                "from": "972503333333",
                "type": "text",
                "text": {"body": "Hi"},
                "timestamp": "1767779990",
            }
        ],
    )
    drain()

    sources = {row["channel"]: row["source"] for row in ola.leads()}
    assert sources == {"api": "api", "manual": "manual", "form": "website", "whatsapp": "whatsapp"}
    refused = ola.patch(f"/leads/{ola.leads()[0]['id']}", {"source": ""})
    assert (refused.status_code, refused.json()["field"]) == (422, "source")


def test_every_other_door_gives_a_source_and_the_database_insists(acme: Acme, drain: Drain) -> None:
    ola = acme.ola
    hook = ok(ola.post("/connections", {"channel": "form_hook", "name": "Landing page"}))
    door = urlsplit(hook["url"]).path
    Client().post(door, {"email": "ann@ann.example", "source": ""}, content_type="application/json")
    rows = [
        {"name": "Bob", "email": "bob@bob.example"},
        {"name": "Cid", "phone": "0503333333", "source": "  "},
    ]
    ok(acme.program().post("/leads/batch", {"leads": rows}))
    drain()

    assert len(ola.leads()) == 3
    for row in ola.leads():
        shown = ola.lead(row["id"])
        assert shown["source"]
        assert shown["first_source"] == shown["source"]
    for column in ("source", "first_source"):
        with pytest.raises(IntegrityError, match="lead_has_a_source"), transaction.atomic():
            Lead.objects.update(**{column: ""})


def test_the_first_source_stays_and_the_last_one_and_the_campaign_follow(ola: Seat) -> None:
    lead = ola.add("Dana", phone="0501234567", source="google_ads", campaign="Spring")
    again = ola.add("Dana", phone="+972 50 123 4567", source="referral", campaign="Friends")
    assert (again["id"], again["joined"]) == (lead["id"], True)

    shown = ola.lead(lead["id"])
    assert (shown["first_source"], shown["source"], shown["campaign"]) == (
        "google_ads",
        "referral",
        "Friends",
    )
    (joined,) = ola.audit(lead["id"], "joined")
    assert joined["changes"]["source"] == ["google_ads", "referral"]
    assert joined["changes"]["campaign"] == ["Spring", "Friends"]
    assert [e["payload"]["source"] for e in ola.timeline(lead["id"], "inquiry")] == ["google_ads", "referral"]
    # The points for where somebody came from first are not taken away by asking again.
    reasons = [reason["label"] for reason in ok(ola.get(f"/leads/{lead['id']}/score"))["reasons"]]
    assert "Came from Google Ads" in reasons


def test_the_first_source_cannot_be_written(ola: Seat) -> None:
    lead = ola.add("Dana", phone="0501234567", source="google_ads")
    refused = ola.patch(f"/leads/{lead['id']}", {"first_source": "referral"})
    assert (refused.status_code, refused.json()["field"]) == (422, "first_source")


def test_changing_the_source_by_hand_is_written_down(ola: Seat) -> None:
    lead = ola.add("Dana", phone="0501234567", source="google_ads")
    ok(ola.patch(f"/leads/{lead['id']}", {"source": "partner", "version": lead["version"]}))

    assert ola.lead(lead["id"])["first_source"] == "google_ads"
    (changed,) = ola.audit(lead["id"], "changed")
    assert (changed["actor_name"], changed["changes"]) == ("Ola", {"source": ["google_ads", "partner"]})
    (entry,) = ola.timeline(lead["id"], "field")
    assert entry["payload"]["changes"] == {"source": ["google_ads", "partner"]}
