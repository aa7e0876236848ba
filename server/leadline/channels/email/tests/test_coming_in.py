"""Mails become people, leads and messages, each once; what is no inquiry opens nothing and is not lost."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from leadline.capture import queries
from leadline.capture.models import Connection, Submission
from leadline.channels.email.addresses import Purpose, pointer_in, sealed
from leadline.channels.email.models import FiledMail
from leadline.channels.email.tests.conftest import PAYLOADS, Drain, Opened, Postman, deliver, mail
from leadline.contacts.models import Contact
from leadline.conversations import actions as conversations
from leadline.conversations.actions import Draft
from leadline.conversations.models import Message, Thread
from leadline.engines.notices.models import Notice
from leadline.engines.timeline.models import TimelineEntry
from leadline.infra import http
from leadline.kit import clock
from leadline.kit.errors import Conflict
from leadline.leads.models import Lead
from leadline.workspaces.actor import Actor

PRIYA = "Priya Sharma <priya@bluewave.example>"
SALES = "sales@sandbox.test"


def asked(postman: Postman, text: str = "Do you ship to Haifa?") -> Lead:
    """Priya's first mail."""
    postman.bring(mail(PRIYA, SALES, "Shipping", text))
    return Lead.objects.get()


def answered(actor: Actor, lead: Lead, drain: Drain, body: str = "Yes, we do.") -> Message:
    """Our answer, handed over."""
    sent = conversations.send(actor, lead.id, Draft(channel="email", body=body))
    drain()
    return Message.objects.get(id=sent.id)


def test_a_mail_of_somebody_unknown_is_a_lead_with_subject_text_files_and_source(postman: Postman) -> None:
    postman.sample("02-new-lead-attachment-latin1.eml")
    postman.sample("01-new-lead.eml")

    weiss = Lead.objects.get(contact__email="einkauf@firma.example")
    message = Message.objects.get(lead=weiss)
    assert (weiss.name, weiss.source, weiss.channel) == ("Jürgen Weiß", "email", "email")
    assert weiss.interest == "Anfrage für 20 Lizenzen"
    assert message.details["subject"] == "Anfrage für 20 Lizenzen"
    assert message.body == "Guten Tag,\nbitte um ein Angebot für 20 Lizenzen."
    [file] = message.media
    assert (file["name"], file["mime"]) == ("Anforderungen größe.pdf", "application/pdf")
    assert file["file_id"]
    priya = Message.objects.get(contact__email="priya@bluewave.example")
    assert FiledMail.objects.get(message=priya).html.startswith("<p>Hello,</p>")


def test_the_same_mail_twice_and_through_two_mailboxes_is_one(postman: Postman, ola: Actor) -> None:
    raw = mail(PRIYA, SALES, "Shipping", "Do you ship?")
    assert postman.bring(raw, raw) == 1
    assert postman.bring(b"Received: by another.example\n" + raw) == 0
    assert Message.objects.count() == 1


def test_an_answer_lands_on_its_thread_and_only_its_new_words(
    postman: Postman, ola: Actor, drain: Drain
) -> None:
    lead = asked(postman)
    ours = answered(ola, lead, drain)
    quoted = (
        "Great, thanks!\n\nOn Mon, 16 Nov 2026 at 10:58, Sales <sales@sandbox.test> wrote:\n> Yes, we do."
    )
    postman.bring(mail(PRIYA, SALES, "Re: Shipping", quoted, In_Reply_To=f"<{ours.provider_id}>"))

    message = Message.objects.filter(direction="in").latest("at")
    assert (message.lead_id, message.thread_id) == (lead.id, ours.thread_id)
    assert message.body == "Great, thanks!"
    assert message.details["trimmed"] is True
    assert "On Mon" in FiledMail.objects.get(message=message).text
    assert Lead.objects.count() == 1


def test_an_answer_from_another_address_without_headers_lands_there_too(
    postman: Postman, ola: Actor, drain: Drain
) -> None:
    lead = asked(postman)
    ours = answered(ola, lead, drain)
    to = sealed("reply@sandbox.test", Purpose.THREAD, ours.thread_id)
    postman.bring(mail("Tom <tom@private.example>", to, "RE: Shipping", "I answer for Priya."))

    message = Message.objects.filter(direction="in").latest("at")
    assert (message.lead_id, message.details["from"]) == (lead.id, "Tom <tom@private.example>")
    assert Contact.objects.count() == 1
    # Whoever helps out does not become the one we write to.
    assert Thread.objects.get().address == "priya@bluewave.example"


