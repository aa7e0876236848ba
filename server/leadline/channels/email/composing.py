"""Write a mail: who, to whom, on which thread, in plain text and in plain HTML."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr
from uuid import UUID

from leadline.channels.email.addresses import Purpose, sealed
from leadline.channels.email.mailbox import Mailbox

_LINK = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;:!?)\]}]")
_POLICY = SMTP.clone(max_line_length=998)
_PAGE = (
    '<!doctype html><html><head><meta charset="utf-8"></head>'
    '<body dir="auto" style="font:15px/1.5 sans-serif;color:#14191f">{body}{end}</body></html>'
)


@dataclass(frozen=True, kw_only=True)
class Written:
    """What a mail says, and what it goes on from."""

    message_id: UUID
    thread_id: UUID
    ref: str
    to: str
    subject: str
    text: str
    at: datetime
    automatic: bool = False
    parent: str = ""
    references: Sequence[str] = ()
    file: tuple[str, str, bytes] | None = None
    unsubscribe: str = ""
    link: Callable[[str], str] = lambda url: url
    end: str = ""


def own_id(box: Mailbox, ref: str) -> str:
    """The Message-ID of a mail of ours, without angle brackets; the same at every attempt."""
    return f"{ref}@{box.address.rpartition('@')[2] or 'localhost'}"


def return_path(box: Mailbox, message_id: UUID) -> str:
    """Where the mail comes back to: an address of the message's own, so that every bounce finds it."""
    return sealed(box.reply_address, Purpose.BOUNCE, message_id) or box.address


def mail_of(box: Mailbox, written: Written) -> bytes:
    """The bytes of the mail."""
    mail = EmailMessage(policy=_POLICY)
    mail["From"] = formataddr((box.sender_name, box.address))
    mail["To"] = written.to
    mail["Subject"] = written.subject
    mail["Date"] = format_datetime(written.at)
    mail["Message-ID"] = f"<{own_id(box, written.ref)}>"
    answer_to = sealed(box.reply_address, Purpose.THREAD, written.thread_id)
    if answer_to:
        mail["Reply-To"] = formataddr((box.sender_name, answer_to))
    if written.parent:
        mail["In-Reply-To"] = f"<{written.parent}>"
        chain = list(dict.fromkeys([*written.references, written.parent]))[-20:]
        mail["References"] = " ".join(f"<{one}>" for one in chain)
    if written.automatic:
        mail["Auto-Submitted"] = "auto-replied" if written.parent else "auto-generated"
        mail["X-Auto-Response-Suppress"] = "All"
    if written.unsubscribe:
        mail["List-Unsubscribe"] = f"<{written.unsubscribe}>"
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    for name, value in _marks(box, written.ref):
        mail[name] = value
    _write_body(mail, box, written)
    return mail.as_bytes()


def html_of(text: str, link: Callable[[str], str] = lambda url: url) -> str:
    """The text as HTML: paragraphs, and addresses that can be clicked, each changed by `link`."""
    made, at = [], 0
    for found in _LINK.finditer(text):
        made.append(html.escape(text[at : found.start()]))
        target, shown = html.escape(link(found[0]), quote=True), html.escape(found[0])
        made.append(f'<a href="{target}">{shown}</a>')
        at = found.end()
    made.append(html.escape(text[at:]))
    paragraphs = re.split(r"\n\s*\n", "".join(made).strip())
    return "".join(f'<p dir="auto">{one.replace(chr(10), "<br>")}</p>' for one in paragraphs)


def _write_body(mail: EmailMessage, box: Mailbox, written: Written) -> None:
    text = f"{written.text}\n\n-- \n{box.signature}" if box.signature else written.text
    mail.set_content(text)
    signature = f'<div style="color:#5c6773">{html_of(box.signature)}</div>' if box.signature else ""
    body = html_of(written.text, written.link) + signature
    mail.add_alternative(_PAGE.format(body=body, end=written.end), subtype="html")
    if written.file:
        name, mime, content = written.file
        major, _, minor = (mime or "application/octet-stream").partition("/")
        mail.add_attachment(content, maintype=major, subtype=minor or "octet-stream", filename=name)


def _marks(box: Mailbox, ref: str) -> list[tuple[str, str]]:
    """How each mail service is told our reference, which then comes back in its events."""
    kinds = {
        "mailgun": [("X-Mailgun-Variables", json.dumps({"leadline": ref}))],
        "postmark": [("X-PM-KeepID", "true"), ("X-PM-Metadata-leadline", ref)],
        "sendgrid": [("X-SMTPAPI", json.dumps({"unique_args": {"leadline": ref}}))],
        "ses": [("X-SES-MESSAGE-TAGS", f"leadline={ref}")],
    }
    return kinds.get(box.incoming, [])
