"""Postmark: inbound mail and events as JSON; it signs nothing, so a password guards the address."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from leadline.channels.email.providers.delivery import Brought, Cut, Delivery, File, Happening, Told, mime_of
from leadline.channels.email.providers.keys import key_of_body, key_of_mail
from leadline.channels.email.providers.reading import as_dict, as_list, as_text, as_time
from leadline.kit import signing
from leadline.kit.errors import Invalid

_EVENTS = {
    "Delivery": Happening.DELIVERED,
    "SpamComplaint": Happening.COMPLAINED,
    "Open": Happening.OPENED,
    "Click": Happening.CLICKED,
}
_DEFERRED = {"Transient", "DnsError", "SoftBounce"}
_ANSWERS = {"AutoResponder", "AddressChange", "ChallengeVerification"}
_REJECTED = {"BadEmailAddress", "ManuallyDeactivated"}


class Postmark:
    """Postmark."""

    key = "postmark"
    secrets = ("password",)

    def is_genuine(
        self, delivery: Delivery, secrets: Mapping[str, str], settings: Mapping[str, str], now: datetime
    ) -> bool:
        """The password of the address, as basic authentication, when one is set."""
        password = secrets.get("password", "")
        if not password:
            return True
        told = delivery.headers.get("authorization", "")
        try:
            shown = base64.b64decode(told.removeprefix("Basic "), validate=True).decode("utf-8", "replace")
        except (binascii.Error, ValueError):
            return False
        return signing.equal(shown.partition(":")[2], password)

    def cut(self, delivery: Delivery) -> list[Cut]:
        """A mail by its Message-ID, an event by its content."""
        read = self.read(delivery)
        if isinstance(read, Brought):
            return [Cut(key_of_mail(read.raw), delivery.raw, "application/json", read.spam)]
        return [Cut(key_of_body("postmark", delivery.raw), delivery.raw, "application/json")]

    def read(self, delivery: Delivery) -> Brought | Sequence[Told]:
        """An inbound mail, or one event."""
        body = as_dict(delivery.json)
        if body.get("RecordType"):
            return [_told(body)]
        if not body.get("FromFull") and not body.get("RawEmail"):
            raise Invalid("This is neither a mail nor an event of Postmark.")
        headers = [
            (as_text(one.get("Name")), as_text(one.get("Value")))
            for one in map(as_dict, as_list(body.get("Headers")))
        ]
        by_name = {name.lower(): value for name, value in headers}
        recipient = as_text(body.get("OriginalRecipient"))
        return Brought(
            raw=as_text(body.get("RawEmail")).encode("utf-8", "replace") or _mime(body, headers, by_name),
            recipients=[recipient] if recipient else [],
            envelope_from=by_name.get("return-path"),
            hint=as_text(body.get("StrippedTextReply")),
            spam="Postmark took it for spam." if by_name.get("x-spam-status", "").lower() == "yes" else "",
        )


def _mime(body: Mapping[str, Any], headers: list[tuple[str, str]], known: Mapping[str, str]) -> bytes:
    told = [
        ("From", _address(as_dict(body.get("FromFull")))),
        ("To", ", ".join(_address(as_dict(one)) for one in as_list(body.get("ToFull")))),
        ("Cc", ", ".join(_address(as_dict(one)) for one in as_list(body.get("CcFull")))),
        ("Reply-To", as_text(body.get("ReplyTo"))),
        ("Subject", as_text(body.get("Subject"))),
        ("Date", as_text(body.get("Date"))),
        ("Message-ID", f"<{as_text(body.get('MessageID'))}@postmark>"),
    ]
    more = [(name, value) for name, value in told if value and name.lower() not in known]
    files = [_file(as_dict(one)) for one in as_list(body.get("Attachments"))]
    return mime_of(
        [*headers, *more],
        as_text(body.get("TextBody")),
        as_text(body.get("HtmlBody")),
        [f for f in files if f],
    )


def _address(person: Mapping[str, Any]) -> str:
    name = as_text(person.get("Name")).replace('"', "'").replace("\\", "")
    address = as_text(person.get("Email"))
    return f'"{name}" <{address}>' if name else address


def _file(told: Mapping[str, Any]) -> File | None:
    try:
        content = base64.b64decode(as_text(told.get("Content")))
    except (binascii.Error, ValueError):
        return None
    name, mime = as_text(told.get("Name")) or "file", as_text(told.get("ContentType"))
    return File(name, mime or "application/octet-stream", content, as_text(told.get("ContentID")))


def _told(body: Mapping[str, Any]) -> Told:
    record, sort = as_text(body.get("RecordType")), as_text(body.get("Type"))
    what = _EVENTS.get(record, Happening.UNKNOWN)
    if record == "Bounce":
        what = Happening.BOUNCED
        for names, meaning in (
            (_DEFERRED, Happening.DEFERRED),
            (_ANSWERS, Happening.AUTORESPONDED),
            (_REJECTED, Happening.REJECTED),
        ):
            what = meaning if sort in names else what
    if record == "SubscriptionChange":
        what = Happening.UNSUBSCRIBED if body.get("SuppressSending") else Happening.SUBSCRIBED
    details = as_text(body.get("Details"))
    times = ("BouncedAt", "DeliveredAt", "ReceivedAt", "ChangedAt")
    status = next((part for part in details.split() if part.count(".") == 2 and part[:1] in "245"), "")
    agent = as_text(body.get("UserAgent"))
    return Told(
        what=what,
        address=as_text(body.get("Email") or body.get("Recipient")),
        our_ref=as_text(as_dict(body.get("Metadata")).get("leadline")),
        message_id=as_text(body.get("MessageID")),
        at=next((at for at in (as_time(body.get(name)) for name in times) if at), None),
        status=status,
        text=details or as_text(body.get("Description")),
        url=as_text(body.get("OriginalLink")),
        agent=agent,
        machine=bool(record == "Open" and not body.get("Client") and agent.strip() == "Mozilla/5.0"),
    )
