"""A mailbox of a workspace: what its connection says, in typed words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from leadline.capture.models import Connection

KEY = "email"
SANDBOX = "sandbox"
NOBODY_IN = ""
IMAP = "imap"


@dataclass(frozen=True)
class Server:
    """A mail server to log in at; `security` is tls, starttls or none."""

    host: str
    port: int
    security: str
    username: str


@dataclass(frozen=True)
class Mailbox:
    """A mailbox as its connection describes it.

    `incoming` is imap, the key of a mail service, sandbox, or empty when nothing comes in; `reply_address` is
    the address below which answers to a thread may come, where the mail server allows a plus-part.
    """

    id: UUID
    name: str
    address: str
    sender_name: str
    incoming: str
    reply_address: str
    smtp: Server | None
    imap: Server | None
    folders: tuple[str, ...]
    sent_folder: str
    per_hour: int
    per_day: int
    tracking: bool
    signature: str
    enabled: bool
    sandbox: bool


def mailbox_of(connection: Connection) -> Mailbox:
    """What the connection says; nothing is read from the database."""
    chosen: dict[str, Any] = connection.settings
    return Mailbox(
        id=connection.id,
        name=connection.name,
        address=str(chosen.get("address") or ""),
        sender_name=str(chosen.get("sender_name") or ""),
        incoming=str(chosen.get("incoming") or ""),
        reply_address=str(chosen.get("reply_address") or ""),
        smtp=_server(chosen.get("smtp"), 587),
        imap=_server(chosen.get("imap"), 993),
        folders=tuple(chosen.get("folders") or ("INBOX",)),
        sent_folder=str(chosen.get("sent_folder") or ""),
        per_hour=int(chosen.get("per_hour") or 100),
        per_day=int(chosen.get("per_day") or 1000),
        tracking=bool(chosen.get("tracking", True)),
        signature=str(chosen.get("signature") or ""),
        enabled=connection.enabled,
        sandbox=chosen.get("incoming") == SANDBOX,
    )


def open_mailboxes() -> list[Connection]:
    """The open mailboxes of the running workspace, oldest first; one statement."""
    return list(Connection.objects.filter(channel=KEY, closed_at=None).order_by("created_at", "id"))


def own_addresses(connections: Sequence[Connection]) -> frozenset[str]:
    """Every address the workspace writes from, in lower case."""
    return frozenset(str(row.settings.get("address") or "").lower() for row in connections) - {""}


def _server(told: Any, port: int) -> Server | None:
    if not isinstance(told, dict) or not told.get("host"):
        return None
    return Server(
        host=str(told["host"]),
        port=int(told.get("port") or port),
        security=str(told.get("security") or "tls"),
        username=str(told.get("username") or ""),
    )
