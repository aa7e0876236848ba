"""The embedded PostgreSQL: one server child for one data home, owned by one process at a time."""

from __future__ import annotations

import errno
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType

import psycopg

from leadline.infra.postgres import (
    accounts,
    cluster,
    layout,
    processes,
    programs,
    provisioning,
    reserve,
    sockets,
    takeover,
)
from leadline.infra.postgres.connection import Connection
from leadline.infra.postgres.discovery import Binaries, find_binaries
from leadline.infra.postgres.keeper import Keeper
from leadline.infra.postgres.layout import default_data_home
from leadline.infra.postgres.locks import FileLock
from leadline.infra.postgres.problems import AlreadyRunning, DatabaseProblem

__all__ = ["AlreadyRunning", "Connection", "DatabaseProblem", "EmbeddedPostgres", "default_data_home"]

START_TIMEOUT = 180.0
STOP_TIMEOUT = 60.0
log = logging.getLogger(__name__)


class EmbeddedPostgres:
    """The database of one data home; it ends with this process, and nobody else can start it meanwhile."""

    def __init__(
        self,
        data_home: Path,
        *,
        on_progress: Callable[[str], None] = log.info,
        env: Mapping[str, str] | None = None,
        durable: bool = True,
    ) -> None:
        self._home = Path(data_home)
        self._progress = on_progress
        self._env = os.environ if env is None else env
        self._durable = durable
        self._turn = threading.RLock()
        self._owner = os.getpid()
        self._layout: layout.Layout | None = None
        self._lock: FileLock | None = None
        self._keeper: Keeper | None = None
        self._binaries: Binaries | None = None
        self._connection: Connection | None = None

    def __enter__(self) -> EmbeddedPostgres:
        """Start; the way to reach the database is what `start` answers again."""
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop."""
        self.stop()

    @property
    def binaries(self) -> Binaries:
        """The PostgreSQL programs in use, for dumps and restores; only while it runs."""
        if self._binaries is None:
            raise DatabaseProblem("The embedded database is not running; call start() first.")
        return self._binaries

    def start(self) -> Connection:
        """Afterwards the database answers; starting one that runs does nothing."""
        with self._turn:
            if self.is_running() and self._connection is not None:
                return self._connection
            self._layout = self._layout or layout.prepare(self._home)
            self._own_home(self._layout)
            try:
                self._connection = self._start_child(self._layout)
            except BaseException:
                self.stop()
                raise
            return self._connection

    def stop(self) -> None:
        """Afterwards no process of the database is left and the data home is free; safe to repeat."""
        # A forked worker inherits this object, but not the database.
        if os.getpid() != self._owner:
            return
        with self._turn:
            try:
                self._stop_child()
            finally:
                if self._lock is not None:
                    self._lock.let_go()
                    self._lock = None

    def is_running(self) -> bool:
        """Whether the server child lives."""
        keeper = self._keeper
        return keeper is not None and not keeper.exited.is_set()

    def restart_if_dead(self) -> bool:
        """Start a server child that died; true when that was needed."""
        with self._turn:
            if self._lock is None or self.is_running():
                return False
            self._progress("The database stopped by itself; starting it again.")
            assert self._layout is not None
            self._connection = self._start_child(self._layout)
            return True

    def disk_state(self) -> reserve.DiskState:
        """How full the disk of the data home is."""
        return reserve.disk_state((self._layout or layout.prepare(self._home)).reserve)

    def keep_reserve(self) -> None:
        """Have the reserve file again once there is room; to be called now and then."""
        if self._layout is not None and self._durable:
            reserve.keep(self._layout.reserve)

    def _own_home(self, place: layout.Layout) -> None:
        if self._lock is not None:
            return
        lock = FileLock(place.lock)
        if not lock.take():
            holder = lock.holder()
            who = f" (process {holder})" if holder else ""
            raise AlreadyRunning(
                f"Leadline is already running in {place.home}{who}. Use that one, stop it first, or choose "
                "another folder with LEADLINE_HOME."
            )
        lock.sign()
        self._lock = lock

    def _start_child(self, place: layout.Layout) -> Connection:
        try:
            return self._start_as(accounts.account_for(place.cluster), place)
        except OSError as error:
            full = "The disk is full: make room" if error.errno == errno.ENOSPC else "Mend that"
            raise DatabaseProblem(
                f"The database in {place.home} did not start: {error}. {full} and start again."
            ) from error

    def _start_as(self, account: accounts.Account, place: layout.Layout) -> Connection:
        blocked = processes.first_out_of_reach(account, [*reversed(place.folder.parents), place.folder])
        if blocked is not None:
            raise DatabaseProblem(
                f"Leadline runs as root, so the database runs as the user {account.name}, who may not enter "
                f"{blocked}. Choose another folder with LEADLINE_HOME, such as /var/lib/leadline."
            )
        if reserve.give_back(place.reserve):
            self._progress("The disk is full; the reserve was given back so that the database can start.")
        running = takeover.take(place, self._progress)
        try:
            found = find_binaries(self._env, written_by=cluster.written_by(place))
            self._binaries = programs.readable_by(account, found, place)
            cluster.make(
                place,
                self._binaries,
                account,
                keeps=[running.descriptor],
                durable=self._durable,
                progress=self._progress,
            )
            cluster.write_settings(place, self._binaries, durable=self._durable)
            return self._run_child(place, account, self._binaries, running)
        finally:
            running.let_go()

    def _run_child(
        self, place: layout.Layout, account: accounts.Account, binaries: Binaries, running: FileLock
    ) -> Connection:
        folder = sockets.socket_folder(place, account)
        port = _free_port() if sys.platform == "win32" else sockets.PORT
        takeover.clear_leftovers(place.cluster, folder, port)
        where = ["-k", str(folder), "-c", "listen_addresses="]
        if sys.platform == "win32":
            where = ["-c", "listen_addresses=127.0.0.1"]
        command = [str(binaries.program("postgres")), "-D", str(place.cluster), "-p", str(port), *where]
        self._keeper = Keeper(command, account=account, log=place.start_log, keeps=[running.descriptor])
        # From now on the lock is the child's alone, and free once the child and all it started are gone.
        running.let_go()
        try:
            self._wait_until_ready(place, self._keeper)
            connection = Connection(folder, port, layout.password_in(place.password))
            provisioning.provision(
                connection, superuser_password=layout.password_in(place.superuser_password)
            )
        except psycopg.Error as error:
            self._stop_child()
            raise DatabaseProblem(
                f"The database in {place.home} runs but does not let Leadline in: {error}. If password files "
                f"in {place.folder} were lost, restore them from a backup."
            ) from error
        except BaseException:
            self._stop_child()
            raise
        self.keep_reserve()
        return connection

    def _wait_until_ready(self, place: layout.Layout, keeper: Keeper) -> None:
        begun = said = time.monotonic()
        while not _is_ready(place.cluster, keeper.pid):
            if keeper.exited.wait(0.02):
                raise DatabaseProblem(
                    f"The database in {place.home} did not start. {_last_words(place, keeper)}"
                )
            now = time.monotonic()
            if now - begun > START_TIMEOUT:
                raise DatabaseProblem(
                    f"The database in {place.home} was not ready after {START_TIMEOUT:.0f} seconds. "
                    f"Start again: it goes on from where it was. {_last_words(place, keeper)}"
                )
            if now - said > 2:
                said = now
                self._progress(f"The database is starting ({now - begun:.0f} s).")

    def _stop_child(self) -> None:
        keeper = self._keeper
        if keeper is None:
            return
        if sys.platform == "win32" and self._binaries is not None and self._layout is not None:
            pg_ctl = str(self._binaries.program("pg_ctl"))
            subprocess.run([pg_ctl, "stop", "-m", "fast", "-D", str(self._layout.cluster)], check=False)
            keeper.exited.wait(STOP_TIMEOUT)
        else:
            _press_to_end(keeper)
        connection, self._keeper, self._connection = self._connection, None, None
        if self._layout is not None and keeper.exited.is_set():
            # Wait for the last process of the server, not only for the first.
            takeover.take(self._layout, self._progress).let_go()
            if connection is not None:
                sockets.tidy(connection.socket_dir, self._layout)


def _press_to_end(keeper: Keeper) -> None:
    # Fast, immediate, killed: each of them is safe for what was acknowledged.
    for number, patience in ((signal.SIGINT, STOP_TIMEOUT), (signal.SIGQUIT, 15.0), (signal.SIGKILL, 15.0)):
        keeper.tell(number)
        if keeper.exited.wait(patience):
            return


def _is_ready(folder: Path, pid: int) -> bool:
    try:
        lines = (folder / "postmaster.pid").read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return False
    return len(lines) >= 8 and lines[0].strip() == str(pid) and lines[7].strip() == "ready"


def _last_words(place: layout.Layout, keeper: Keeper) -> str:
    said = ""
    for file in (place.start_log, *(place.cluster / "log").glob("*.log")):
        # The server's own logs may be of an earlier life.
        if file.stat().st_mtime >= keeper.begun_at - 1:
            said += file.read_text(encoding="utf-8", errors="replace")[-4000:]
    return cluster.what_to_do(said)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
