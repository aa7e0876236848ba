"""Mailgun: routes that forward mail, and events; both sign time and token."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from leadline.channels.email.providers.delivery import Brought, Cut, Delivery, Happening, Told, mime_of
from leadline.channels.email.providers.keys import key_of_mail
from leadline.channels.email.providers.reading import as_dict, as_list, as_text, as_time
from leadline.kit import json, signing
from leadline.kit.errors import Invalid

# Mailgun repeats for eight hours and does not say whether it signs anew.
_OLDEST = timedelta(hours=12)
_EVENTS = {
    "accepted": Happening.SENT,
    "delivered": Happening.DELIVERED,
    "opened": Happening.OPENED,
    "clicked": Happening.CLICKED,
    "complained": Happening.COMPLAINED,
    "unsubscribed": Happening.UNSUBSCRIBED,
    "rejected": Happening.REJECTED,
}


class Mailgun:
    """Mailgun."""

    key = "mailgun"
    secrets = ("signing_key",)

    def is_genuine(
        self, delivery: Delivery, secrets: Mapping[str, str], settings: Mapping[str, str], now: datetime
    ) -> bool:
        """Hex HMAC-SHA256 of timestamp and token with the signing key, not older than half a day."""
        key = secrets.get("signing_key", "")
        signed = self._signature(delivery)
        stamp, token = as_text(signed.get("timestamp")), as_text(signed.get("token"))
        at = as_time(stamp)
        if not key or not token or at is None or abs(now - at) > _OLDEST:
            return False
        return signing.equal(
            signing.hmac_sha256_hex(key, f"{stamp}{token}".encode()), as_text(signed.get("signature"))
        )

    def cut(self, delivery: Delivery) -> list[Cut]:
        """A mail by its Message-ID, an event by its token, which is never used twice."""
        read = self.read(delivery)
        if isinstance(read, Brought):
            return [Cut(key_of_mail(read.raw), delivery.raw, delivery.content_type, read.spam)]
        token = as_text(self._signature(delivery).get("token"))
        return [Cut(f"mailgun:{token}", delivery.raw, delivery.content_type)]

    def read(self, delivery: Delivery) -> Brought | Sequence[Told]:
        """A forwarded mail, or one event."""
        if _is_json(delivery):
            return [_told(as_dict(as_dict(delivery.json).get("event-data")))]
        fields = delivery.fields
        raw = fields.get("body-mime")
        if raw:
            mail = raw.encode("utf-8", "replace")
        elif "body-plain" in fields or "message-headers" in fields:
            files = [one for one in delivery.files if one.field.startswith("attachment-")]
            mail = mime_of(_headers(fields), fields.get("body-plain", ""), fields.get("body-html", ""), files)
        else:
            raise Invalid("This is neither a mail nor an event of Mailgun.")
        return Brought(
            raw=mail,
            recipients=fields.get("recipient", "").split(","),
            envelope_from=fields.get("sender"),
            hint=fields.get("stripped-text", ""),
            spam="Mailgun took it for spam." if _flagged(fields) else "",
        )

    def _signature(self, delivery: Delivery) -> Mapping[str, Any]:
        if not _is_json(delivery):
            return delivery.fields
        try:
            return as_dict(as_dict(delivery.json).get("signature"))
        except Invalid:
            return {}


def _is_json(delivery: Delivery) -> bool:
    return "json" in delivery.kind or delivery.raw.lstrip()[:1] == b"{"


def _headers(fields: Mapping[str, str]) -> list[tuple[str, str]]:
    try:
        listed = [as_list(pair) for pair in as_list(json.loads(fields.get("message-headers", "[]").encode()))]
    except Invalid:
        listed = []
    found = [(as_text(pair[0]), as_text(pair[1])) for pair in listed if len(pair) == 2]
    known = {name.lower() for name, _ in found}
    more = {"from": "From", "subject": "Subject", "Message-Id": "Message-ID", "recipient": "To"}
    return found + [(n, fields[f]) for f, n in more.items() if n.lower() not in known and fields.get(f)]


def _flagged(fields: Mapping[str, str]) -> bool:
    flags = [value for name, value in _headers(fields) if name.lower() == "x-mailgun-sflag"]
    return any(flag.strip().lower() == "yes" for flag in flags)


def _told(event: Mapping[str, Any]) -> Told:
    name = as_text(event.get("event"))
    what = _EVENTS.get(name, Happening.UNKNOWN)
    if name == "failed":
        what = Happening.BOUNCED if event.get("severity") == "permanent" else Happening.DEFERRED
    status = as_dict(event.get("delivery-status"))
    words = as_text(status.get("message")) or as_text(status.get("description"))
    client = as_dict(event.get("client-info"))
    enhanced = words.split(" ")[0] if words[:1] in "45" and words.count(".") >= 2 else ""
    return Told(
        what=what,
        address=as_text(event.get("recipient")),
        our_ref=as_text(as_dict(event.get("user-variables")).get("leadline")),
        message_id=as_text(as_dict(as_dict(event.get("message")).get("headers")).get("message-id")).strip(
            "<>"
        ),
        at=as_time(event.get("timestamp")),
        status=enhanced or as_text(status.get("code")),
        text=words,
        url=as_text(event.get("url")),
        agent=as_text(client.get("user-agent")),
        machine=bool(as_text(client.get("bot"))),
    )
