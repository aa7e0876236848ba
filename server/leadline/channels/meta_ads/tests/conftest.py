"""A page connected for real, whose Meta is recorded, and one in the sandbox."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from leadline.capture import actions, queries
from leadline.capture.models import Connection
from leadline.channels.meta_ads import setup
from leadline.channels.meta_ads.access import KEY
from leadline.kit import signing
from leadline.leads.actions import set_up_pipeline
from leadline.testing.loopback import Recorded, loopback, recorded
from leadline.workspaces.actor import Actor
from leadline.workspaces.models import Workspace

__all__ = ["loopback", "recorded"]

PAYLOADS = Path(__file__).parent / "payloads"
SECRET = "5f2c8b7de1a94c03b6f7a1d2e3c4b5a6"
PAGE, FORM = "284716352849101", "1029384756102938"
Drain = Callable[..., int]


def sample(name: str) -> Any:
    """A recorded call with its answer."""
    return json.loads((PAYLOADS / f"{name}.json").read_text())


def at(path: str) -> str:
    """Where the Graph API answers."""
    return f"/v25.0/{path}"


def connected(actor: Actor, mode: str, page_id: str = "") -> Connection:
    """A connection as the settings page makes it."""
    settings = setup.check({"mode": mode, "page_id": page_id})
    secrets = {"app_secret": SECRET, "access_token": "page-token"}
    made = actions.open_connection(actor, channel=KEY, name="Villas", settings=settings, secrets=secrets)
    setup.opened(actor, made)
    return queries.connection(actor, made.id)


class Knocking:
    """Meta, knocking at the webhook of one connection."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.path = f"/hooks/meta-ads/{queries.token_of(connection)}"
        self.client = Client()

    def post(self, raw: bytes, secret: str = SECRET) -> Any:
        """Deliver these bytes, signed."""
        headers = {"X-Hub-Signature-256": "sha256=" + signing.hmac_sha256_hex(secret, raw)}
        return self.client.post(self.path, raw, content_type="application/json", headers=headers)

    def sample(self, name: str) -> Any:
        """Deliver a sample body."""
        return self.post((PAYLOADS / f"{name}.json").read_bytes())


@pytest.fixture
def live(inside: Workspace, ola: Actor) -> Connection:
    """Acme's page."""
    set_up_pipeline(ola)
    return connected(ola, "live", PAGE)


@pytest.fixture
def meta(live: Connection) -> Knocking:
    """The deliveries for Acme's page."""
    return Knocking(live)


@pytest.fixture
def graph(recorded: Recorded) -> Recorded:
    """Meta's answers: the form, and no lead yet."""
    recorded.replay(at(FORM), sample("form-1"))
    return recorded
