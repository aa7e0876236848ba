"""Whoever fills in a Google lead form becomes a lead; keys, answers and test data are as Google has them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client

from leadline.capture.models import Connection, Submission
from leadline.channels.google_ads import reading
from leadline.leads.actions import set_up_pipeline
from leadline.leads.models import Lead
from leadline.testing import Api
from leadline.testing.loopback import loopback
from leadline.workspaces.actor import Actor

__all__ = ["loopback"]

PAYLOADS = Path(__file__).parent / "payloads"
GOOGLE_KEY = "gk-5b1e7c2a90"
PAGE = "/sandbox/ads/google_ads/"
Drain = Callable[..., int]


@pytest.fixture
def owner(ola: Actor) -> Api:
    """The owner, with a connection made in the settings."""
    set_up_pipeline(ola)
    return Api(ola)


@pytest.fixture
def door(owner: Api) -> dict[str, Any]:
    """A live connection with the key of the samples."""
    settings = {"mode": "live", "names": "20987654321 = Nov villas\n40000000000123=Villa form"}
    body = {
        "channel": "google_ads",
        "name": "Google",
        "settings": settings,
        "secrets": {"google_key": GOOGLE_KEY},
    }
    made = owner.post("/connections", body)
    assert made.status_code == 201, made.content
    shown: dict[str, Any] = made.json()
    return shown


def post(door: dict[str, Any], raw: bytes) -> Any:
    return Client().post(urlsplit(door["url"]).path, raw, content_type="application/json")


def sample(name: str) -> bytes:
    return (PAYLOADS / f"{name}.json").read_bytes()


def test_every_sample_has_its_verdict() -> None:
    verdicts = {
        path.stem: reading.has_key(json.loads(path.read_bytes()), GOOGLE_KEY) for path in PAYLOADS.iterdir()
    }
    assert verdicts == {
        "lead-1": True, "lead-2-company": True, "lead-3-test": True, "lead-4-wrong-key": False,
    }  # fmt: skip
    assert not reading.has_key({"google_key": ""}, "")
    assert not reading.has_key({"google_key": 7}, "7")
    assert not reading.has_key({}, GOOGLE_KEY)


def test_a_lead_holds_everything_google_tells(door: dict[str, Any], drain: Drain) -> None:
    assert (post(door, sample("lead-1")).status_code, post(door, sample("lead-1")).content) == (200, b"{}")
    drain()

    lead = Lead.objects.get()
    kinds = {one.kind: one.shown for one in lead.contact.identities.all()}
    assert kinds == {"email": "leila.haddad@example.com", "phone": "+971500555021"}
    assert (lead.source, lead.channel, lead.campaign) == ("google_ads", "google_ads", "Nov villas")
    assert lead.utm == {"gclid": "EAIaIQobChMI2PzExampleGclid_BwE"}
    assert lead.text == "Postal Code: 00000\nWhat is your budget?: 1m-2m"
    wanted = {"form": "Villa form", "form_id": "40000000000123", "creative_id": "680012345678"}
    assert lead.extra.items() >= wanted.items()
    assert bytes(Submission.objects.get().body) == sample("lead-1")


def test_a_company_with_split_names_and_unknown_ids(door: dict[str, Any], drain: Drain) -> None:
    post(door, sample("lead-2-company"))
    drain()

    lead = Lead.objects.get()
    contact = lead.contact
    assert (contact.name, str(contact.title)) == ("Jürgen Weiß", "Einkauf")
    assert contact.company is not None
    assert contact.company.name == "Weiß & Söhne"
    assert (contact.city, contact.country) == ("Berlin", "DE")
    assert lead.campaign == "20987654322"
    assert lead.extra["asset_group_id"] == "6455667788"
    assert "adgroup_id" not in lead.extra


def test_test_data_is_accepted_and_bothers_nobody(door: dict[str, Any], drain: Drain) -> None:
    assert post(door, sample("lead-3-test")).status_code == 200
    drain()
    assert Submission.objects.get().state == "ignored"
    assert not Lead.objects.exists()


def test_refusals_say_why_and_store_nothing(door: dict[str, Any], owner: Api) -> None:
    for raw, status in (
        (sample("lead-4-wrong-key"), 403),
        (b"[]", 403),
        (b"{", 400),
        (b'{"google_key":"\\ud800"}', 403),
        (b"x" * (10 * 1024 * 1024), 413),
    ):
        answer = post(door, raw)
        assert (answer.status_code, bool(answer.json()["message"])) == (status, True)
    nowhere = Client().post("/hooks/google-ads/nobody", b"{}", content_type="application/json")
    assert nowhere.status_code == 404
    assert Client().get(urlsplit(door["url"]).path).status_code == 405
    assert not Submission.objects.exists()
    assert "wrong key" in owner.get("/connections").json()[-1]["last_error"]

    post(door, sample("lead-1"))
    assert owner.get("/connections").json()[-1]["last_error"] == ""
    log = owner.get(f"/submissions/{Submission.objects.get().id}").json()
    assert GOOGLE_KEY not in log["body"]


def test_odd_but_genuine_bodies_are_kept(door: dict[str, Any], drain: Drain) -> None:
    odd: list[dict[str, Any]] = [
        {},
        {"lead_id": None, "user_column_data": 7},
        {"lead_id": 9007199254740993, "user_column_data": [None]},
    ]
    old = {"lead_id": "old", "user_column_data": [{"column_name": "EMAIL", "string_value": "a@a.example"}]}
    for body in (*odd, old):
        raw = json.dumps({**body, "google_key": GOOGLE_KEY, "new": [[]]}).encode()
        assert post(door, raw).status_code == 200
    drain()
    states = sorted(Submission.objects.values_list("state", flat=True))
    assert states == ["quarantined", "quarantined", "quarantined", "understood"]
    assert Submission.objects.filter(natural_key="lead:9007199254740993").exists()
    assert Lead.objects.get().contact.identities.get().shown == "a@a.example"


def test_what_arrives_while_switched_off_waits(door: dict[str, Any], owner: Api, drain: Drain) -> None:
    owner.patch(f"/connections/{door['id']}", {"enabled": False})
    assert post(door, sample("lead-1")).status_code == 200
    drain()
    assert Submission.objects.get().state == "quarantined"


def test_the_sandbox_plays_google_over_http(owner: Api, drain: Drain, loopback: list[str]) -> None:
    owner.post("/connections", {"channel": "google_ads", "name": "Google"})
    connection = Connection.objects.get(channel="google_ads")
    account = str(connection.sandbox_account.id)
    desk = owner.client
    filled = {"account": account, "full_name": "Dana Levi", "email": "dana@dana.example", "budget": "large"}
    assert desk.post(f"{PAGE}leads", filled).status_code == 302
    drain()
    lead = Lead.objects.get()
    assert (lead.contact.name, lead.text) == ("Dana Levi", "What is your budget?: more than 50,000")
    assert lead.utm["gclid"]
    assert [path.rsplit("/", 1)[0] for path in loopback] == ["/hooks/google-ads"]

    desk.post(f"{PAGE}tests", {"account": account})
    desk.post(f"{PAGE}faults", {"account": account, "switches": ["wrong_key", "twice"]})
    desk.post(f"{PAGE}leads", {**filled, "full_name": "Omri"})
    drain()
    assert Lead.objects.count() == 1
    assert Submission.objects.filter(state="ignored").count() == 1
    assert "has not arrived yet" in desk.get(PAGE).content.decode()
    connection.refresh_from_db()
    assert "wrong key" in connection.last_error


def test_the_settings_say_what_is_missing(door: dict[str, Any], owner: Api) -> None:
    assert door["pasted"] == {"google_key": GOOGLE_KEY}
    tried = owner.post(f"/connections/{door['id']}/tests").json()
    assert [step["ok"] for step in tried["steps"]] == [True, False, False]
    wrong = owner.patch(f"/connections/{door['id']}", {"settings": {"names": "Roofs"}})
    assert (wrong.status_code, wrong.json()["field"]) == (422, "settings.names")
