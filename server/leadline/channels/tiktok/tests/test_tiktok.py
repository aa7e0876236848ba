"""TikTok's deliveries are verified in both ways of signing and become leads, each once."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client

from leadline.capture.models import Connection, Submission
from leadline.channels.tiktok import inbound
from leadline.channels.tiktok.inbound import DATED, OPEN
from leadline.kit import signing
from leadline.leads.actions import set_up_pipeline
from leadline.leads.models import Lead
from leadline.testing import Api
from leadline.testing.loopback import loopback
from leadline.workspaces.actor import Actor

__all__ = ["loopback"]

HERE = Path(__file__).parent
VECTORS: list[dict[str, Any]] = json.loads((HERE / "signatures.json").read_text())
SECRET = "tt-app-secret-4b2f"
PAGE = "/sandbox/ads/tiktok/"
Drain = Callable[..., int]


@pytest.fixture
def owner(ola: Actor) -> Api:
    """The owner, with a pipeline for the leads."""
    set_up_pipeline(ola)
    return Api(ola)


@pytest.fixture
def door(owner: Api) -> str:
    """The address of a live connection."""
    body = {"channel": "tiktok", "name": "TikTok", "settings": {"mode": "live"}}
    made = owner.post("/connections", {**body, "secrets": {"app_secret": SECRET}})
    assert made.status_code == 201, made.content
    return str(urlsplit(made.json()["url"]).path)


def deliver(door: str, raw: bytes, secret: str = SECRET) -> int:
    headers = {"X-Open-Signature": signing.hmac_sha256_hex(secret, raw)}
    return Client().post(door, raw, content_type="application/json", headers=headers).status_code


def sample(name: str) -> bytes:
    return (HERE / "payloads" / f"{name}.json").read_bytes()


def test_every_vector_and_both_ways_of_signing() -> None:
    for vector in VECTORS:
        raw, header = sample(vector["file"].removesuffix(".json")), vector["headers"]["X-Open-Signature"]
        assert inbound.verified(OPEN, raw, header, vector["secret"]) is vector["valid"]
        decoded = raw.decode().encode().decode("unicode_escape").encode()
        assert raw == decoded or not inbound.verified(OPEN, decoded, header, vector["secret"])
        assert not inbound.verified(OPEN, raw, header, "")
        assert not inbound.verified(OPEN, raw, None, vector["secret"])
    documented = b'{"object":1,"entry":[],"time":1794827400}'
    known = "445c3b0bca03d1185f348a7079ff04166d1ec3702ad47d856545d92a05884d5e"
    assert inbound.verified(OPEN, documented, known, SECRET)
    signature = inbound.dated_signature(documented, "1794827404", SECRET)
    assert inbound.verified(DATED, documented, f"t=1794827404, s={signature}", SECRET)
    for wrong in (f"t=1794827405,s={signature}", f"s={signature}", "t=1", "=,=", known):
        assert not inbound.verified(DATED, documented, wrong, SECRET)


def test_leads_hold_everything_and_count_once(door: str, drain: Drain) -> None:
    for name in ("lead-1-instant-form", "lead-2-two-entries", "lead-1-instant-form"):
        assert deliver(door, sample(name)) == 200
        drain()

    lead = Lead.objects.get(campaign="Nov solar")
    assert Lead.objects.count() == 2
    kinds = {one.kind: one.shown for one in lead.contact.identities.all()}
    assert kinds == {"email": "j.weiss@firma.example", "phone": "+4930123456"}
    assert (lead.contact.name, lead.source, lead.text) == ("Jürgen Weiß", "tiktok", "Roof size?: 80-120 m2")
    wanted = {"form": "Solar quote", "ad": "Clip 3", "tiktok_lead_id": "7126711421177430274"}
    assert lead.extra.items() >= wanted.items()
    other = Lead.objects.exclude(id=lead.id).get()
    assert (other.extra["lead_source"], "ad_id" in other.extra) == ("direct_message", False)


def test_refusals_and_odd_bodies(door: str, drain: Drain) -> None:
    assert deliver(door, sample("lead-1-instant-form"), "guess") == 403
    assert "other way of signing" in Connection.objects.get().last_error
    assert deliver(door, b"{") == 400
    assert deliver(door, b"x" * (10 * 1024 * 1024)) == 413
    assert Client().post("/hooks/tiktok/nobody", b"{}", content_type="a/b").status_code == 404
    odd: list[Any] = [[], {"entry": 7}, {"entry": []}]
    for body in odd:
        assert deliver(door, json.dumps(body).encode()) == 200
    assert not Submission.objects.exists()
    assert deliver(door, json.dumps({"entry": [{"id": None, "changes": [{"field": 3}]}]}).encode()) == 200
    drain()
    assert Submission.objects.get().state == "quarantined"
    assert not Lead.objects.exists()


def test_the_sandbox_signs_in_the_way_that_is_set(owner: Api, drain: Drain, loopback: list[str]) -> None:
    made = owner.post("/connections", {"channel": "tiktok", "name": "TikTok"}).json()
    account, desk = str(Connection.objects.get().sandbox_account.id), owner.client
    for number, scheme in enumerate((OPEN, DATED)):
        changed = owner.patch(f"/connections/{made['id']}", {"settings": {"scheme": scheme}})
        assert changed.status_code == 200
        email = f"dana{number}@dana{number}.example"
        desk.post(f"{PAGE}leads", {"account": account, "full_name": f"דנה {number}", "email": email})
        desk.post(f"{PAGE}faults", {"account": account, "switches": ["twice", "texts"]})
    drain()
    assert sorted(Lead.objects.values_list("name", flat=True)) == ["דנה 0", "דנה 1"]
    assert all(step["ok"] for step in owner.post(f"/connections/{made['id']}/tests").json()["steps"])
    assert owner.patch(f"/connections/{made['id']}", {"settings": {"scheme": "x"}}).status_code == 422
