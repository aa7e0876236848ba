"""One embedded database for a run of tests."""

from __future__ import annotations

import atexit
import functools
import os
import shutil
import tempfile
from pathlib import Path

from leadline.infra.postgres.accounts import runs_as_root
from leadline.infra.postgres.connection import Connection
from leadline.infra.postgres.supervisor import EmbeddedPostgres


@functools.cache
def session_server() -> Connection:
    """A fresh database server of this process that is gone, with its folder, when the process ends.

    Each worker of a parallel run has its own: it takes a second, and nobody has to be the last one out.
    It does not wait for the disk, so its data would not survive a power cut.
    """
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
    home = Path(tempfile.mkdtemp(prefix="leadline-test-", dir="/tmp" if os.name == "posix" else None))  # noqa: S108
    if runs_as_root():
        home.chmod(0o711)
    return home
