"""SendGrid: Inbound Parse brings mail unsigned, the event webhook signs with a key of its own."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key

from leadline.channels.email.providers.delivery import Brought, Cut, Delivery, Happening, Told, mime_of
from leadline.channels.email.providers.keys import key_of_body, key_of_mail
from leadline.channels.email.providers.reading import as_dict, as_list, as_text, as_time
from leadline.kit import json
from leadline.kit.errors import Invalid

_EVENTS = {
    "processed": Happening.SENT,
    "delivered": Happening.DELIVERED,
    "deferred": Happening.DEFERRED,
    "bounce": Happening.BOUNCED,
    "dropped": Happening.REJECTED,
    "spamreport": Happening.COMPLAINED,
    "unsubscribe": Happening.UNSUBSCRIBED,
    "group_unsubscribe": Happening.UNSUBSCRIBED,
    "group_resubscribe": Happening.SUBSCRIBED,
    "open": Happening.OPENED,
    "click": Happening.CLICKED,
}
_SIGNATURE = "x-twilio-email-event-webhook-signature"
_STAMP = "x-twilio-email-event-webhook-timestamp"
_SPAM_FROM = 5.0


class Sendgrid:
    """SendGrid."""

    key = "sendgrid"
    secrets = ("public_key",)

    def is_genuine(
        self, delivery: Delivery, secrets: Mapping[str, str], settings: Mapping[str, str], now: datetime
    ) -> bool:
        """Events by their signature; mail comes unsigned, so there the secret address alone counts."""
        if not _is_events(delivery):
            return True
        return _signed(delivery, secrets.get("public_key", ""))

    def cut(self, delivery: Delivery) -> list[Cut]:
        """A mail by its Message-ID, each event by its id."""
        read = self.read(delivery)
        if isinstance(read, Brought):
            return [Cut(key_of_mail(read.raw), delivery.raw, delivery.content_type, read.spam)]
        events = [json.dumps([one]) for one in as_list(delivery.json)]
        return [Cut(_key(body), body, "application/json") for body in events]

    def read(self, delivery: Delivery) -> Brought | Sequence[Told]:
        """A mail of Inbound Parse, or events."""
        if _is_events(delivery):
            return [_told(as_dict(one)) for one in as_list(delivery.json)]
        contents = delivery.contents
        raw = contents.get("email")
        if raw is None and "headers" not in contents and "from" not in contents:
            raise Invalid("This is neither a mail nor events of SendGrid.")
        envelope = _json(contents.get("envelope", b""))
        score = contents.get("spam_score", b"").decode("ascii", "replace")
        return Brought(
            raw=raw if raw else _mime(delivery),
            recipients=[as_text(one) for one in as_list(envelope.get("to"))],
            envelope_from=as_text(envelope.get("from")) if "from" in envelope else None,
            spam="SendGrid took it for spam." if _number(score) >= _SPAM_FROM else "",
        )


def _is_events(delivery: Delivery) -> bool:
    return "json" in delivery.kind or delivery.raw.lstrip()[:1] == b"["


def _signed(delivery: Delivery, public_key: str) -> bool:
    try:
        key = load_der_public_key(base64.b64decode(public_key, validate=True))
        signature = base64.b64decode(delivery.headers.get(_SIGNATURE, ""), validate=True)
        if not isinstance(key, ec.EllipticCurvePublicKey) or not signature:
            return False
        stamp = delivery.headers.get(_STAMP, "").encode("utf-8", "replace")
        key.verify(signature, stamp + delivery.raw, ec.ECDSA(SHA256()))
    except (InvalidSignature, binascii.Error, ValueError):
        return False
    return True


def _key(body: bytes) -> str:
    event_id = as_text(as_dict(as_list(json.loads(body))[0]).get("sg_event_id"))
    return f"sendgrid:{event_id}" if event_id else key_of_body("sendgrid", body)


def _mime(delivery: Delivery) -> bytes:
    contents, charsets = delivery.contents, _json(delivery.contents.get("charsets", b""))

    def field(name: str) -> str:
        charset = as_text(charsets.get(name)) or "utf-8"
        try:
            return contents.get(name, b"").decode(charset, "replace")
        except LookupError:
            return contents.get(name, b"").decode("utf-8", "replace")

    lines = field("headers").replace("\r\n", "\n").replace("\n ", " ").replace("\n\t", " ").split("\n")
    headers = [
        (name, value.strip()) for name, colon, value in (line.partition(":") for line in lines) if colon
    ]
    known = {name.lower() for name, _ in headers}
    more = [(name.title(), field(name)) for name in ("from", "to", "cc", "subject")]
    headers += [(name, value) for name, value in more if value and name.lower() not in known]
    return mime_of(headers, field("text"), field("html"), delivery.files)


def _json(raw: bytes) -> dict[str, Any]:
    try:
        return as_dict(json.loads(raw)) if raw.strip() else {}
    except Invalid:
        return {}


def _number(told: str) -> float:
    try:
        return float(told)
    except ValueError:
        return 0.0


def _told(event: Mapping[str, Any]) -> Told:
    words = as_text(event.get("reason")) or as_text(event.get("response"))
    parts = words.split()
    status = next((part for part in parts if part.count(".") == 2 and part[:1] in "245"), "")
    return Told(
        what=_EVENTS.get(as_text(event.get("event")), Happening.UNKNOWN),
        address=as_text(event.get("email")),
        our_ref=as_text(event.get("leadline")),
        message_id=as_text(event.get("smtp-id")).strip("<>"),
        at=as_time(event.get("timestamp")),
        status=as_text(event.get("status")) or status,
        text=words,
        url=as_text(event.get("url")),
        agent=as_text(event.get("useragent")),
        machine=event.get("sg_machine_open") is True,
    )
