"""Short forms: a visitor who comes back is asked for the next thing instead of the same again."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client

from leadline.capture.models import Connection, Submission
from leadline.channels.webforms import returning
from leadline.channels.webforms.tests.conftest import address, after, opened
from leadline.kit import clock
from leadline.leads.models import Lead
from leadline.workspaces.actor import Actor

Drain = Callable[..., int]
FIELDS = [
    {"key": "name", "label": "Name", "required": True},
    {"key": "email", "label": "E-mail", "type": "email", "required": True},
    {"key": "company", "label": "Company", "required": True, "later": True},
    {"key": "roof", "label": "Roof", "later": True},
    {"key": "text", "label": "Message", "type": "long_text"},
]
DANA = {"name": "Dana Levi", "email": "dana@gmail.com"}


@pytest.fixture
def short(ada: Actor) -> Connection:
    return opened(ada, fields=FIELDS)


def asked(visitor: Client, form: Connection) -> list[str]:
    page = visitor.get(address(form)).content.decode()
    found = re.findall(r'<(?:input|textarea)[^>]* id="f-[^"]+" name="([^"]+)"', page)
    return found


def test_each_visit_asks_for_the_next_missing_thing(
    held: datetime, short: Connection, visitor: Client, drain: Drain
) -> None:
    assert asked(visitor, short) == ["name", "email", "text"]
    visitor.post(address(short), DANA)
    drain()
    assert asked(visitor, short) == ["company", "text"]

    after(60)
    told = visitor.cookies[returning.COOKIE].value
    refused = visitor.post(address(short), {"_told": told, "company": ""})
    assert refused.status_code == 422
    assert asked_in(refused.content.decode()) == ["company", "text"]
    assert visitor.post(address(short), {"_told": told, "company": "Levi Roofs"}).status_code == 200
    drain()
    assert asked(visitor, short) == ["roof", "text"]

    lead = Lead.objects.select_related("company").get()
    assert (lead.name, lead.company and lead.company.name) == ("Dana Levi", "Levi Roofs")
    assert set(Submission.objects.values_list("state", flat=True)) == {"understood"}


def asked_in(page: str) -> list[str]:
    return re.findall(r'<(?:input|textarea)[^>]* id="f-[^"]+" name="([^"]+)"', page)


def test_a_stranger_and_a_forger_are_asked_everything(
    held: datetime, short: Connection, visitor: Client, stranger: Actor
) -> None:
    visitor.post(address(short), DANA)
    cookie = visitor.cookies[returning.COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/f/")
    assert "dana" not in cookie.value.lower()
    body, _, signature = cookie.value.partition(".")
    for forged in (f"{body}x.{signature}", body, "x.y", ""):
        assert Client().post(address(short), {"_told": forged, "company": "X"}).status_code == 422
    clock.move(timedelta(days=91))
    assert asked(visitor, short) == ["name", "email", "text"]


def test_a_pasted_form_learns_from_the_start_what_to_ask(
    held: datetime, short: Connection, visitor: Client
) -> None:
    body = {"fields": {**DANA, "company": ""}, "idempotency_key": "k1"}
    told = visitor.post(address(short), body, content_type="application/json").json()["told"]
    assert visitor.get(address(short) + "/start").json()["ask"] == ["name", "email", "text"]
    assert visitor.get(address(short) + "/start", {"told": told}).json()["ask"] == ["company", "text"]


def test_a_form_that_asks_everybody_the_same_remembers_nobody(form: Connection, visitor: Client) -> None:
    visitor.post(address(form), DANA)
    assert returning.COOKIE not in visitor.cookies
    assert "ask" not in visitor.get(address(form) + "/start").json()
