"""`leadline serve` as people run it: one command, one line when it cannot, nothing left behind."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from leadline.app.tests.served import Served, alive, complaint, free_port
from leadline.infra.jobs.tests.works import wait_until
from leadline.infra.postgres.testing import temporary_home


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
        started[-1].wait()
        return started[-1]

    yield start
    for served in started:
        served.end()


def test_an_empty_folder_becomes_a_first_page_and_a_stop_leaves_no_process(
    serve: Callable[[], Served],
) -> None:
    served = serve()
    assert served.answers()
    assert re.search(rf"ready: {re.escape(served.address)} ", served.said), served.said

    family = served.children()
    assert served.stop() == 0
    assert alive(family) == []


def test_whatever_dies_comes_back_and_nothing_outlives_the_command(serve: Callable[[], Served]) -> None:
    served = serve()
    before = served.parts()
    assert len(before) == 3  # two that answer, and the worker
    for one in before:
        one.kill()
    wait_until(lambda: len(served.parts()) == 3 and not {*before} & {*served.parts()})
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


def test_a_database_that_cannot_start_now_is_tried_again(serve: Callable[[], Served], home: Path) -> None:
    served = serve()
    settings = home / "postgres" / "cluster" / "postgresql.conf"
    whole = settings.read_text()
    settings.write_text(whole + "\nno_such_setting = 1\n")
    next(one for one in served.children() if one.name() == "postgres").kill()
    wait_until(lambda: "Trying again." in served.said)
    assert served.process.poll() is None

    settings.write_text(whole)
    wait_until(served.answers)
