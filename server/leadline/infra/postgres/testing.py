"""One embedded database for a run of tests."""

from __future__ import annotations

import atexit
import contextlib
import functools
import os
import shutil
import tempfile
import time
from pathlib import Path

from leadline.infra.postgres.accounts import runs_as_root
from leadline.infra.postgres.connection import Connection
from leadline.infra.postgres.layout import Layout
from leadline.infra.postgres.locks import FileLock
from leadline.infra.postgres.problems import DatabaseProblem
from leadline.infra.postgres.supervisor import EmbeddedPostgres

# A short name, for the path of the unix socket has few letters.
FOLDER = Path("/tmp") if os.name == "posix" else Path(tempfile.gettempdir())  # noqa: S108
PREFIX = "leadline-test-"
OLD = 3600.0


@functools.cache
def session_server() -> Connection:
    """A fresh database server of this process that is gone, with its folder, when the process ends.

    Each worker of a parallel run has its own: it takes a second, and nobody has to be the last one out.
    It does not wait for the disk, so its data would not survive a power cut.
    """
    _remove_left_over_homes()
    home = temporary_home()
    server = EmbeddedPostgres(home, durable=False)
    owner = os.getpid()

    def end() -> None:
        # A forked child runs our exit functions too, and the folder is not its to remove.
        if os.getpid() == owner:
            server.stop()
            shutil.rmtree(home, ignore_errors=True)

    atexit.register(end)
    return server.start()


def temporary_home() -> Path:
    """A new short-named data home that the server's user may pass through."""
    home = Path(tempfile.mkdtemp(prefix=PREFIX, dir=FOLDER))
    if runs_as_root():
        home.chmod(0o711)
    return home


def _remove_left_over_homes() -> None:
    # A run of tests that was killed could not tidy up; its server died with it and its lock is free.
    for home in FOLDER.glob(f"{PREFIX}*"):
        lock = FileLock(Layout(home).lock)
        with contextlib.suppress(OSError, DatabaseProblem):
            if time.time() - Layout(home).lock.stat().st_mtime > OLD and lock.take():
                shutil.rmtree(home, ignore_errors=True)
                lock.let_go()
