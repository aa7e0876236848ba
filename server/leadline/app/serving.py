"""Everything in one place: the database, the tables, the web process, the worker and the clock."""

from __future__ import annotations

import gc
import os
import signal
import socket
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, suppress
from importlib import import_module

from leadline.app import database
from leadline.app.env import Environment
from leadline.app.processes import children, migrating, web, worker
from leadline.app.processes.children import Child
from leadline.app.troubles import Trouble
from leadline.infra.postgres import DatabaseProblem, EmbeddedPostgres

Say = Callable[[str], None]

LOOK = 0.5
UPKEEP = 30.0
DATABASE_PAUSE = 3.0
ENOUGH_TIME = 15.0
START_TIMEOUT = 60.0


class House:
    """A running Leadline; it ends with all its processes, however it ends."""

    def __init__(self, env: Environment, *, parts: Sequence[str], say: Say) -> None:
        self._env = env
        self._say = say
        self._stop = threading.Event()
        self._wake = threading.Event()
        self._embedded: EmbeddedPostgres | None = None
        works: dict[str, Callable[[], None]] = {
            "web": lambda: web.run(env.host, env.port),
            "worker": worker.run,
        }
        # One process is held to one core by Python; two answer side by side on the same port.
        many = {"web": env.web_processes}
        self._children = [Child(name, works[name], say) for name in parts for _ in range(many.get(name, 1))]
        self._web = "web" in parts

    def run(self) -> None:
        """Serve until SIGTERM or SIGINT; Trouble when it cannot begin."""
        if self._web:
            refuse_taken_port(self._env.host, self._env.port)
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._told_to_stop)
        signal.signal(signal.SIGCHLD, lambda *_: self._wake.set())
        try:
            self._begin()
            self._watch()
        finally:
            self._end()

    def _told_to_stop(self, *_: object) -> None:
        self._stop.set()
        self._wake.set()

    def _begin(self) -> None:
        begun = time.monotonic()
        self._start_database()
        _in_child(lambda: migrating.migrate(self._say))
        # What was read until now is never freed, so the collector shall not touch (and copy) its pages.
        gc.collect()
        gc.freeze()
        for child in self._children:
            child.start()
        if self._web:
            self._wait_for_page()
            self._say(f"Leadline is ready: {_address(self._env)} ({time.monotonic() - begun:.1f} s)")
        else:
            self._say("The worker is ready.")

    def _start_database(self) -> None:
        """Start the embedded database while the house is read, unless another one is named."""
        if self._env.database_url:
            read_house()
            return
        home = database.home(self._env)
        self._embedded = EmbeddedPostgres(home, on_progress=self._say)
        with ThreadPoolExecutor(1) as side:
            starting: Future[object] = side.submit(self._embedded.start)
            read_house()
            starting.result()
        use_database(self._embedded.start().url())

    def _wait_for_page(self) -> None:
        until = time.monotonic() + START_TIMEOUT
        while not self._stop.is_set() and not _answers(self._env):
            for child in self._children:
                child.check()
            if time.monotonic() > until:
                raise Trouble(
                    f"The web server did not answer on {_address(self._env)} within {START_TIMEOUT:.0f} s. "
                    "Look at the messages above."
                )
            self._wake.wait(0.05)
            self._wake.clear()

    def _watch(self) -> None:
        upkeep = time.monotonic() + UPKEEP
        while not self._stop.is_set():
            self._wake.wait(LOOK)
            self._wake.clear()
            if self._stop.is_set():
                return
            if self._embedded is not None:
                self._keep_database(self._embedded)
                if time.monotonic() > upkeep:
                    upkeep = time.monotonic() + UPKEEP
                    self._embedded.keep_reserve()
            for child in self._children:
                child.check()

    def _keep_database(self, embedded: EmbeddedPostgres) -> None:
        """Start a database that died; one that cannot start now (a full disk) may be able to in a moment."""
        try:
            embedded.restart_if_dead()
        except DatabaseProblem as problem:
            self._say(f"{problem} Trying again.")
            self._stop.wait(DATABASE_PAUSE)

    def _end(self) -> None:
        for child in self._children:
            child.tell(signal.SIGTERM)
        until = time.monotonic() + ENOUGH_TIME
        for child in self._children:
            child.end(until)
        if self._embedded is not None:
            self._embedded.stop()


def read_house() -> None:
    """Import all of the product, so that children share it."""
    import_module("leadline.app.asgi")


def use_database(url: str) -> None:
    """Point this process and its children to the running embedded database."""
    from django.db import connections

    os.environ[database.EMBEDDED_URL] = url
    connections.settings["default"].update(database.parts(url))


def refuse_taken_port(host: str, port: int) -> None:
    """Trouble unless the address is free; the web server itself would share it silently."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with closing(socket.socket(family, socket.SOCK_STREAM)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError as error:
            raise Trouble(f"Port {port} needs root. Choose one above 1023 with --port.") from error
        except OSError as error:
            raise Trouble(
                f"Port {port} on {host} cannot be used ({error.strerror}). Choose another with --port, "
                "or stop what uses it."
            ) from error


def _in_child(work: Callable[[], None]) -> None:
    """Do something that needs the database in a process of its own: this one must hold no connection."""
    if not children.FORKS:
        work()
        return
    reading, writing = os.pipe()

    def tell_trouble() -> None:
        os.close(reading)
        try:
            work()
        except Trouble as trouble:
            os.write(writing, str(trouble).encode()[:60000])
            raise SystemExit(1) from None

    pid = children.fork(tell_trouble)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        trouble = pipe.read().decode(errors="replace")
    _, status = os.waitpid(pid, 0)
    if trouble:
        raise Trouble(trouble)
    if status != 0:
        raise Trouble("The tables could not be prepared; the reason is above. Nothing was changed by half.")


def _answers(env: Environment) -> bool:
    host = "127.0.0.1" if env.host in ("0.0.0.0", "") else env.host  # noqa: S104 - compared, not bound
    host = "[::1]" if host == "::" else f"[{host}]" if ":" in host else host
    with suppress(urllib.error.URLError, OSError):
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(f"http://{host}:{env.port}/healthz", timeout=2) as answer:
            return bool(answer.status == 200)
    return False


def _address(env: Environment) -> str:
    return env.public_url or f"http://{f'[{env.host}]' if ':' in env.host else env.host}:{env.port}"
