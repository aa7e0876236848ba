"""Data homes for the tests: real ones, and proof that nothing is left running in them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from leadline.infra.postgres import accounts, processes, takeover
from leadline.infra.postgres.layout import Layout
from leadline.infra.postgres.supervisor import EmbeddedPostgres
from leadline.infra.postgres.testing import temporary_home


@pytest.fixture
def new_home() -> Iterator[Callable[[], Path]]:
    """Makes empty data homes; afterwards none of them may have a server left."""
    made: list[Path] = []

    def make() -> Path:
        made.append(temporary_home())
        return made[-1]

    yield make
    for home in made:
        _wait_for_the_end(Layout(home))
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture
def home(new_home: Callable[[], Path]) -> Path:
    """An empty data home."""
    return new_home()


@pytest.fixture(scope="session")
def _used_home() -> Iterator[Path]:
    home = temporary_home()
    with EmbeddedPostgres(home, durable=False):
        pass
    yield home
    shutil.rmtree(home, ignore_errors=True)


@pytest.fixture
def used(_used_home: Path) -> Iterator[Layout]:
    """A data home whose database was made, used and stopped; what a test breaks is mended afterwards."""
    layout = Layout(_used_home)
    precious = [layout.cluster / "PG_VERSION", layout.cluster / "postgresql.auto.conf"]
    kept = {file: file.read_bytes() for file in precious}
    yield layout
    _wait_for_the_end(layout)
    for file, content in kept.items():
        file.write_bytes(content)
        accounts.account_for(layout.cluster).own(file)


@pytest.fixture
def server(used: Layout) -> Iterator[EmbeddedPostgres]:
    """The supervisor of that home, not started yet, stopped afterwards."""
    server = EmbeddedPostgres(used.home, durable=False)
    yield server
    server.stop()


def _wait_for_the_end(layout: Layout) -> None:
    # A server whose parent was killed is still shutting down.
    if layout.running.exists():
        takeover.take(layout, lambda words: None).let_go()
    assert processes.servers_in(layout.cluster) == []
