"""A visitor fills in a form of ours: hosted, pasted or framed."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.db import connection as database
from django.test import Client

from leadline.capture import actions as capture
from leadline.capture import queries as doors
from leadline.capture.models import Connection, Submission
from leadline.channels.webforms.tests.conftest import address, after, opened
from leadline.infra import tenancy
from leadline.kit import clock
from leadline.leads.models import Lead
from leadline.testing import Api, people
from leadline.workspaces import offers
from leadline.workspaces.actor import Actor
from leadline.workspaces.models import Workspace

Drain = Callable[..., int]
DANA = {"name": "Dana Levi", "email": "dana@levi.example", "text": "Do you install on flat roofs?"}


def hidden_of(page: str) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    return {name: unescape(value) for name, value in found}


def test_the_hosted_page_works_without_a_script_and_is_small(form: Connection, visitor: Client) -> None:
    page = visitor.get(address(form))

    text = page.content.decode()
    assert page.status_code == 200
    assert len(page.content) < 30_000
    assert 'method="post"' in text
    assert '<html lang="en" dir="ltr">' in text
    assert "<script src=" in text
    assert "onclick" not in text
    policy = page.headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "frame-ancestors *" in policy


def test_a_filled_in_form_becomes_a_lead_with_everything_in_it(
    held: datetime, form: Connection, visitor: Client, drain: Drain
) -> None:
    campaign = "utm_source=google&utm_medium=cpc&utm_campaign=Nov&utm_term=roof&utm_content=b&gclid=AbC"
    page = visitor.get(f"{address(form)}?{campaign}", headers={"Referer": "https://www.google.com/"})
    after(20)
    posted = {
        **hidden_of(page.content.decode()),
        **DANA,
        "phone": "050-123-4567",
        "roof": "flat",
        "_hp_website": "",
    }
    answer = visitor.post(address(form), {**posted, "consent": "yes"})
    drain()

    assert answer.status_code == 200
    assert "Your message has arrived" in answer.content.decode()
    lead = Lead.objects.get()
    assert (lead.name, lead.text, lead.channel) == ("Dana Levi", DANA["text"], "form")
    assert (lead.source, lead.campaign) == ("google_ads", "Nov")
    assert lead.utm == {
        "utm_source": "google",
        "utm_medium": "cpc",
        "utm_campaign": "Nov",
        "utm_term": "roof",
        "utm_content": "b",
        "gclid": "AbC",
    }
    assert lead.page.startswith("http://testserver/f/")
    assert lead.referrer == "https://www.google.com/"
    assert lead.extra == {"roof": "flat", "form": "Contact"}
    assert lead.contact.consent["marketing"] is True
    assert {i.shown for i in lead.contact.identities.all()} == {"+972501234567", "dana@levi.example"}


def test_the_script_posts_json_from_another_site(form: Connection, visitor: Client, drain: Drain) -> None:
    body = {
        "form": "",
        "fields": {**DANA, "_hp_website": ""},
        "attribution": {
            "first": {"utm_source": "newsletter", "landing_url": "https://acme.example/", "at": "2026-01-01"},
            "last": {"utm_source": "google", "page_url": "https://acme.example/roofs", "referrer": ""},
        },
        "idempotency_key": "k1",
    }
    origin = {"Origin": "https://acme.example"}
    asked = visitor.options(address(form), headers=origin)
    answer = visitor.post(address(form), body, content_type="application/json", headers=origin)
    again = visitor.post(address(form), body, content_type="application/json", headers=origin)
    drain()

    assert asked.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.json() == {
        "ok": True,
        "thank_you": "Your message has arrived. We will get back to you shortly.",
    }
    assert "Access-Control-Allow-Credentials" not in answer.headers
    assert (again.status_code, Submission.objects.count()) == (200, 1)
    lead = Lead.objects.get()
    assert lead.page == "https://acme.example/roofs"
    assert lead.extra["first_touch"]["utm_source"] == "newsletter"


def test_only_registered_sites_may_read_the_answer(ada: Actor, visitor: Client) -> None:
    form = opened(ada, allowed_origins=["https://acme.example"])
    good = visitor.post(address(form), DANA, headers={"Origin": "https://acme.example"})
    bad = visitor.post(address(form), DANA, headers={"Origin": "https://evil.example"})
    assert good.headers["Access-Control-Allow-Origin"] == "https://acme.example"
    assert "Access-Control-Allow-Origin" not in bad.headers
    assert "frame-ancestors https://acme.example" in bad.headers["Content-Security-Policy"]


def test_mistakes_are_shown_beside_their_fields_and_nothing_is_typed_twice(
    form: Connection, visitor: Client
) -> None:
    answer = visitor.post(address(form), {"name": "", "email": "dana@", "phone": "12", "text": "<b>Hi</b>"})

    text = answer.content.decode()
    assert answer.status_code == 422
    assert text.count('class="error"') == 3
    assert "Please fill this in." in text
    assert "This is not a valid e-mail address." in text
    assert "Example: 050-123-4567" in text
    assert "&lt;b&gt;Hi&lt;/b&gt;" in text
    assert 'value="dana@"' in text
    assert Submission.objects.count() == 0


def test_a_script_gets_the_mistakes_as_json(form: Connection, visitor: Client) -> None:
    answer = visitor.post(address(form), {"fields": {"name": "Dana"}}, content_type="application/json")
    assert answer.status_code == 422
    assert answer.json()["errors"] == {
        "email": "Leave an e-mail address or a phone number, so that we can answer."
    }


def test_a_hebrew_form_reads_from_right_to_left(ada: Actor, visitor: Client) -> None:
    form = opened(ada, language="he", title="בקשת הצעה")
    text = visitor.get(address(form)).content.decode()
    assert '<html lang="he" dir="rtl">' in text
    assert "שליחה" in text
    assert "נא למלא שדה זה." in visitor.post(address(form), {}).content.decode()
    assert 'lang="en" dir="ltr"' in visitor.get(address(form) + "?lang=en").content.decode()


def test_the_visitor_is_sent_on_only_to_known_hosts(ada: Actor, visitor: Client) -> None:
    form = opened(ada, redirect_hosts=["www.acme.example"])
    target = "https://www.acme.example/thanks"
    sent = visitor.post(address(form), {**DANA, "_redirect": target})
    assert (sent.status_code, sent.headers["Location"]) == (303, target)
    for wrong in (
        "https://evil.example/",
        "//evil.example",
        "javascript:alert(1)",
        "https://www.acme.example@evil.example/",
        "https://evil.example\\@www.acme.example/",
        "https://[broken",
    ):
        stays = visitor.post(address(form), {**DANA, "text": wrong, "_redirect": wrong})
        assert (stays.status_code, stays.headers.get("Location")) == (200, None)


def test_the_hidden_field_catches_robots(form: Connection, visitor: Client, drain: Drain) -> None:
    answer = visitor.post(address(form), {**DANA, "_hp_website": "http://spam.example"})
    drain()

    assert answer.status_code == 200
    kept = Submission.objects.get()
    assert (kept.state, kept.spam, kept.reason) == ("quarantined", True, "The hidden field was filled in.")
    assert Lead.objects.count() == 0


def test_a_wrongly_caught_person_can_be_let_in(
    ada: Actor, form: Connection, visitor: Client, drain: Drain
) -> None:
    visitor.post(address(form), {**DANA, "_hp_website": "autofilled"})
    capture.retry(ada, Submission.objects.get().id)
    drain()
    assert Lead.objects.get().name == "Dana Levi"


@pytest.mark.parametrize(("seconds", "state"), [(1, "quarantined"), (3, "received"), (25 * 3600, "received")])
def test_what_is_filled_in_faster_than_people_can_is_held_back(
    held: datetime, form: Connection, visitor: Client, seconds: int, state: str
) -> None:
    shown = hidden_of(visitor.get(address(form)).content.decode())
    after(seconds)
    visitor.post(address(form), {**shown, **DANA})
    assert Submission.objects.get().state == state


def test_a_forged_start_time_is_held_back(held: datetime, form: Connection, visitor: Client) -> None:
    shown = hidden_of(visitor.get(address(form)).content.decode())
    visitor.post(address(form), {**DANA, "_ts": str(int(shown["_ts"]) - 60), "_sig": shown["_sig"]})
    assert Submission.objects.get().reason == "It looks like spam: a forged start time."


def test_selling_links_is_spam_and_one_link_is_not(form: Connection, visitor: Client) -> None:
    visitor.post(address(form), {**DANA, "text": "See https://acme.example/roof"})
    visitor.post(
        address(form), {**DANA, "text": "Backlinks! http://a.example http://b.example www.c.example"}
    )
    assert sorted(Submission.objects.values_list("state", flat=True)) == ["quarantined", "received"]


def test_one_address_may_not_post_all_day(held: datetime, form: Connection, visitor: Client) -> None:
    for number in range(10):
        visitor.post(address(form), {**DANA, "text": str(number)})
    refused = visitor.post(address(form), {**DANA, "text": "10"})
    other = visitor.post(
        address(form), {**DANA, "text": "x"}, headers={"X-Forwarded-For": "1.2.3.4, 198.51.100.7"}
    )
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "60")
    assert "wait a minute" in refused.content.decode()
    assert 'name="email"' in refused.content.decode()
    assert other.status_code == 200
    clock.move(timedelta(minutes=1))
    assert visitor.post(address(form), {**DANA, "text": "10"}).status_code == 200
    assert Submission.objects.count() == 12


def test_a_double_click_counts_once_and_a_correction_counts(
    form: Connection, visitor: Client, drain: Drain
) -> None:
    shown = hidden_of(visitor.get(address(form)).content.decode())
    shown.pop("_ts")
    for text in ("Hello", "Hello", "Hello, I forgot: the roof is flat"):
        visitor.post(address(form), {**shown, **DANA, "text": text})
    drain()
    assert Submission.objects.count() == 2
    assert Lead.objects.count() == 1


def test_without_a_key_the_same_answers_count_once_within_minutes(
    held: datetime, form: Connection, visitor: Client
) -> None:
    visitor.post(address(form), DANA)
    clock.move(timedelta(minutes=4, seconds=59))
    visitor.post(address(form), DANA)
    assert Submission.objects.count() == 1
    clock.move(timedelta(minutes=20))
    visitor.post(address(form), DANA)
    assert Submission.objects.count() == 2


def test_a_pasted_form_works_alone(form: Connection, ada: Actor, visitor: Client, drain: Drain) -> None:
    shown = Api(ada).get(f"/forms/{form.id}").json()
    assert f'action="{shown["public_url"]}"' in shown["embed_html"]
    assert f"{shown['public_url']}/embed.js" in shown["embed_html"]
    assert f'src="{shown["public_url"]}?frame=1"' in shown["iframe_html"]
    visitor.post(address(form), DANA, headers={"Referer": "https://www.acme.example/contact?utm_source=x"})
    drain()
    lead = Lead.objects.get()
    assert lead.page == "https://www.acme.example/contact?utm_source=x"
    assert lead.utm == {"utm_source": "x"}


def test_the_script_and_the_start_time_may_be_fetched_from_anywhere(
    form: Connection, visitor: Client
) -> None:
    script = visitor.get(address(form) + "/embed.js")
    start = visitor.get(address(form) + "/start", headers={"Origin": "https://acme.example"})
    assert script.headers["Content-Type"].startswith("text/javascript")
    assert set(start.json()) == {"ts", "sig"}
    assert start.headers["Access-Control-Allow-Origin"] == "*"


def test_a_closed_or_unknown_form_says_so(ada: Actor, form: Connection, visitor: Client) -> None:
    capture.change_connection(ada, form.id, enabled=False)
    assert visitor.get(address(form)).status_code == 410
    assert visitor.post(address(form), DANA).status_code == 410
    assert visitor.get("/f/guess").status_code == 404
    assert visitor.post("/f/guess", DANA).status_code == 404
    assert Submission.objects.count() == 0


def test_a_field_is_required_only_when_it_is_asked(ada: Actor, visitor: Client) -> None:
    fields = [
        {"key": "email", "label": "E-mail", "type": "email", "required": True},
        {"key": "kind", "label": "Kind", "type": "choice", "choices": ["Home", "Shop"], "required": True},
        {
            "key": "company",
            "label": "Company",
            "required": True,
            "show_if": {"field": "kind", "equals": "Shop"},
        },
    ]
    form = opened(ada, fields=fields)
    home = visitor.post(address(form), {"email": "a@b.example", "kind": "Home"})
    shop = visitor.post(address(form), {"email": "a@b.example", "kind": "Shop"})
    other = visitor.post(address(form), {"email": "a@b.example", "kind": "Castle"})
    assert (home.status_code, shop.status_code, other.status_code) == (200, 422, 422)


def test_every_workspace_begins_with_a_form_in_its_language(ada: Actor, visitor: Client) -> None:
    Workspace.objects.update(language="he")
    offers.created(ada)
    (form,) = doors.connections(ada, "form")
    assert "יצירת קשר" in visitor.get(address(form)).content.decode()


@pytest.mark.django_db(transaction=True)
def test_five_simultaneous_clicks_make_one_lead(drain: Drain) -> None:
    workspace = people.acme()
    with tenancy.workspace(workspace.id):
        form = opened(people.member(workspace, "Ada", "admin"))
    path, codes = address(form), []

    def click() -> None:
        codes.append(Client().post(path, {**DANA, "_key": "one"}).status_code)
        database.close()

    threads = [threading.Thread(target=click) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    drain()
    with tenancy.workspace(workspace.id):
        assert (codes, Submission.objects.count(), Lead.objects.count()) == ([200] * 5, 1, 1)


FORM = "application/x-www-form-urlencoded"
HOSTILE: list[tuple[str, bytes, str, set[int]]] = [
    ("deep", b'{"fields":' * 5000 + b"1" + b"}" * 5000, "application/json", {422}),
    ("not json", b"{", "application/json", {422}),
    ("array", b"[1,2]", "application/json", {422}),
    ("number", b"7", "application/json", {422}),
    ("invalid utf-8", b"name=Dana&email=dana%40levi.example&text=%ff%fe", FORM, {200}),
    ("raw bytes", b"name=\xff\xfe&email=dana%40levi.example", FORM, {200}),
    ("nul", b"name=Da%00na&email=dana%40levi.example", FORM, {200}),
    ("surrogate", rb'{"name":"\ud800","email":"dana@levi.example"}', "application/json", {200}),
    ("long number", b'{"name":1111111111111111111,"email":"dana@levi.example"}', "application/json", {200}),
    ("wrong type", b'{"name":"Dana","email":"dana@levi.example"}', "text/plain", {200}),
    ("no type", b"name=Dana&email=dana%40levi.example", "", {200}),
    ("empty", b"", FORM, {422}),
    ("no boundary", b"--x\r\n", "multipart/form-data", {422}),
    ("cut multipart", b'--x\r\nContent-Disposition: form-data', "multipart/form-data; boundary=x", {422}),
    ("odd charset", b"name=Dana&email=d%40l.example", f"{FORM}; charset=ebcdic9", {200}),
    ("many fields", b"&".join(b"f%d=1" % n for n in range(5000)), FORM, {422}),
    ("objects for texts", b'{"fields":{"name":{"a":1},"email":["x"],"phone":{}}}', "application/json", {422}),
    ("too big", b"name=" + b"x" * (11 * 1024 * 1024), FORM, {413}),
    ("far too big", b"x" * (13 * 1024 * 1024), FORM, {413}),
]  # fmt: skip


@pytest.mark.parametrize(("what", "body", "kind", "codes"), HOSTILE, ids=[h[0] for h in HOSTILE])
def test_hostile_bodies_get_a_clear_answer(
    form: Connection, visitor: Client, drain: Drain, what: str, body: bytes, kind: str, codes: set[int]
) -> None:
    answer: Any = visitor.generic("POST", address(form), body, content_type=kind)
    assert answer.status_code in codes
    drain()
    kept = list(Submission.objects.values_list("state", flat=True))
    assert kept == (["understood"] if answer.status_code == 200 else [])
