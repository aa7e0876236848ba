"""Connect mailboxes: what a connection may say, and the test button."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from leadline.capture.models import Connection
from leadline.capture.ports import Door, Step
from leadline.channels.email import trying
from leadline.channels.email.addresses import Purpose, sealed
from leadline.channels.email.mailbox import IMAP, KEY, NOBODY_IN, SANDBOX
from leadline.channels.email.providers import PROVIDER_KEYS
from leadline.infra import tenancy
from leadline.kit import email, text
from leadline.kit.errors import Invalid

SECRETS = ("smtp_password", "imap_password", "signing_key", "password", "public_key", "shared_secret")
_INCOMING = (NOBODY_IN, IMAP, SANDBOX, *PROVIDER_KEYS)
_SECURITY = ("tls", "starttls", "none")
_HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?")
_TOPIC = re.compile(r"arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]{1,256}")
_MOST_FOLDERS = 5
# A plus-part with its seal must fit into what mail servers allow before the @.
_LONGEST_LOCAL = 64 - len("+t.") - 26 - 12


def checked(given: Mapping[str, Any]) -> dict[str, Any]:
    """The settings as they are stored; Invalid (422) names the first that makes no sense."""
    incoming = str(given.get("incoming") or NOBODY_IN)
    if incoming not in _INCOMING:
        raise Invalid("Choose how mail comes in.", field="settings.incoming")
    reply = _reply_address(given.get("reply_address"))
    made: dict[str, Any] = {
        "address": _address(given.get("address"), "settings.address"),
        "sender_name": text.clean(str(given.get("sender_name") or ""), 100).replace("\n", " "),
        "incoming": incoming,
        "reply_address": reply,
        "filing_address": sealed(reply, Purpose.FILING, tenancy.require_current()) if reply else "",
        "smtp": _server(given.get("smtp"), "smtp", 587),
        "imap": _server(given.get("imap"), "imap", 993) if incoming == IMAP else None,
        "folders": _folders(given.get("folders")),
        "sent_folder": text.clean(str(given.get("sent_folder") or ""), 200).replace("\n", ""),
        "per_hour": _number(given.get("per_hour"), "per_hour", 100),
        "per_day": _number(given.get("per_day"), "per_day", 1000),
        "tracking": bool(given.get("tracking", True)),
        "signature": text.clean(str(given.get("signature") or ""), 2000),
        "topic_arn": str(given.get("topic_arn") or "").strip(),
    }
    if made["topic_arn"] and not _TOPIC.fullmatch(made["topic_arn"]):
        raise Invalid("Enter the ARN of the SNS topic, as Amazon shows it.", field="settings.topic_arn")
    return made


def _try(connection: Connection) -> Sequence[Step]:
    return trying.steps_of_test(connection)


DOOR = Door(
    channel=KEY, label="E-mail", path="/hooks/email/{token}", secrets=SECRETS, check=checked, test=_try
)


def _address(given: Any, field: str) -> str:
    found = email.normalise(str(given or ""))
    if found is None:
        raise Invalid("Enter the mail address, such as sales@example.com.", field=field)
    return found


def _reply_address(given: Any) -> str:
    if not str(given or "").strip():
        return ""
    found = _address(given, "settings.reply_address")
    local = found.rpartition("@")[0]
    if len(local) > _LONGEST_LOCAL or "+" in local:
        raise Invalid(
            "Take a short address without a plus for answers, such as reply@example.com.",
            field="settings.reply_address",
        )
    return found


def _server(given: Any, name: str, port: int) -> dict[str, Any] | None:
    if not isinstance(given, Mapping) or not str(given.get("host") or "").strip():
        return None
    host = str(given["host"]).strip().rstrip(".").lower()
    if not _HOST.fullmatch(host):
        raise Invalid(
            "Enter the name of the server, such as mail.example.com.", field=f"settings.{name}.host"
        )
    security = str(given.get("security") or "tls")
    if security not in _SECURITY:
        raise Invalid("Choose how the connection is secured.", field=f"settings.{name}.security")
    number = _number(given.get("port"), f"{name}.port", port)
    if number > 65535:
        raise Invalid("A port is a number up to 65535.", field=f"settings.{name}.port")
    username = text.clean(str(given.get("username") or ""), 200).replace("\n", "")
    return {"host": host, "port": number, "security": security, "username": username}


def _folders(given: Any) -> list[str]:
    named = given if isinstance(given, list) else []
    cleaned = [text.clean(str(one), 200).replace("\n", "") for one in named]
    return [one for one in dict.fromkeys(cleaned) if one][:_MOST_FOLDERS] or ["INBOX"]


def _number(given: Any, name: str, usual: int) -> int:
    try:
        number = int(given) if given not in (None, "") else usual
    except (TypeError, ValueError):
        number = 0
    if not 1 <= number <= 1_000_000:
        raise Invalid("Enter a whole number above zero.", field=f"settings.{name}")
    return number
