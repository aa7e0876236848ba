"""A mailbox in the sandbox: what it sends arrives there, what people write there comes in as mail."""

from __future__ import annotations

from email.message import EmailMessage
from email.utils import format_datetime, formataddr
from enum import StrEnum
from uuid import UUID

from leadline.capture import actions as capture
from leadline.capture.models import Connection
from leadline.capture.ports import Item
from leadline.channels.email.mailbox import KEY, SANDBOX, Mailbox
from leadline.channels.email.models import SandboxMail
from leadline.channels.email.providers.keys import key_of_mail
from leadline.channels.email.reading import MAIL
from leadline.channels.email.understanding.letter import Letter
from leadline.conversations.ports import Outgoing
from leadline.infra import tenancy
from leadline.kit import clock, email, ids, text
from leadline.kit.errors import Invalid
from leadline.workspaces.actor import Actor

DOMAIN = "sandbox.test"


class Answer(StrEnum):
    """What a person of the sandbox, or their mail server, does with a mail of ours."""

    WRITE = "write"
    AWAY = "away"
    BOUNCE = "bounce"


def set_up_mailbox(actor: Actor) -> Connection:
    """A mailbox in the sandbox for a new workspace."""
    return capture.open_connection(
        actor,
        channel=KEY,
        name="E-mail (sandbox)",
        settings={
            "address": f"sales@{DOMAIN}",
            "sender_name": "Sales",
            "incoming": SANDBOX,
            "reply_address": f"reply@{DOMAIN}",
        },
    )


def deliver(workspace_id: UUID, box: Mailbox, content: bytes, outgoing: Outgoing) -> str:
    """Put a mail of ours into the sandbox person's mailbox; what its server says."""
    letter = Letter(content)
    with tenancy.workspace(workspace_id):
        SandboxMail.objects.create(
            connection_id=box.id,
            person=outgoing.to.lower(),
            from_person=False,
            subject=letter.subject,
            text=letter.text[:20_000],
            message_id=letter.message_id,
            raw=content,
            at=clock.now(),
        )
    return f"Ok {ids.new_id()}"


def write(connection: Connection, *, name: str, address: str, subject: str, body: str) -> None:
    """A person writes to the mailbox out of the blue; Invalid when something is missing."""
    normal = email.normalise(address)
    if normal is None:
        raise Invalid("Enter a mail address, such as dana@example.com.", field="address")
    if not body.strip():
        raise Invalid("Write something.", field="body")
    mail = _mail(name, normal, str(connection.settings.get("address")), subject)
    mail.set_content(text.clean(body))
    _arrive(connection, mail.as_bytes(), name)


def answer(connection: Connection, received: SandboxMail, what: Answer, body: str) -> None:
    """The person, their machine or their mail server answers a mail of ours."""
    ours = Letter(bytes(received.raw))
    back_to = next(iter(ours.addresses("reply-to", "from"))).address
    if what is Answer.BOUNCE:
        _arrive(connection, _bounce(received, ours, back_to), "")
        return
    mail = _mail(received.person_name, received.person, back_to, f"Re: {ours.subject}")
    mail["In-Reply-To"] = f"<{ours.message_id}>"
    mail["References"] = f"<{ours.message_id}>"
    words = text.clean(body) or "Thank you!"
    if what is Answer.AWAY:
        mail["Auto-Submitted"] = "auto-replied"
        words = "I am away until Monday. Your mail will not be forwarded."
    quoted = "\n".join(f"> {line}" for line in ours.text.splitlines())
    when = received.at.strftime("%a, %d %b %Y at %H:%M")
    mail.set_content(f"{words}\n\nOn {when}, {ours.sender.name} <{ours.sender.address}> wrote:\n{quoted}\n")
    _arrive(connection, mail.as_bytes(), received.person_name)


def _mail(name: str, address: str, to: str, subject: str) -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = formataddr((text.clean(name, 100).replace("\n", " "), address))
    mail["To"] = to
    mail["Subject"] = text.clean(subject, 200).replace("\n", " ")
    mail["Date"] = format_datetime(clock.now())
    mail["Message-ID"] = f"<{ids.new_id()}@{address.rpartition('@')[2]}>"
    return mail


def _bounce(received: SandboxMail, ours: Letter, back_to: str) -> bytes:
    mail = _mail("Mail Delivery System", f"mailer-daemon@{DOMAIN}", back_to, "Undelivered mail")
    mail["Return-Path"] = "<>"
    head = "".join(f"{name}: {value}\n" for name, value in mail.items())
    return (
        f"{head}MIME-Version: 1.0\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n'
        f"--b\nContent-Type: text/plain\n\n<{received.person}>: user unknown\n"
        f"--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; {DOMAIN}\n\n"
        f"Final-Recipient: rfc822; {received.person}\nAction: failed\nStatus: 5.1.1\n"
        "Diagnostic-Code: smtp; 550 5.1.1 user unknown\n\n"
        f"--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: <{ours.message_id}>\n\n--b--\n"
    ).encode()


def _arrive(connection: Connection, raw: bytes, name: str) -> None:
    letter = Letter(raw)
    SandboxMail.objects.create(
        connection_id=connection.id,
        person=letter.sender.address.lower(),
        person_name=name[:200],
        from_person=True,
        subject=letter.subject,
        text=letter.text[:20_000],
        message_id=letter.message_id,
        raw=raw,
        at=clock.now(),
    )
    capture.receive(connection, [Item(natural_key=key_of_mail(raw), body=raw, content_type=MAIL)])
