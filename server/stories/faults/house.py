"""The product as it runs on a server: its processes, its database, and somebody who kills them."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, LiteralString
from uuid import uuid4

import httpx
import psutil
import psycopg

from leadline.app import invariants
from leadline.app.tests.served import command, environment, free_port
from leadline.infra.postgres.testing import session_server, temporary_home
from leadline.infra.tenancy import ENGINE_ROLE

PARTS = ("web", "worker")


class House:
    """Web and worker as two commands on one database, as they run on two machines."""

    def __init__(self) -> None:
        self.home = temporary_home()
        self.port = free_port()
        self.database = f"faults_{uuid4().hex[:12]}"
        server = session_server()
        self.url = server.url(self.database)
        self._server_url = server.url("postgres")
        with psycopg.connect(self._server_url, autocommit=True) as maker:
            maker.execute(f'CREATE DATABASE "{self.database}" TEMPLATE template0'.encode())
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._log = (self.home / "said").open("ab")

    @property
    def address(self) -> str:
        """Where the web process answers."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def said(self) -> str:
        """What the processes wrote."""
        return Path(self._log.name).read_text(errors="replace")

    def start(self, *parts: str) -> None:
        """Start the parts, without waiting for them."""
        for part in parts:
            self._running[part] = subprocess.Popen(
                command("serve", "--only", part),
                env=environment(
                    self.home,
                    DATABASE_URL=self.url,
                    LEADLINE_PORT=str(self.port),
                    LEADLINE_TEST_CLOCK="true",
                ),
                stdout=self._log,
                stderr=self._log,
            )

    def stop(self, *parts: str) -> None:
        """Stop the parts as an operator does."""
        for part in parts:
            self._running[part].send_signal(signal.SIGTERM)
        for part in parts:
            self._running.pop(part).wait(30)

    def kill(self, part: str, *, whole: bool) -> None:
        """kill -9 the process that does the work; `whole`: its supervisor too, which then starts anew."""
        parent = psutil.Process(self._running[part].pid)
        children = parent.children(recursive=True)
        for one in (*children, *([parent] if whole else [])):
            with suppress(psutil.NoSuchProcess):
                one.kill()
        if whole:
            self._running.pop(part).wait(10)
            self.start(part)

    def is_up(self, part: str) -> bool:
        """Whether the process that does the work lives, and, for the web, answers."""
        with suppress(psutil.NoSuchProcess, KeyError):
            if psutil.Process(self._running[part].pid).children():
                return part != "web" or self.answers()
        return False

    def answers(self) -> bool:
        """Whether the web process answers."""
        try:
            return httpx.get(f"{self.address}/healthz", trust_env=False, timeout=2).status_code == 200
        except httpx.HTTPError:
            return False

    def end(self) -> None:
        """Leave nothing behind."""
        for running in self._running.values():
            with suppress(psutil.NoSuchProcess):
                family = [*psutil.Process(running.pid).children(recursive=True), psutil.Process(running.pid)]
                for one in family:
                    with suppress(psutil.NoSuchProcess):
                        one.kill()
            running.wait(10)
        self._log.close()
        with psycopg.connect(self._server_url, autocommit=True) as maker:
            maker.execute(f'DROP DATABASE IF EXISTS "{self.database}" WITH (FORCE)'.encode())
        subprocess.run(["rm", "-rf", str(self.home)], check=True)

    def rows(self, statement: LiteralString, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """What a statement finds, over all workspaces."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(f"SET ROLE {ENGINE_ROLE}".encode())
            return connection.execute(statement, parameters).fetchall()

    def number(self, statement: LiteralString, parameters: Sequence[Any] = ()) -> int:
        """The one number a statement answers."""
        return int(self.rows(statement, parameters)[0][0])

    def broken(self) -> list[invariants.Broken]:
        """The invariants that do not hold."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(f"SET ROLE {ENGINE_ROLE}".encode())
            with connection.cursor() as cursor:
                return invariants.broken_in(cursor)


def eventually(seconds: float, holds: Callable[[], bool]) -> bool:
    """Whether it becomes true in that time."""
    until = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > until:
            return False
        time.sleep(0.2)
    return True


def asked_for_all() -> bool:
    """Whether the long runs are wanted."""
    return os.environ.get("LEADLINE_FAULTS", "") not in ("", "0")