def test_nobody_guesses_the_address_of_a_thread(postman: Postman, ola: Actor, drain: Drain) -> None:
    lead = asked(postman)
    ours = answered(ola, lead, drain)
    real = sealed("reply@sandbox.test", Purpose.THREAD, ours.thread_id)
    forged = real.replace(real.partition(".")[2][:12], "0" * 12)
    assert pointer_in(real.upper()) is not None
    assert pointer_in(forged) is None
    postman.bring(mail("Eve <eve@evil.example>", forged, "Hi", "Let me in."))
    assert Message.objects.filter(contact__email="eve@evil.example", thread=ours.thread_id).count() == 0


def test_an_answer_to_a_closed_lead_stays_there_and_its_owner_is_told(
    postman: Postman, ola: Actor, rita: Actor, drain: Drain
) -> None:
    lead = asked(postman)
    ours = answered(ola, lead, drain)
    Lead.objects.update(status="won", owner_id=rita.member_id)
    postman.bring(mail(PRIYA, SALES, "Re: Shipping", "Thank you!", References=f"<{ours.provider_id}>"))

    assert Lead.objects.count() == 1
    assert Message.objects.filter(lead=lead, direction="in").count() == 2
    assert Notice.objects.filter(member__name="Rita", title__contains="answered by mail").count() == 1


@pytest.mark.parametrize(
    "name",
    [
        "05-auto-reply-rfc3834.eml",
        "06-auto-reply-old-style-no-auto-submitted.eml",
        "08-mailing-list.eml",
        "09-bounce-hard-5.1.1.eml",
        "13-bounce-not-a-dsn.eml",
        "14-complaint-arf.eml",
    ],
)
def test_machines_open_no_leads(postman: Postman, name: str) -> None:
    postman.sample(name)
    assert not Contact.objects.exists()
    assert Submission.objects.get().state in {"understood", "ignored"}


def test_an_automatic_answer_is_a_note_and_nobody_is_told_of_an_answer(
    postman: Postman, ola: Actor, drain: Drain
) -> None:
    ours = answered(ola, asked(postman), drain)
    away = {"In_Reply_To": f"<{ours.provider_id}>", "Auto_Submitted": "auto-replied"}
    postman.bring(mail(PRIYA, SALES, "Out of office", "Back on Monday.", **away))

    entry = TimelineEntry.objects.get(kind="auto_reply")
    assert (entry.about_id, entry.text, entry.automatic) == (ours.lead_id, "Back on Monday.", True)
    assert Message.objects.filter(direction="in").count() == 1


def bounced(ours: Message, status: str, action: str = "failed") -> bytes:
    """What a mail server reports about our mail, to the address the mail came from."""
    to = sealed("reply@sandbox.test", Purpose.BOUNCE, ours.id)
    return (
        f"Return-Path: <>\nFrom: mailer-daemon@bluewave.example\nTo: {to}\nSubject: Undelivered\n"
        f"Message-ID: <{status}-{action}-{clock.now().timestamp()}@bluewave.example>\nMIME-Version: 1.0\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n'
        "--b\nContent-Type: text/plain\n\nSorry.\n"
        "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.bluewave.example\n\n"
        f"Final-Recipient: rfc822; priya@bluewave.example\nAction: {action}\nStatus: {status}\n\n--b--\n"
    ).encode()


def test_a_bounce_fails_the_mail_and_the_address_until_the_person_writes_again(
    postman: Postman, ola: Actor, drain: Drain
) -> None:
    lead = asked(postman)
    ours = answered(ola, lead, drain)
    postman.bring(bounced(ours, "5.1.1"))

    ours.refresh_from_db()
    assert (ours.state, ours.error_code) == ("failed", "bounced")
    with pytest.raises(Conflict) as refusal:
        conversations.send(ola, lead.id, Draft(channel="email", body="Hello?"))
    assert refusal.value.code == "unreachable"
    postman.bring(mail(PRIYA, SALES, "Here", "I am back."))
    assert conversations.send(ola, lead.id, Draft(channel="email", body="Hello?")).state == "queued"


