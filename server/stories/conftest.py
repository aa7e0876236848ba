"""Acme for every story; after each of them the invariants still hold."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest

from leadline.app import invariants
from leadline.capture.models import Connection
from leadline.channels.webforms.limits import counter
from leadline.channels.whatsapp.tests.conftest import Provider
from leadline.infra import tenancy
from leadline.testing.loopback import loopback
from stories.company import Acme, Seat

__all__ = ["loopback"]


@pytest.fixture(autouse=True)
def invariants_hold(request: pytest.FixtureRequest) -> Iterator[None]:
    """Whatever a story does, none of the sentences of the invariants becomes untrue."""
    stored = {"db", "transactional_db"} & set(request.fixturenames)
    for fixture in stored:
        # The database must outlive this fixture.
        request.getfixturevalue(fixture)
    yield
    if stored:
        # Held clocks stand still while the database's own clock goes on: what waits is not late here.
        assert invariants.broken(timeless=True) == []


@pytest.fixture
def acme(db: None, held: datetime) -> Iterator[Acme]:
    """Acme has just started Leadline, with everything that ships; the story happens inside it."""
    company = Acme()
    with tenancy.workspace(company.owner.workspace_id):
        yield company


@pytest.fixture
def ola(acme: Acme) -> Seat:
    """The owner of Acme at her browser."""
    return acme.ola


@pytest.fixture
def meta(acme: Acme) -> Provider:
    """The provider, knocking at the webhook of Acme's WhatsApp number."""
    return Provider(Connection.objects.get(channel="whatsapp"))


@pytest.fixture(autouse=True)
def _nobody_has_posted_yet() -> None:
    counter.clear()


@pytest.fixture(autouse=True)
def _calls_stay_here(loopback: list[str]) -> None:
    """Nothing leaves the process."""
