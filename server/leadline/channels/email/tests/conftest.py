"""A workspace with mailboxes, and mails as people and services send them."""

from __future__ import annotations

from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from leadline.capture import actions as capture
from leadline.capture import queries
from leadline.capture.models import Connection
from leadline.capture.ports import Item
from leadline.channels.email.providers.keys import key_of_mail
from leadline.channels.email.reading import MAIL
from leadline.channels.email.sandbox.delivering import set_up_mailbox
from leadline.channels.email.setup import checked
from leadline.leads.actions import set_up_pipeline
from leadline.workspaces.actor import Actor

PAYLOADS = Path(__file__).parent / "payloads"
Drain = Callable[[], int]
Opened = Callable[..., Connection]


def mail(sender: str, to: str, subject: str, text: str, **headers: str) -> bytes:
    """A mail's bytes; a header's name is given with underscores."""
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = sender, to, subject
    made["Message-ID"] = f"<{abs(hash((sender, subject, text)))}@{sender.rpartition('@')[2].strip('> ')}>"
    for name, value in headers.items():
        key = name.replace("_", "-")
        del made[key]
        made[key] = value
    made.set_content(text)
    return made.as_bytes()


class Postman:
    """Brings mails to a mailbox, as reading it by IMAP does."""

    def __init__(self, box: Connection, drain: Drain) -> None:
        self.box = box
        self.drain = drain

    def bring(self, *raws: bytes, content_type: str = MAIL) -> int:
        """Hand the mails in and let them be understood; how many were new."""
        items = [Item(natural_key=key_of_mail(raw), body=raw, content_type=content_type) for raw in raws]
        new = len(capture.receive(self.box, items))
        self.drain()
        return new

    def sample(self, name: str) -> int:
        """Bring one of the samples."""
        return self.bring((PAYLOADS / name).read_bytes())


@pytest.fixture
def opened(ola: Actor) -> Opened:
    """Opens a mailbox with these settings, secrets under `secrets`."""
    set_up_pipeline(ola)

    def make(secrets: dict[str, str] | None = None, **settings: Any) -> Connection:
        given = {"address": "sales@crm.example.com", "sender_name": "Example Sales", **settings}
        return capture.open_connection(
            ola, channel="email", name="Sales", settings=checked(given), secrets=secrets
        )

    return make


@pytest.fixture
def sandbox(ola: Actor) -> Connection:
    """Acme's mailbox in the sandbox."""
    set_up_pipeline(ola)
    return set_up_mailbox(ola)


@pytest.fixture
def postman(sandbox: Connection, drain: Drain) -> Postman:
    """Brings mails to the mailbox in the sandbox."""
    return Postman(sandbox, drain)


def deliver(box: Connection, name: str, **headers: str) -> Any:
    """Post a sample to the mailbox's address, as its service does."""
    path = PAYLOADS / name
    kinds = {
        ".form": "application/x-www-form-urlencoded",
        ".json": "application/json",
        ".multipart": "multipart/form-data; boundary=xYzZY8e1f",
        ".eml": "message/rfc822",
    }
    return Client().post(
        f"/hooks/email/{queries.token_of(box)}",
        path.read_bytes(),
        content_type=kinds[path.suffix],
        headers={name.replace("_", "-"): value for name, value in headers.items()},
    )