def test_a_delay_and_a_refusal_by_policy_leave_the_address_in_use(
    postman: Postman, ola: Actor, drain: Drain
) -> None:
    lead = asked(postman)
    ours = answered(ola, lead, drain)
    postman.bring(bounced(ours, "4.2.2", "delayed"))
    ours.refresh_from_db()
    assert ours.state == "sent"
    assert TimelineEntry.objects.filter(kind="mail_delayed", about_id=lead.id).count() == 1
    postman.bring(bounced(ours, "5.7.1"))
    ours.refresh_from_db()
    assert (ours.state, ours.error_code) == ("failed", "refused")
    assert Thread.objects.get().unreachable_address == ""


def test_a_person_whose_mailbox_is_full_for_days_cannot_be_reached(
    postman: Postman, ola: Actor, drain: Drain, held: Any
) -> None:
    ours = answered(ola, asked(postman), drain)
    for _ in range(4):
        postman.bring(bounced(ours, "4.2.2", "delayed"))
        clock.move(timedelta(days=1))
    ours.refresh_from_db()
    assert (ours.state, ours.error_code) == ("failed", "bounced")


def test_a_blind_copy_files_a_mail_that_a_member_wrote_elsewhere(
    postman: Postman, rita: Actor, sandbox: Connection
) -> None:
    lead = asked(postman)
    filing = sealed("reply@sandbox.test", Purpose.FILING, rita.workspace_id)
    raw = mail("Rita <rita@acme.example>", PRIYA, "Re: Shipping", "It is on its way.", Bcc=filing)
    postman.bring(raw, raw)

    message = Message.objects.get(direction="out")
    assert (message.lead_id, message.actor_name, message.state) == (lead.id, "Rita", "sent")
    lead.refresh_from_db()
    assert lead.first_touch_at is not None
    assert not Notice.objects.filter(kind="lead.joined").exists()


def test_a_mail_that_a_member_hands_on_is_its_first_writers(postman: Postman, rita: Actor) -> None:
    text = (
        "See below\n\n---------- Forwarded message ---------\nFrom: Ben Cohen <ben@client.example>\n"
        "Date: Mon, 16 Nov 2026\nSubject: Prices\nTo: Rita <rita@acme.example>\n\nWhat does it cost?"
    )
    postman.bring(mail("Rita <rita@acme.example>", SALES, "Fwd: Prices", text))
    lead = Lead.objects.get()
    assert (lead.contact.name, lead.contact.email) == ("Ben Cohen", "ben@client.example")
    assert "What does it cost?" in lead.text


def test_what_we_send_ourselves_is_no_inquiry(postman: Postman, rita: Actor) -> None:
    postman.bring(mail("Rita <rita@acme.example>", SALES, "Hi", "Just testing."))
    postman.bring(mail(f"Sales <{SALES}>", "x@y.example", "Hi", "Our own."))
    assert not Lead.objects.exists()
    reasons = {row.reason for row in Submission.objects.all()}
    assert "It comes from Rita, who is a member, so it is no inquiry." in reasons


def test_a_service_with_a_wrong_key_stores_nothing_and_a_right_one_once(
    opened: Opened, drain: Drain, held: Any
) -> None:
    box = opened({"signing_key": "another"}, incoming="mailgun")
    with clock.hold(clock.now().replace(year=2026, month=11, day=16)):
        assert deliver(box, "mailgun/inbound-1.form").status_code == 403
        assert not Submission.objects.exists()
        good = opened({"signing_key": "key-mg-signing-3f0c"}, incoming="mailgun")
        for _ in range(2):
            assert deliver(good, "mailgun/inbound-1.form").status_code == 200
        drain()
    assert Lead.objects.get().text == "Please call +91 98765 43210\n\n> old text"


def test_spam_waits_in_quarantine_for_somebody_to_look(opened: Opened, drain: Drain) -> None:
    box = opened(incoming="postmark")
    assert deliver(box, "postmark/inbound-2-attachment-spam.json").status_code == 200
    drain()
    assert not Lead.objects.exists()
    row = Submission.objects.get()
    assert (row.state, row.spam) == ("quarantined", True)


