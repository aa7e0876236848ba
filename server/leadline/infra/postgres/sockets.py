"""A folder for the unix socket whose path is short enough and whose owner is sure."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import stat
import sys
import tempfile
from pathlib import Path

from leadline.infra.postgres.accounts import Account
from leadline.infra.postgres.layout import Layout

PORT = 5432
# The kernel keeps 108 bytes for the path on Linux and 104 on others, with a NUL at the end.
LONGEST_PATH = 103
# In PostgreSQL's setting the folder is an entry of a list, so only letters that need no quoting.
PLAIN = re.compile(rb"[A-Za-z0-9/_.+-]+")


def socket_folder(layout: Layout, account: Account) -> Path:
    """A folder that only the server's user may enter, inside the home or, where that is too long, in /tmp."""
    if sys.platform == "win32":
        # Reached through the loopback address, so that nothing lies in here.
        layout.sockets.mkdir(exist_ok=True)
        return layout.sockets
    if fits(layout.sockets):
        chosen = _own_folder(layout.sockets, account)
        if chosen is not None:
            return chosen
    name = hashlib.sha256(os.fsencode(layout.home)).hexdigest()[:12]
    chosen = _own_folder(Path("/tmp") / f"leadline-{account.uid}-{name}", account)  # noqa: S108 - checked below
    if chosen is not None:
        return chosen
    # Somebody else sits on that name.
    fresh = Path(tempfile.mkdtemp(prefix="leadline-", dir="/tmp"))
    account.own(fresh)
    return fresh


def fits(folder: Path) -> bool:
    """Whether a socket in this folder can be named to the kernel and to PostgreSQL."""
    path = os.fsencode(folder / f".s.PGSQL.{PORT}")
    return len(path) <= LONGEST_PATH and PLAIN.fullmatch(path) is not None


def tidy(folder: Path, layout: Layout) -> None:
    """Remove a socket folder outside the home; one inside stays."""
    if folder != layout.sockets:
        with contextlib.suppress(OSError):
            folder.rmdir()


def _own_folder(folder: Path, account: Account) -> Path | None:
    try:
        folder.mkdir(0o700)
        account.own(folder)
    except FileExistsError:
        pass
    there = folder.lstat()
    ours = stat.S_ISDIR(there.st_mode) and there.st_uid == account.uid and not there.st_mode & 0o022
    return folder if ours else None
