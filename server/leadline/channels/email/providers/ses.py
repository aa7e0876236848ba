"""Amazon SES through SNS: received mail and events, signed by Amazon for one topic."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from leadline.channels.email.providers import sns
from leadline.channels.email.providers.delivery import Brought, Cut, Delivery, Happening, Told
from leadline.channels.email.providers.keys import key_of_body, key_of_mail
from leadline.channels.email.providers.reading import as_dict, as_list, as_text, as_time
from leadline.kit import json
from leadline.kit.errors import Invalid

_EVENTS = {
    "Send": Happening.SENT,
    "Delivery": Happening.DELIVERED,
    "DeliveryDelay": Happening.DEFERRED,
    "Reject": Happening.REJECTED,
    "Rendering Failure": Happening.REJECTED,
    "Complaint": Happening.COMPLAINED,
    "Subscription": Happening.UNSUBSCRIBED,
    "Open": Happening.OPENED,
    "Click": Happening.CLICKED,
}
_AT_S3 = (
    "The mail is too large for a notification and lies in S3, where Leadline does not read. "
    "Let the rule publish to SNS with the content, or use another way in."
)


class Ses:
    """Amazon SES."""

    key = "ses"
    secrets: tuple[str, ...] = ()

    def is_genuine(
        self, delivery: Delivery, secrets: Mapping[str, str], settings: Mapping[str, str], now: datetime
    ) -> bool:
        """Signed by Amazon, and for our topic: anybody can have Amazon sign something."""
        try:
            body = as_dict(delivery.json)
        except Invalid:
            return False
        told = delivery.headers.get("x-amz-sns-message-type", "")
        topic = settings.get("topic_arn", "")
        if not topic or as_text(body.get("TopicArn")) != topic or told != as_text(body.get("Type")):
            return False
        return sns.is_signed(body)

    def cut(self, delivery: Delivery) -> list[Cut]:
        """A mail by its Message-ID, anything else by the notification's id."""
        body = as_dict(delivery.json)
        told = as_text(body.get("MessageId"))
        key = f"sns:{told}" if told else key_of_body("sns", delivery.raw)
        if as_text(body.get("Type")) == "Notification":
            content = _content(_message(body))
            if content:
                return [Cut(key_of_mail(content), delivery.raw, "application/json", _found(_message(body)))]
        return [Cut(key, delivery.raw, "application/json")]

    def read(self, delivery: Delivery) -> Brought | Sequence[Told]:
        """A received mail, or events; nothing for confirmations."""
        body = as_dict(delivery.json)
        if as_text(body.get("Type")) != "Notification":
            return []
        message = _message(body)
        if as_text(message.get("notificationType")) != "Received":
            return _told(message)
        content, receipt = _content(message), as_dict(message.get("receipt"))
        if not content:
            raise Invalid(_AT_S3)
        return Brought(
            raw=content,
            recipients=[as_text(one) for one in as_list(receipt.get("recipients"))],
            envelope_from=as_text(as_dict(message.get("mail")).get("source")),
            spam=_found(message),
        )


def _message(body: Mapping[str, Any]) -> dict[str, Any]:
    try:
        return as_dict(json.loads(as_text(body.get("Message")).encode()))
    except Invalid:
        return {}


def _content(message: Mapping[str, Any]) -> bytes:
    content = as_text(message.get("content"))
    action = as_dict(as_dict(message.get("receipt")).get("action"))
    if as_text(action.get("encoding")).upper() != "BASE64":
        return content.encode("utf-8", "replace")
    try:
        return base64.b64decode(content)
    except (binascii.Error, ValueError):
        return b""


def _found(message: Mapping[str, Any]) -> str:
    receipt = as_dict(message.get("receipt"))
    verdicts = {
        name: as_text(as_dict(receipt.get(f"{name}Verdict")).get("status")) for name in ("spam", "virus")
    }
    failed = [name for name, status in verdicts.items() if status == "FAIL"]
    return f"Amazon SES found {' and '.join(failed)}." if failed else ""


def _told(message: Mapping[str, Any]) -> list[Told]:
    name = as_text(message.get("eventType")) or as_text(message.get("notificationType"))
    detail = as_dict(message.get(name[:1].lower() + name[1:].replace(" ", "")))
    what = _EVENTS.get(name, Happening.UNKNOWN)
    if name == "Bounce":
        permanent = as_text(detail.get("bounceType")) == "Permanent"
        what = Happening.BOUNCED if permanent else Happening.DEFERRED
    mail = as_dict(message.get("mail"))
    refs = as_list(as_dict(mail.get("tags")).get("leadline"))
    people = as_list(detail.get("bouncedRecipients")) or as_list(detail.get("complainedRecipients"))
    people = people or [{"emailAddress": one} for one in as_list(mail.get("destination"))]
    return [
        Told(
            what=what,
            address=as_text(one.get("emailAddress")),
            our_ref=as_text(refs[0]) if refs else "",
            message_id=as_text(mail.get("messageId")),
            at=as_time(detail.get("timestamp")) or as_time(mail.get("timestamp")),
            status=as_text(one.get("status")),
            text=as_text(one.get("diagnosticCode")) or as_text(detail.get("bounceSubType")),
            url=as_text(detail.get("link")),
            agent=as_text(detail.get("userAgent")),
        )
        for one in map(as_dict, people)
    ]
