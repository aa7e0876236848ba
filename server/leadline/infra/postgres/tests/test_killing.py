"""kill -9 at any moment: what was acknowledged is there, and the next start needs nobody's help."""

from __future__ import annotations

import contextlib
import itertools
import os
import random
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from leadline.infra.postgres import processes
from leadline.infra.postgres.layout import Layout
from leadline.infra.postgres.supervisor import AlreadyRunning, EmbeddedPostgres

HAMMER = Path(__file__).with_name("hammer.py")
# Each life writes numbers of its own.
LIVES = itertools.count()
SERVER_FOLDER = Path(__file__).parents[4]


@contextlib.contextmanager
def hammer(home: Path, first: int) -> Iterator[subprocess.Popen[bytes]]:
    path = os.pathsep.join([str(SERVER_FOLDER), *filter(None, sys.path)])
    program = subprocess.Popen(
        [sys.executable, str(HAMMER), str(home), str(first)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": path},
    )
    try:
        yield program
    finally:
        program.kill()
        program.communicate()


def killed_after(home: Path, *, first: int, acknowledged: int, server_too: bool) -> list[int]:
    """The numbers acknowledged by a life of the hammer that is cut off after so many of them."""
    with hammer(home, first) as program:
        assert program.stdout is not None
        lines = [program.stdout.readline() for _ in range(acknowledged)]
        if b"" in lines:
            raise AssertionError(program.communicate()[1].decode())
        if server_too:
            for pid in processes.servers_in(Layout(home).cluster):
                processes.tell(pid, Layout(home).cluster, signal.SIGKILL)
        program.kill()
        return [int(line) for line in [*lines, *program.stdout] if line.endswith(b"\n")]


def cut_off_lives(home: Path, count: int) -> int:
    """Live and die so many times; answers how many commits were acknowledged, all of which must be there."""
    chance = random.Random(7)
    kept: set[int] = set()
    for _ in range(count):
        kept |= set(
            killed_after(
                home,
                first=next(LIVES) * 1_000_000,
                acknowledged=chance.randint(1, 600),
                server_too=chance.random() < 0.3,
            )
        )
    with EmbeddedPostgres(home) as server, psycopg.connect(server.start().url()) as database:
        stored = {number for (number,) in database.execute("SELECT number FROM kept")}
    assert kept - stored == set()
    return len(kept)


def test_ten_lives_cut_off_lose_nothing_acknowledged(used: Layout) -> None:
    assert cut_off_lives(used.home, 10) > 1_000


@pytest.mark.faults
@pytest.mark.timeout(600)
@pytest.mark.skipif(not os.environ.get("LEADLINE_FAULTS"), reason="a long run; set LEADLINE_FAULTS=1")
def test_sixty_lives_cut_off_lose_nothing_acknowledged(used: Layout) -> None:
    assert cut_off_lives(used.home, 60) > 10_000


def test_a_killed_leadline_takes_its_database_with_it(used: Layout) -> None:
    with hammer(used.home, next(LIVES) * 1_000_000) as program:
        assert program.stdout is not None
        assert program.stdout.readline()
        ends = [os.pidfd_open(pid) for pid in processes.servers_in(used.cluster)]
        assert ends
        program.kill()
        for end in ends:
            # Waits for that very process to end.
            assert select.select([end], [], [], 30)[0] == [end]
            os.close(end)
    assert processes.servers_in(used.cluster) == []


def test_a_second_leadline_is_told_who_runs_where(used: Layout) -> None:
    with hammer(used.home, next(LIVES) * 1_000_000) as program:
        assert program.stdout is not None
        assert program.stdout.readline()
        with pytest.raises(AlreadyRunning, match=rf"{used.home} \(process {program.pid}\)"):
            EmbeddedPostgres(used.home).start()
        assert program.stdout.readline()


def test_a_forked_worker_that_outlives_leadline_does_not_keep_the_home(used: Layout) -> None:
    server = EmbeddedPostgres(used.home, durable=False)
    server.start()
    parent_says, worker_listens = os.pipe()[::-1]
    worker = os.fork()
    if worker == 0:
        os.close(parent_says)
        os.read(worker_listens, 1)
        os._exit(0)
    try:
        server.stop()
        with EmbeddedPostgres(used.home, durable=False) as next_one:
            assert next_one.is_running()
    finally:
        os.close(parent_says)
        os.close(worker_listens)
        os.waitpid(worker, 0)
