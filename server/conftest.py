"""Known people for every test: two companies, their members, a client for the API, a clock that holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from leadline.infra import tenancy
from leadline.kit import clock
from leadline.testing import Api, people
from leadline.workspaces.actor import Actor
from leadline.workspaces.models import Workspace


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """The test database is made on the embedded server unless DATABASE_URL names another."""
    from leadline.testing.database import use_test_server

    use_test_server()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> None:
    """After the migrations every test acts as the application role, behind row-level security."""
    from leadline.testing.database import act_as_application

    act_as_application()


@pytest.fixture(scope="session", autouse=True)
def _passwords_cost_nothing() -> None:
    """Argon2 is slow on purpose; tests make hundreds of people."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _the_clock_goes_right_afterwards() -> Iterator[None]:
    """A test that moves the running clock puts it back: the next one must not live in the future."""
    yield
    moved = clock.offset()
    clock.set_offset(timedelta())
    assert moved == timedelta(), f"The clock was left {moved} ahead."


@pytest.fixture
def held() -> Iterator[datetime]:
    """Wednesday 7 January 2026, 10:00 UTC; move on with clock.move()."""
    at = datetime(2026, 1, 7, 10, 0, tzinfo=UTC)
    with clock.hold(at):
        yield at


@pytest.fixture
def workspace(db: None) -> Workspace:
    """Acme, an Israeli company that works in English."""
    return people.acme()


@pytest.fixture
def inside(workspace: Workspace) -> Iterator[Workspace]:
    """The test runs inside Acme."""
    with tenancy.workspace(workspace.id):
        yield workspace


@pytest.fixture
def rita(inside: Workspace) -> Actor:
    """A rep in team North."""
    return people.member(inside, "Rita", "rep", team="North")


@pytest.fixture
def omer(inside: Workspace) -> Actor:
    """Another rep in team North."""
    return people.member(inside, "Omer", "rep", team="North")


@pytest.fixture
def sam(inside: Workspace) -> Actor:
    """A rep in team South."""
    return people.member(inside, "Sam", "rep", team="South")


@pytest.fixture
def mona(inside: Workspace) -> Actor:
    """The manager."""
    return people.member(inside, "Mona", "manager")


@pytest.fixture
def ada(inside: Workspace) -> Actor:
    """An administrator."""
    return people.member(inside, "Ada", "admin")


@pytest.fixture
def ola(inside: Workspace) -> Actor:
    """The owner of the company."""
    return people.member(inside, "Ola", "owner")


@pytest.fixture
def stranger(db: None) -> Actor:
    """The owner of another company."""
    other = people.other()
    with tenancy.workspace(other.id):
        return people.member(other, "Zed", "owner")


@pytest.fixture
def api() -> Callable[[Actor], Api]:
    """A client of the API that acts as the given member (or key)."""
    return Api


@pytest.fixture
def drain() -> Callable[[], int]:
    """Run all ready jobs, later reactions included, until none is left; how many ran."""
    from leadline.infra.jobs.testing import drain_all

    return drain_all


@pytest.fixture
def statements() -> Callable[[], Any]:
    """`with statements() as seen:` collects the SQL of the block in `seen`, as of a fresh request."""

    @contextmanager
    def watch() -> Iterator[CaptureQueriesContext]:
        tenancy.forget_everything()
        with CaptureQueriesContext(connection) as context:
            yield context

    return watch
