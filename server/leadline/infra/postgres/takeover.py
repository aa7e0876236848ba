"""Getting a data folder for ourselves: waiting for a dying server, clearing away what a dead one left."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable
from pathlib import Path

from leadline.infra.postgres import processes
from leadline.infra.postgres.layout import Layout
from leadline.infra.postgres.locks import FileLock
from leadline.infra.postgres.problems import DatabaseProblem

# A server whose parent died was told to shut down already; it is asked again after this many seconds.
ASK_AFTER = 5.0
INSIST_AFTER = 60.0
GIVE_UP_AFTER = 120.0


def take(layout: Layout, progress: Callable[[str], None]) -> FileLock:
    """The lock that says no server uses the folder, once that is true; the caller owns the home lock."""
    lock = FileLock(layout.running)
    asked: set[signal.Signals] = set()
    begun = time.monotonic()
    while not lock.take():
        waited = time.monotonic() - begun
        if waited > GIVE_UP_AFTER:
            raise DatabaseProblem(
                f"A previous database still uses {layout.cluster} and does not stop. Look for `postgres` "
                f"processes working there ({_listed(processes.servers_in(layout.cluster))}), stop them, and "
                "start again."
            )
        if not asked and waited > 0.5:
            progress("Waiting for the previous database to finish.")
        _press(layout.cluster, waited, asked)
        time.sleep(0.02)
    try:
        _refuse_strangers(layout.cluster)
    except BaseException:
        lock.let_go()
        raise
    return lock


def clear_leftovers(cluster: Path, sockets: Path, port: int) -> None:
    """Remove what a dead server left; only to be called with the lock of `take` held."""
    # PostgreSQL would refuse for ever where the number in the file now belongs to an unrelated process, or
    # where the file is empty after a power cut.
    for stale in (
        cluster / "postmaster.pid",
        sockets / f".s.PGSQL.{port}",
        sockets / f".s.PGSQL.{port}.lock",
    ):
        stale.unlink(missing_ok=True)


def _press(cluster: Path, waited: float, asked: set[signal.Signals]) -> None:
    # Its owner is dead, for we hold the owner's lock. SIGINT is a fast shutdown with nothing lost; SIGQUIT is
    # the immediate one, repaired from the write-ahead log at the next start.
    for after, number in (
        (ASK_AFTER, signal.SIGINT),
        (INSIST_AFTER, getattr(signal, "SIGQUIT", signal.SIGINT)),
    ):
        if waited > after and number not in asked:
            asked.add(number)
            for pid in processes.servers_in(cluster):
                processes.tell(pid, cluster, number)


def _refuse_strangers(cluster: Path) -> None:
    strangers = processes.servers_in(cluster)
    if strangers:
        raise DatabaseProblem(
            f"A PostgreSQL that Leadline did not start uses {cluster} ({_listed(strangers)}). Stop it first, "
            "for instance with `pg_ctl stop`, then start Leadline again."
        )


def _listed(pids: list[int]) -> str:
    return ("process " if len(pids) == 1 else "processes ") + (", ".join(map(str, pids)) or "unknown")
