"""A workspace with a sandbox number, the provider's deliveries, and HTTP that stays inside the process."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from leadline.capture import queries
from leadline.capture.models import Connection
from leadline.channels.whatsapp.models import SandboxNumber, SandboxPerson
from leadline.channels.whatsapp.sandbox import people
from leadline.channels.whatsapp.sandbox.starting import set_up_number
from leadline.kit import signing
from leadline.leads.actions import set_up_pipeline
from leadline.testing.loopback import loopback
from leadline.workspaces.actor import Actor
from leadline.workspaces.models import Workspace

__all__ = ["loopback"]

PAYLOADS = Path(__file__).parent / "payloads"


class Provider:
    """Meta, knocking at the webhook of one number."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.path = f"/hooks/whatsapp/{queries.token_of(connection)}"
        self.secret = queries.secrets_of(connection)["app_secret"]
        self.client = Client()

    def post(self, raw: bytes, *, secret: str | None = None) -> Any:
        """Deliver these bytes, signed."""
        signature = "sha256=" + signing.hmac_sha256_hex(secret or self.secret, raw)
        return self.client.post(
            self.path, raw, content_type="application/json", headers={"X-Hub-Signature-256": signature}
        )

    def sample(self, name: str) -> Any:
        """Deliver a sample body."""
        return self.post((PAYLOADS / f"{name}.json").read_bytes())

    def value(self, **value: Any) -> Any:
        """Deliver one `messages` value."""
        change = {"field": "messages", "value": {"messaging_product": "whatsapp", **value}}
        body = {"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": [change]}]}
        return self.post(json.dumps(body).encode())


@pytest.fixture
def connection(inside: Workspace, ola: Actor) -> Connection:
    """Acme's number in the sandbox, with a pipeline for the leads."""
    set_up_pipeline(ola)
    return set_up_number(ola)


@pytest.fixture
def meta(connection: Connection) -> Provider:
    """The provider's deliveries."""
    return Provider(connection)


@pytest.fixture
def number(connection: Connection) -> SandboxNumber:
    """The sandbox's side of Acme's number."""
    return SandboxNumber.objects.get()


@pytest.fixture
def dana(number: SandboxNumber) -> SandboxPerson:
    """A customer with a phone."""
    return people.invent(number, name="Dana Levi", raw_phone="0501234567", username="", region="IL")


@pytest.fixture(autouse=True)
def _calls_stay_here(loopback: list[str]) -> None:
    """Nothing leaves the process."""


Drain = Callable[..., int]
