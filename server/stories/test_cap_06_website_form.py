"""CAP-06: a form pasted into any page brings everything the visitor left, and where they came from."""

from __future__ import annotations

import re
from html import unescape
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client

from stories.company import Drain, Seat, ok

CAMPAIGN = {
    "utm_source": "g",
    "utm_medium": "cpc",
    "utm_campaign": "x",
    "utm_term": "solar roof",
    "utm_content": "blue",
}
PAGE = "https://www.acme.example/contact?" + "&".join(
    f"{key}={value.replace(' ', '+')}" for key, value in CAMPAIGN.items()
)
REFERRER = "https://search.example/?q=solar"
ANSWERS = {
    "name": "Dana Levi",
    "email": "dana@levi.example",
    "phone": "050-123-4567",
    "text": "Do you install on flat roofs?",
}


@pytest.fixture
def form(ola: Seat) -> dict[str, Any]:
    """Acme's form, which asks for consent."""
    (shipped,) = ok(ola.get("/forms"))
    changes = {"consent_text": "Yes, write to me.", "thank_you": "Thank you! We call you today."}
    changed: dict[str, Any] = ok(ola.patch(f"/forms/{shipped['id']}", changes))
    return changed


def pasted(form: dict[str, Any]) -> tuple[str, set[str]]:
    """Where the pasted snippet posts to, and the names of its inputs."""
    action = re.search(r'<form[^>]* action="([^"]+)"', form["embed_html"])
    assert action
    names = set(re.findall(r'name="([^"]+)"', form["embed_html"]))
    return urlsplit(unescape(action[1])).path, names


def expect_everything(ola: Seat) -> dict[str, Any]:
    lead = ola.only_lead()
    assert (lead["name"], lead["email"], lead["phone"], lead["text"]) == (
        "Dana Levi",
        "dana@levi.example",
        "+972501234567",
        "Do you install on flat roofs?",
    )
    assert lead["extra"]["roof_colour"] == "red"
    assert lead["page"] == PAGE
    assert lead["utm"] == CAMPAIGN
    assert lead["campaign"] == "x"
    consent = lead["contact"]["consent"]
    assert (consent["marketing"], consent["text"]) == (True, "Yes, write to me.")
    assert (lead["channel"], lead["source"], lead["owner"]["name"]) == ("form", "other", "Ola")
    (inquiry,) = ola.timeline(lead["id"], "inquiry")
    assert (inquiry["text"], inquiry["payload"]["page"]) == (lead["text"], PAGE)
    assert ola.audit(lead["id"], "created")
    return lead


def test_the_pasted_snippet_works_without_a_script(ola: Seat, form: dict[str, Any], drain: Drain) -> None:
    path, names = pasted(form)
    assert {*ANSWERS, "consent"} <= names
    answer = Client().post(
        path, {**ANSWERS, "roof_colour": "red", "consent": "yes"}, headers={"Referer": PAGE}
    )
    drain()

    assert answer.status_code == 200
    assert "Thank you! We call you today." in answer.content.decode()
    expect_everything(ola)


def test_the_script_brings_the_referrer_as_well(ola: Seat, form: dict[str, Any], drain: Drain) -> None:
    path, _ = pasted(form)
    body = {
        "fields": {**ANSWERS, "roof_colour": "red", "consent": "yes"},
        "attribution": {"last": {**CAMPAIGN, "page_url": PAGE, "referrer": REFERRER}},
        "idempotency_key": "k1",
    }
    site = {"Origin": "https://www.acme.example"}
    answer = Client().post(path, body, content_type="application/json", headers=site)
    again = Client().post(path, body, content_type="application/json", headers=site)
    drain()

    assert answer.json() == {"ok": True, "thank_you": "Thank you! We call you today."}
    assert again.status_code == 200
    assert expect_everything(ola)["referrer"] == REFERRER


def test_without_the_tick_there_is_no_consent(ola: Seat, form: dict[str, Any], drain: Drain) -> None:
    path, _ = pasted(form)
    Client().post(path, ANSWERS)
    drain()
    assert ola.only_lead()["contact"]["consent"].get("marketing") is not True
