from __future__ import annotations

import contextlib
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from leadline.infra.postgres import reserve
from leadline.infra.postgres.layout import Layout
from leadline.infra.postgres.supervisor import DatabaseProblem, EmbeddedPostgres

MEGABYTE = 1024 * 1024


@pytest.fixture
def small_disk(home: Path) -> Iterator[Path]:
    """A data home on a disk of its own with room for 256 MB."""
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=256m,mode=711", "leadline-test", str(home)], capture_output=True
    )
    if mounted.returncode != 0:
        pytest.skip("only root on a machine that lets it may mount a small disk")
    try:
        yield home
    finally:
        subprocess.run(["umount", str(home)], check=True)


def fill(folder: Path, *, leave: int) -> Path:
    """A file that takes all room but so much."""
    ballast = folder / "ballast"
    take = reserve.disk_state(folder / "any").free - leave
    descriptor = os.open(ballast, os.O_WRONLY | os.O_CREAT)
    try:
        os.posix_fallocate(descriptor, 0, take)
    finally:
        os.close(descriptor)
    return ballast


def test_the_reserve_is_kept_beside_the_database_and_counted(home: Path) -> None:
    with EmbeddedPostgres(home) as server:
        state = server.disk_state()
        if state.low:
            pytest.skip("the disk of this machine is too full for a reserve")
        assert state.reserve == reserve.SIZE
        assert state.free < state.total
    assert Layout(home).reserve.stat().st_blocks * 512 >= reserve.SIZE


def test_a_disk_is_low_below_a_gigabyte_or_five_per_cent() -> None:
    gigabyte = 1024 * MEGABYTE
    assert reserve.DiskState(free=gigabyte - 1, total=10 * gigabyte, reserve=0).low
    assert reserve.DiskState(free=4 * gigabyte, total=100 * gigabyte, reserve=0).low
    assert not reserve.DiskState(free=6 * gigabyte, total=100 * gigabyte, reserve=0).low


def test_the_reserve_lets_the_database_start_on_a_full_disk(small_disk: Path) -> None:
    said: list[str] = []
    server = EmbeddedPostgres(small_disk, on_progress=said.append)
    with server, psycopg.connect(server.start().url(), autocommit=True) as database:
        database.execute("CREATE TABLE kept AS SELECT 7 AS number")
    place = Layout(small_disk)
    place.reserve.write_bytes(bytes(reserve.SIZE))
    fill(small_disk, leave=0)

    with server, psycopg.connect(server.start().url(), autocommit=True) as database:
        assert database.execute("SELECT number FROM kept").fetchone() == (7,)
        database.execute("INSERT INTO kept VALUES (8)")
    assert not place.reserve.exists()
    assert "The disk is full; the reserve was given back so that the database can start." in said


def test_a_server_stopped_by_a_full_disk_comes_back_with_everything_acknowledged(small_disk: Path) -> None:
    with EmbeddedPostgres(small_disk) as server:
        connection = server.start()
        ballast = fill(small_disk, leave=2 * MEGABYTE)
        acknowledged = 0
        with (
            contextlib.suppress(psycopg.Error),
            psycopg.connect(connection.url(), autocommit=True) as database,
        ):
            database.execute("CREATE TABLE kept (number bigint, words text)")
            for number in range(100_000):
                database.execute("INSERT INTO kept VALUES (%s, repeat(md5(random()::text), 500))", [number])
                acknowledged += 1
        assert 0 < acknowledged < 100_000

        ballast.unlink()
        server.restart_if_dead()
        with psycopg.connect(server.start().url(), autocommit=True) as database:
            assert database.execute("SELECT count(*) >= %s FROM kept", [acknowledged]).fetchone() == (True,)
            database.execute("INSERT INTO kept VALUES (-1, '')")


def test_a_first_start_on_a_full_disk_says_so_and_works_when_there_is_room(small_disk: Path) -> None:
    ballast = fill(small_disk, leave=5 * MEGABYTE)
    with pytest.raises(DatabaseProblem, match="disk is full"):
        EmbeddedPostgres(small_disk).start()
    ballast.unlink()

    with EmbeddedPostgres(small_disk) as server:
        assert server.is_running()