def test_a_password_guards_the_address_where_the_service_signs_nothing(opened: Opened) -> None:
    box = opened({"password": "open sesame"}, incoming="postmark")
    refused = deliver(box, "postmark/inbound-1.json")
    assert (refused.status_code, refused.headers["WWW-Authenticate"]) == (401, 'Basic realm="mail"')
    given = deliver(box, "postmark/inbound-1.json", Authorization="Basic bGVhZDpvcGVuIHNlc2FtZQ==")
    assert given.status_code == 200


def test_amazon_is_confirmed_for_the_configured_topic_only(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    called: list[str] = []

    def call(method: str, url: str, **rest: Any) -> http.Answer:
        called.append(url)
        return http.Answer(200, {}, (PAYLOADS / "ses/signing-cert.pem").read_bytes())

    monkeypatch.setattr(http, "call", call)
    kind = {"x-amz-sns-message-type": "SubscriptionConfirmation"}
    other = opened(incoming="ses", topic_arn="arn:aws:sns:eu-west-1:222222222222:crm")
    assert deliver(other, "ses/subscription-confirmation-1.json", **kind).status_code == 401
    assert called == []
    box = opened(incoming="ses", topic_arn="arn:aws:sns:eu-west-1:111111111111:crm")
    assert deliver(box, "ses/subscription-confirmation-1.json", **kind).status_code == 200
    assert [url for url in called if "ConfirmSubscription" in url] == called[-1:]


def test_events_of_a_service_move_the_mail_on(opened: Opened, ola: Actor, drain: Drain) -> None:
    opened(incoming="sandbox")
    box = opened(incoming="postmark")
    Postman(Connection.objects.first() or box, drain).bring(mail(PRIYA, SALES, "Hi", "Hello"))
    ours = answered(ola, Lead.objects.get(), drain)
    Message.objects.filter(id=ours.id).update(provider_id="883953f4-6105-42a2-a16a-77a8eac79483")
    deliver(box, "postmark/event-delivery-1.json")
    drain()
    ours.refresh_from_db()
    assert (ours.state, ours.delivered_at is not None) == ("delivered", True)
    deliver(box, "postmark/event-spam-1.json")
    drain()
    assert Contact.objects.get().consent["email_marketing"]["allowed"] is False


def test_any_mail_server_can_post_a_mail_with_the_shared_secret(opened: Opened, drain: Drain) -> None:
    box = opened({"shared_secret": "s3cret"}, incoming="generic")
    assert deliver(box, "07-not-auto-despite-header.eml").status_code == 403
    assert deliver(box, "07-not-auto-despite-header.eml", X_Leadline_Secret="s3cret").status_code == 200
    drain()
    assert Lead.objects.get().text == "Is the price per month?"


def test_nothing_odd_is_answered_with_an_error_of_ours(opened: Opened, drain: Drain) -> None:
    box = opened({"shared_secret": "s"}, incoming="generic")
    path = f"/hooks/email/{queries.token_of(box)}"
    for body in (b"\xff\xfe", b"From: x", b"{", b"\n"):
        answer = Client().post(path, body, content_type="message/rfc822", headers={"X-Leadline-Secret": "s"})
        assert answer.status_code in {200, 400}
    drain()
    assert {row.state for row in Submission.objects.all()} <= {"quarantined", "ignored"}
    assert Client().post("/hooks/email/nobody", b"x", content_type="text/plain").status_code == 404


def test_a_batch_of_mails_is_filed_with_few_statements_more_than_one(
    postman: Postman, statements: Any
) -> None:
    postman.bring(mail(PRIYA, SALES, "First", "warm"))
    from leadline.capture.actions import receive, understand
    from leadline.capture.ports import Item
    from leadline.channels.email.reading import MAIL

    def cost(count: int, start: int) -> int:
        raws = [mail(f"p{start + n}@x.example", SALES, f"S{start + n}", "Hi") for n in range(count)]
        ids = receive(
            postman.box,
            [Item(natural_key=f"k{start + n}", body=raw, content_type=MAIL) for n, raw in enumerate(raws)],
        )
        with statements() as seen:
            understand(workspace_id=str(postman.box.workspace_id), submission_ids=[str(one) for one in ids])
        return len(seen)

    one, ten = cost(1, 100), cost(10, 200)
    # Each mail asks for its sender among mailboxes and members, when it is understood and when it is filed.
    assert ten - one <= 9 * 4
