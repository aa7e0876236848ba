"""Forms of Acme, and visitors who fill them in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from leadline.capture import actions as capture
from leadline.capture import queries as doors
from leadline.capture.models import Connection
from leadline.channels.webforms.forms import Form, first_form
from leadline.channels.webforms.limits import counter
from leadline.kit import clock
from leadline.workspaces.actor import Actor


@pytest.fixture(autouse=True)
def fresh_counter() -> Iterator[None]:
    counter.clear()
    yield
    counter.clear()


@pytest.fixture
def visitor() -> Client:
    return Client()


def opened(actor: Actor, **changes: Any) -> Connection:
    form = Form.model_validate({**first_form("en").model_dump(), **changes})
    return capture.open_connection(actor, channel="form", name="Contact", settings=form.model_dump())


def address(connection: Connection) -> str:
    return f"/f/{doors.token_of(connection)}"


@pytest.fixture
def form(ada: Actor) -> Connection:
    return opened(ada)


@pytest.fixture
def hook(ada: Actor) -> Connection:
    settings = {"tool": "auto", "mapping": {}, "source": "website", "campaign": "", "consent_text": ""}
    return capture.open_connection(ada, channel="form_hook", name="Zapier", settings=settings)


def hook_address(connection: Connection) -> str:
    return f"/hooks/forms/{doors.token_of(connection)}"


def after(seconds: int) -> None:
    clock.move(timedelta(seconds=seconds))
