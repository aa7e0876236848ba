"""Mails leave by a real SMTP server on their thread, within limits, each at most once."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from leadline.capture.models import Connection
from leadline.channels.email import trying
from leadline.channels.email.addresses import Purpose, pointer_in
from leadline.channels.email.composing import html_of
from leadline.channels.email.models import Departure, SandboxMail
from leadline.channels.email.tests.conftest import Drain, Opened, Postman, mail
from leadline.channels.email.understanding.letter import Letter
from leadline.conversations import actions as conversations
from leadline.conversations.actions import Draft
from leadline.conversations.models import Message, Thread
from leadline.infra.http import addresses
from leadline.kit import clock
from leadline.kit.errors import Conflict, Invalid
from leadline.leads.models import Lead
from leadline.workspaces.actor import Actor

PRIYA = "Priya Sharma <priya@bluewave.example>"
SALES = "sales@crm.example.com"


class Smtp:
    """What the server does with mails, and those it took."""

    taken: list[Any]
    recipient = content = ""
    dies = False

    def begin(self) -> None:
        """Nothing was taken yet, and everything is welcome."""
        self.taken, self.recipient, self.content, self.dies = [], "", "", False

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if self.recipient:
            return self.recipient
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.dies:
            session.peer = None
            server.transport.abort()
        if self.content:
            return self.content
        self.taken.append(envelope)
        return "250 Ok 0102019ab-77"


@pytest.fixture(scope="module")
def running() -> Iterator[tuple[Controller, Smtp]]:
    handler = Smtp()

    def let_in(server: Any, session: Any, envelope: Any, mechanism: str, told: Any) -> AuthResult:
        return AuthResult(success=told.password == b"secret", handled=False)

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(
        handler, hostname="127.0.0.1", port=port, authenticator=let_in, auth_require_tls=False
    )
    controller.start()
    yield controller, handler
    controller.stop()


@pytest.fixture
def smtp(running: tuple[Controller, Smtp], monkeypatch: pytest.MonkeyPatch) -> Smtp:
    """The server, empty and willing; it stands in a private network."""
    monkeypatch.setattr(addresses, "resolve_host", lambda host, port: "127.0.0.1")
    running[1].begin()
    return running[1]


@pytest.fixture
def box(opened: Opened, running: tuple[Controller, Smtp], smtp: Smtp) -> Connection:
    """A mailbox that sends by the server, with an address for answers and a signature."""
    server = {"host": "smtp.example.com", "port": running[0].port, "security": "none", "username": "sales"}
    return opened(
        {"smtp_password": "secret"},
        smtp=server,
        reply_address="reply@in.crm.example.com",
        signature="Example Ltd",
        per_hour=3,
    )


@pytest.fixture
def lead(box: Connection, drain: Drain) -> Lead:
    """Priya has asked."""
    Postman(box, drain).bring(
        mail(PRIYA, SALES, "Shipping", "Do you ship?", Message_ID="<q1@bluewave.example>")
    )
    return Lead.objects.get()


def sent(actor: Actor, lead: Lead, drain: Drain, **draft: Any) -> Message:
    message = conversations.send(actor, lead.id, Draft(channel="email", **{"body": "Yes, we ship.", **draft}))
    drain()
    return Message.objects.get(id=message.id)


def test_an_answer_leaves_on_its_thread_with_addresses_that_come_back(
    lead: Lead, rita: Actor, smtp: Smtp, drain: Drain
) -> None:
    Lead.objects.update(owner_id=rita.member_id)
    message = sent(rita, lead, drain, body="Yes.\n\nSee https://example.com/a?b=1&c=2.")
    [envelope] = smtp.taken
    letter = Letter(envelope.content)

    assert (message.state, letter.message_id) == ("sent", message.provider_id)
    assert letter.subject == "Re: Shipping"
    assert letter.header("in-reply-to") == "<q1@bluewave.example>"
    assert letter.header("references") == "<q1@bluewave.example>"
    assert (letter.sender.name, letter.sender.address) == ("Example Sales", SALES)
    back, reply = pointer_in(envelope.mail_from), pointer_in(letter.addresses("reply-to")[0].address)
    assert back is not None
    assert reply is not None
    assert (back.purpose, back.id) == (Purpose.BOUNCE, message.id)
    assert (reply.purpose, reply.id) == (Purpose.THREAD, message.thread_id)
    assert letter.text == "Yes.\n\nSee https://example.com/a?b=1&c=2.\n\n-- \nExample Ltd"
    # The link goes through us, so that it is heard when it is followed; what is read is the address itself.
    assert re.search(r'href="[^"]*/m/[^"/]+/c/0">https://example\.com/a\?b=1&amp;c=2</a>', letter.html)
    assert letter.header("auto-submitted") == ""
    lead.refresh_from_db()
    assert lead.first_touch_at is not None


def test_a_conversation_keeps_all_its_references(lead: Lead, ola: Actor, smtp: Smtp, drain: Drain) -> None:
    first = sent(ola, lead, drain)
    box = Connection.objects.get(channel="email")
    answer = mail(
        PRIYA,
        SALES,
        "Re: Shipping",
        "When?",
        In_Reply_To=f"<{first.provider_id}>",
        Message_ID="<q2@b.example>",
    )
    Postman(box, drain).bring(answer)
    sent(ola, lead, drain, body="Tomorrow.")
    letter = Letter(smtp.taken[-1].content)
    assert letter.answers == ["q2@b.example", first.provider_id]
    assert letter.subject == "Re: Shipping"


def test_an_automatic_mail_says_so_and_two_machines_do_not_talk_for_ever(
    lead: Lead, ola: Actor, smtp: Smtp, box: Connection, drain: Drain
) -> None:
    Connection.objects.filter(id=box.id).update(settings={**box.settings, "per_hour": 100})
    messages = [sent(ola, lead, drain, automatic=True, our_ref=f"a{n}") for n in range(6)]
    letter = Letter(smtp.taken[0].content)
    assert letter.header("auto-submitted") == "auto-replied"
    assert letter.header("x-auto-response-suppress") == "All"
    assert [m.state for m in messages] == ["sent"] * 5 + ["failed"]
    assert messages[-1].error_code == "loop"


def test_a_new_thread_needs_a_subject_and_headers_cannot_be_slipped_in(
    lead: Lead, ola: Actor, smtp: Smtp, drain: Drain
) -> None:
    Message.objects.all().delete()
    with pytest.raises(Invalid) as refusal:
        conversations.send(ola, lead.id, Draft(channel="email", body="Hi"))
    assert refusal.value.field == "subject"
    sent(ola, lead, drain, subject="Hi\r\nBcc: eve@evil.example")
    letter = Letter(smtp.taken[0].content)
    assert (letter.subject, letter.header("bcc")) == ("Hi Bcc: eve@evil.example", "")


@pytest.mark.parametrize(
    ("recipient", "content", "state", "code"),
    [
        ("550 5.1.1 User unknown", "", "failed", "bounced"),
        ("550 5.7.1 Not allowed", "", "failed", "refused"),
        ("", "554 5.6.0 Bad content", "failed", "refused"),
        ("450 4.2.0 Greylisted", "", "queued", "not_taken"),
        ("", "421 4.3.0 Try later", "queued", "not_taken"),
    ],
)
def test_what_the_server_answers_decides_what_becomes_of_the_mail(
    lead: Lead, ola: Actor, smtp: Smtp, drain: Drain, recipient: str, content: str, state: str, code: str
) -> None:
    smtp.recipient, smtp.content = recipient, content
    message = sent(ola, lead, drain)
    assert (message.state, message.error_code) == (state, code)
    assert (recipient or content)[4:] in message.error_text
    assert (message.try_at is not None) is (state == "queued")
    assert bool(Thread.objects.get().unreachable_address) is (code == "bounced")


def test_a_connection_that_breaks_after_the_text_leaves_the_mail_uncertain_and_unrepeated(
    lead: Lead, ola: Actor, smtp: Smtp, drain: Drain
) -> None:
    smtp.dies = True
    message = sent(ola, lead, drain)
    smtp.dies = False
    drain()
    message.refresh_from_db()
    assert (message.state, message.try_at) == ("uncertain", None)


def test_a_mailbox_sends_no_more_than_allowed_and_the_rest_waits_its_turn(
    lead: Lead, ola: Actor, smtp: Smtp, drain: Drain, held: Any
) -> None:
    messages = [sent(ola, lead, drain, body=str(n)) for n in range(4)]
    waiting = messages[-1]
    assert [m.state for m in messages] == ["sent", "sent", "sent", "queued"]
    assert (waiting.error_code, waiting.attempts, waiting.try_at) == ("limit", 0, held + timedelta(hours=1))
    assert (len(smtp.taken), Departure.objects.count()) == (3, 3)
    clock.move(timedelta(hours=1, seconds=1))
    conversations.try_due(ola.workspace_id, [waiting.id])
    drain()
    waiting.refresh_from_db()
    assert waiting.state == "sent"
    assert len(smtp.taken) == 4


def test_a_wrong_password_stops_nothing_else_and_is_told_at_the_mailbox(
    lead: Lead, ola: Actor, smtp: Smtp, box: Connection, drain: Drain
) -> None:
    from leadline.capture.actions import change_connection

    assert trying.steps_of_test(box)[0].ok
    change_connection(ola, box.id, secrets={"smtp_password": "wrong"})
    message = sent(ola, lead, drain)
    box.refresh_from_db()
    assert (message.state, message.error_code, smtp.taken) == ("failed", "no_access", [])
    assert "password" in box.last_error
    assert not trying.steps_of_test(box)[0].ok


def test_a_file_goes_along(lead: Lead, ola: Actor, smtp: Smtp, drain: Drain) -> None:
    conversations.send_file(ola, lead.id, "email", "offer.pdf", "application/pdf", b"%PDF-1.4 x", "Our offer")
    drain()
    letter = Letter(smtp.taken[0].content)
    assert [(one.name, one.mime, one.content) for one in letter.attachments] == [
        ("offer.pdf", "application/pdf", b"%PDF-1.4 x")
    ]


def test_a_mailbox_that_only_receives_says_what_is_missing(opened: Opened, ola: Actor, drain: Drain) -> None:
    box = opened({"shared_secret": "s"}, incoming="generic")
    Postman(box, drain).bring(mail(PRIYA, SALES, "Hi", "Hello"))
    with pytest.raises(Conflict, match="only receives"):
        conversations.send(ola, Lead.objects.get().id, Draft(channel="email", body="Hi"))


def test_in_the_sandbox_one_writes_answers_and_bounces_as_the_customer(
    sandbox: Connection, ola: Actor, api: Any, drain: Drain
) -> None:
    browser = api(ola).client
    given = {"name": "Dana", "address": "dana@customer.test", "subject": "Prices", "body": "How much?"}
    assert browser.post("/sandbox/email/mails", given).status_code == 302
    assert browser.post("/sandbox/email/mails", {**given, "address": "nobody"}).status_code == 422
    drain()
    lead = Lead.objects.get()
    message = sent(ola, lead, drain, body="Ten.")
    received = SandboxMail.objects.get(from_person=False)
    assert (received.subject, received.person) == ("Re: Prices", "dana@customer.test")
    page = browser.get("/sandbox/email/").content.decode()
    assert "Ten." in page
    for what, body in (("write", "Fine."), ("away", ""), ("bounce", "")):
        browser.post(f"/sandbox/email/mails/{received.id}/answers", {"what": what, "body": body})
        drain()
    message.refresh_from_db()
    assert Message.objects.filter(direction="in", body="Fine.", lead=lead).count() == 1
    assert (message.state, message.error_code) == ("failed", "bounced")
    assert Message.objects.filter(direction="in").count() == 2


def test_a_whole_mail_is_shown_to_those_who_may_see_its_lead_in_a_frame_of_its_own(
    sandbox: Connection, ola: Actor, stranger: Actor, api: Any, drain: Drain
) -> None:
    Postman(sandbox, drain).sample("01-new-lead.eml")
    path = f"/mails/{Message.objects.get().id}/page"
    shown = api(ola).get(path)
    assert "budget ₹ 12 lakh" in shown.content.decode()
    assert "198.51.100.9" not in shown.content.decode()
    assert "198.51.100.9" in api(ola).get(path, images="true").content.decode()
    policy = shown.headers["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in policy
    assert "sandbox" in policy
    assert api(stranger).get(path).status_code == 404


def test_text_becomes_html_that_says_only_what_was_written() -> None:
    shown = html_of('<b>1 < 2</b>\nsee https://x.example/?q="a\n\nשלום')
    assert "<b>" not in shown
    assert '<a href="https://x.example/?q=">' in shown
    assert shown.count('<p dir="auto">') == 2
