"""A workspace with a sandbox number, the provider's deliveries, and HTTP that stays inside the process."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from django.test import Client

from leadline.capture import queries
from leadline.capture.models import Connection
from leadline.channels.whatsapp.models import SandboxNumber, SandboxPerson
from leadline.channels.whatsapp.sandbox import people
from leadline.channels.whatsapp.sandbox.starting import set_up_number
from leadline.infra import http
from leadline.kit import signing
from leadline.leads.actions import set_up_pipeline
from leadline.workspaces.actor import Actor
from leadline.workspaces.models import Workspace

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
def loopback(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Outgoing calls are answered by this very server, without a network; the paths called."""
    called: list[str] = []

    def call(method: str, url: str, *, timeout: float = 8, max_bytes: int = 0, **rest: Any) -> http.Answer:
        request = httpx.Request(method, url, **rest)
        request.read()
        parts = urlsplit(url)
        called.append(parts.path)
        headers = {k: v for k, v in request.headers.items() if k not in {"host", "content-length"}}
        response = Client().generic(
            method,
            f"{parts.path}?{parts.query}",
            request.content,
            content_type=headers.get("content-type", ""),
            headers=headers,
        )
        return http.Answer(response.status_code, dict(response.headers), response.content)

    monkeypatch.setattr(http, "call", call)
    return called


Drain = Callable[..., int]
