"""`leadline serve` as people run it: one command, one line when it cannot, nothing left behind."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import httpx
import psutil
import pytest

from leadline.infra.jobs.tests.works import wait_until
from leadline.infra.postgres.testing import temporary_home

NOT_OURS = ("DATABASE_URL", "LEADLINE_TEST_DB", "LEADLINE_EMBEDDED_URL", "LEADLINE_SECRET_KEY")


class Served:
    """One `leadline serve` and what it says."""

    def __init__(self, home: Path, port: int) -> None:
        self.home, self.port = home, port
        self.log = (home / "said").open("wb+")
        self.process = subprocess.Popen(
            command("serve", "--port", str(port)), env=environment(home), stdout=self.log, stderr=self.log
        )

    @property
    def said(self) -> str:
        return (self.home / "said").read_text()

    def answers(self) -> bool:
        try:
            url = f"http://127.0.0.1:{self.port}/api/v1/start"
            return httpx.get(url, trust_env=False, timeout=2).status_code == 200
        except httpx.HTTPError:
            return False

    def children(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)

    def parts(self) -> list[psutil.Process]:
        """The web process and the worker."""
        return [one for one in psutil.Process(self.process.pid).children() if one.name() != "postgres"]

    def end(self) -> None:
        self.process.kill()
        self.process.wait()
        self.log.close()


def command(*words: str) -> list[str]:
    return [sys.executable, "-m", "leadline.app.main", *words]


def environment(home: Path, **more: str) -> dict[str, str]:
    return {**{k: v for k, v in os.environ.items() if k not in NOT_OURS}, "LEADLINE_HOME": str(home), **more}


def complaint(home: Path, *words: str, **more: str) -> str:
    """What a command that fails tells, without the program's name."""
    done = subprocess.run(
        command(*words), env=environment(home, **more), capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 1
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, done.stderr
    return lines[0].removeprefix("leadline: ")


def alive(processes: list[psutil.Process]) -> list[psutil.Process]:
    """Those that run; one that only waits for its parent's look does not."""
    running = []
    for one in processes:
        with suppress(psutil.NoSuchProcess):
            if one.is_running() and one.status() != psutil.STATUS_ZOMBIE:
                running.append(one)
    return running


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    folder = temporary_home()
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def serve(home: Path) -> Iterator[Callable[[], Served]]:
    started: list[Served] = []

    def start() -> Served:
        started.append(Served(home, free_port()))
        served = started[-1]
        wait_until(lambda: "is ready" in served.said or served.process.poll() is not None, seconds=60)
        return served

    yield start
    for served in started:
        left = served.children() if served.process.poll() is None else []
        served.end()
        wait_until(lambda left=left: not alive(left))


def test_an_empty_folder_becomes_a_first_page_and_a_stop_leaves_no_process(
    serve: Callable[[], Served],
) -> None:
    served = serve()
    assert served.answers()
    assert re.search(rf"ready: http://127\.0\.0\.1:{served.port} ", served.said), served.said

    family = served.children()
    served.process.send_signal(signal.SIGTERM)
    assert served.process.wait(30) == 0
    assert alive(family) == []


def test_whatever_dies_comes_back_and_nothing_outlives_the_command(serve: Callable[[], Served]) -> None:
    served = serve()
    before = served.parts()
    assert len(before) == 2
    for one in before:
        one.kill()
    wait_until(lambda: len(served.parts()) == 2 and not {*before} & {*served.parts()})
    wait_until(served.answers)

    database = next(one for one in served.children() if one.name() == "postgres")
    database.kill()
    wait_until(lambda: "starting it again" in served.said)
    wait_until(served.answers)

    family = served.children()
    served.process.kill()
    wait_until(lambda: not alive(family))


def test_a_second_start_and_a_taken_port_are_refused_in_one_line(
    serve: Callable[[], Served], home: Path
) -> None:
    served = serve()
    assert "already running" in complaint(home, "serve", "--port", str(free_port()))
    assert f"Port {served.port}" in complaint(home, "serve", "--port", str(served.port))


@pytest.mark.parametrize(
    ("words", "variables", "told"),
    [
        (("serve",), {"LEADLINE_PORT": "many"}, "LEADLINE_PORT"),
        (("serve", "--only", "worker"), {}, "DATABASE_URL"),
        (("serve",), {"DATABASE_URL": "postgresql://x@/y?host=/nowhere"}, "does not answer"),
    ],
)
def test_a_wrong_setting_is_named_in_one_line(
    tmp_path: Path, words: tuple[str, ...], variables: dict[str, str], told: str
) -> None:
    variables = {"LEADLINE_PORT": str(free_port()), **variables}
    assert told in complaint(tmp_path, *words, **variables)
