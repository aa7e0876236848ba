"""Jobs whose effects can be counted, and a worker process that does them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from time import monotonic
from typing import Any

from django.conf import settings
from django.db import connection

from leadline.infra import bell
from leadline.infra.jobs import background
from leadline.infra.jobs.worker import Worker

DONE = "CREATE TABLE IF NOT EXISTS jobs_tests_done (n int, worker int)"


def start_worker(threads: int = 4) -> subprocess.Popen[bytes]:
    """A worker process on the tests' database."""
    database = settings.DATABASES["default"]
    query = f"?host={database['HOST']}" + (f"&port={database['PORT']}" if database["PORT"] else "")
    login = f"{database['USER']}:{database['PASSWORD']}" if database["PASSWORD"] else database["USER"]
    environment = {
        **os.environ,
        "DATABASE_URL": f"postgresql://{login}@/{_name()}{query}",
        "DJANGO_SETTINGS_MODULE": "leadline.app.settings",
    }
    code = f"import django; django.setup(); from {__name__} import main; main({threads})"
    return subprocess.Popen([sys.executable, "-c", code], env=environment)


def wait_until(question: Callable[[], Any], *, seconds: float = 30) -> Any:
    """The first true answer; fails the test when there is none in time."""
    until = monotonic() + seconds
    while monotonic() < until:
        if answer := question():
            return answer
        threading.Event().wait(0.02)
    raise AssertionError(f"Still not after {seconds} s.")


def _name() -> str:
    return str(connection.settings_dict["NAME"])


def declare() -> Any:
    """The jobs of these tests; in the test process and in the worker."""

    @background(retries=3, name="tests.count")
    def count(*, n: int, hang: bool = False) -> None:
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO jobs_tests_done VALUES (%s, %s)", [n, os.getpid()])
        if hang:
            threading.Event().wait(60)

    return count


def main(threads: int) -> None:
    """Work until SIGTERM."""
    declare()
    bell.start()
    worker = Worker(threads)
    signal.signal(signal.SIGTERM, lambda *_: worker.stop())
    worker.run()
