"""Opens and clicks are seen with their time; machines are told apart; who wants no more gets no more."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from leadline.capture.models import Connection
from leadline.channels.email.models import SandboxMail
from leadline.channels.email.seen.machines import is_machine
from leadline.channels.email.seen.tokens import Mark, mark_in, token
from leadline.channels.email.tests.conftest import PAYLOADS, Drain, Postman, mail
from leadline.channels.email.understanding.letter import Letter
from leadline.contacts.models import Contact
from leadline.conversations import actions as conversations
from leadline.conversations.actions import Draft
from leadline.conversations.models import Message
from leadline.engines.timeline.models import TimelineEntry
from leadline.kit import clock, ids
from leadline.leads.models import Lead
from leadline.workspaces.actor import Actor

BROWSER = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/142.0.0.0 Safari/537.36"
PROXY = "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)"
TARGET = "https://shop.example.com/offer?utm_source=crm&id=7"


@pytest.fixture
def sent(sandbox: Connection, ola: Actor, drain: Drain, held: Any) -> Message:
    """A mail with a link that reached Dana an hour ago."""
    Postman(sandbox, drain).bring(mail("Dana <dana@x.example>", "sales@sandbox.test", "Prices", "How much?"))
    message = conversations.send(ola, Lead.objects.get().id, Draft(channel="email", body=f"See {TARGET}"))
    drain()
    clock.move(timedelta(hours=1))
    return Message.objects.get(id=message.id)


def addresses() -> dict[str, str]:
    """The addresses in the newest mail, by what they are for."""
    letter = Letter(bytes(SandboxMail.objects.filter(from_person=False).latest("at").raw))
    found = re.findall(r'(?:src|href)="[^"]*?(/m/[^"/]+/([^"]+))"', letter.html)
    head = re.search(r"(/m/[^>/]+/u)", letter.header("list-unsubscribe"))
    return {what: path for path, what in found} | ({"u": head[1]} if head else {})


def load(path: str, agent: str, method: str = "get") -> Any:
    return getattr(Client(), method)(path, headers={"User-Agent": agent})


def entries() -> list[tuple[str, bool]]:
    rows = TimelineEntry.objects.filter(kind__in=["mail_opened", "click"]).order_by("id")
    return [(row.kind, row.payload["machine"]) for row in rows]


def test_an_open_and_a_click_are_on_the_timeline_and_the_link_leads_where_it_led(sent: Message) -> None:
    links = addresses()
    picture = load(links["o"], BROWSER)
    followed = load(links["c/0"], BROWSER)
    load(links["o"], BROWSER)

    assert (picture.headers["Content-Type"], picture.headers["Cache-Control"]) == (
        "image/gif",
        "no-store, private",
    )
    assert (followed.status_code, followed.headers["Location"]) == (302, TARGET)
    assert entries() == [("mail_opened", False), ("click", False)]
    assert TimelineEntry.objects.get(kind="click").text == f"Followed the link {TARGET}"
    sent.refresh_from_db()
    assert (sent.state, sent.read_at) == ("read", clock.now())


def test_machines_are_marked_and_change_nothing(sent: Message) -> None:
    links = addresses()
    load(links["o"], PROXY)
    load(links["c/0"], "curl/8.5")
    load(links["c/0"], BROWSER, "head")
    assert entries() == [("mail_opened", True), ("click", True)]
    sent.refresh_from_db()
    assert sent.state == "sent"


def test_whoever_is_faster_than_a_reader_is_a_machine() -> None:
    now = clock.now()
    assert is_machine(BROWSER, now + timedelta(seconds=3), now)
    assert not is_machine(BROWSER, now + timedelta(seconds=11), now)
    assert is_machine("Mozilla/5.0", now + timedelta(hours=1), now)
    assert is_machine("", now, None)


def test_addresses_cannot_be_made_up_and_lead_nowhere_else(sent: Message) -> None:
    links = addresses()
    mark = Mark(ids.new_id(), sent.id)
    assert mark_in(token(mark)) == mark
    assert mark_in(token(mark)[:-1] + ("0" if token(mark)[-1] != "0" else "1")) is None
    assert load(links["o"].replace("/m/", "/m/x"), BROWSER).status_code == 200
    assert load(links["c/0"].replace("/c/0", "/c/7"), BROWSER).status_code == 404
    assert load(f"/m/{token(mark)}/c/0?url=https://evil.example", BROWSER).status_code == 404
    assert entries() == []


def test_one_click_stops_automatic_mails_and_looking_at_the_page_does_not(
    sent: Message, ola: Actor, drain: Drain
) -> None:
    automatic = Draft(channel="email", body="News", automatic=True, our_ref="1")
    conversations.send(ola, sent.lead_id or ids.new_id(), automatic)
    drain()
    path = addresses()["u"]
    page = load(path, BROWSER)
    assert (page.status_code, b'<form method="post">' in page.content) == (200, True)
    assert Contact.objects.get().consent == {}

    raw = (PAYLOADS / "one-click-unsubscribe-1.http").read_text()
    assert "List-Unsubscribe=One-Click" in raw
    done = Client().post(path, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded")
    assert (done.status_code, "Location" in done.headers) == (200, False)
    assert Contact.objects.get().consent["email_marketing"]["allowed"] is False
    again = conversations.send(
        ola, sent.lead_id or ids.new_id(), Draft(channel="email", body="More", automatic=True, our_ref="2")
    )
    own = conversations.send(ola, sent.lead_id or ids.new_id(), Draft(channel="email", body="From me"))
    drain()
    again.refresh_from_db()
    own.refresh_from_db()
    assert (again.state, again.error_code) == ("failed", "opted_out")
    assert own.state == "sent"


def test_a_mailbox_or_a_person_without_tracking_gets_plain_links(
    sent: Message, sandbox: Connection, ola: Actor, drain: Drain
) -> None:
    Contact.objects.update(consent={"email_tracking": {"allowed": False}})
    conversations.send(ola, sent.lead_id or ids.new_id(), Draft(channel="email", body=f"Again {TARGET}"))
    drain()
    assert addresses() == {}
