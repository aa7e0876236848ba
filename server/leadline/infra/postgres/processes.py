"""Starting PostgreSQL programs as the right user, and proving which processes use a data folder."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import IO

from leadline.infra.postgres.accounts import Account
from leadline.infra.postgres.problems import DatabaseProblem

LAUNCHER = Path(__file__).with_name("launcher.py")
SERVER_NAMES = frozenset({"postgres", "postmaster"})
# The server's user may be somebody else, who must not read our secrets from its environment.
PASSED_ON = ("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SYSTEMROOT", "TEMP", "TMP")


def begin(
    command: Sequence[str],
    *,
    account: Account,
    output: int | IO[bytes],
    typed: int = subprocess.DEVNULL,
    keeps: Sequence[int] = (),
) -> subprocess.Popen[bytes]:
    """Start a PostgreSQL program that ends with the calling *thread*, and never outlives this process."""
    line = list(command)
    if sys.platform != "win32":
        line = [*_through_launcher(account), "exec", *command]
    return subprocess.Popen(
        line,
        stdin=typed,
        stdout=output,
        stderr=subprocess.STDOUT,
        pass_fds=() if sys.platform == "win32" else tuple(keeps),
        cwd=None if sys.platform == "win32" else "/",
        env={**{name: os.environ[name] for name in PASSED_ON if name in os.environ}, "LC_ALL": "C"},
        # Ctrl-C in the terminal is for Leadline, which stops its web and workers before the database.
        start_new_session=True,
    )


def first_out_of_reach(account: Account, paths: Sequence[Path]) -> Path | None:
    """The first path that this user may not run, enter or read."""
    if not account.dropped:
        return None
    said = subprocess.run(
        [*_through_launcher(account), "reach", *map(str, paths)],
        capture_output=True,
        text=True,
        cwd="/",
        timeout=60,
    )
    if said.returncode == 0:
        return None
    if not said.stdout:
        raise DatabaseProblem(
            f"Leadline runs as root but cannot start a program as {account.name}: "
            f"{said.stderr.strip().splitlines()[-1:]}. Start Leadline as an ordinary user."
        )
    return Path(said.stdout)


def servers_in(cluster: Path) -> list[int]:
    """The processes that are PostgreSQL and work in this very data folder."""
    if sys.platform != "linux":
        pid = pid_file_owner(cluster)
        return [pid] if pid is not None and _is_named_like_a_server(pid) else []
    return [int(name) for name in os.listdir("/proc") if name.isdigit() and is_server_in(int(name), cluster)]


def is_server_in(pid: int, cluster: Path) -> bool:
    """Whether this process is PostgreSQL working in this data folder, rather than one that got its number."""
    if sys.platform != "linux":
        return pid in servers_in(cluster)
    try:
        # Every process of a server has its data folder as working folder.
        name = Path(f"/proc/{pid}/comm").read_text(encoding="utf-8", errors="replace").strip()
        return name in SERVER_NAMES and os.path.samefile(f"/proc/{pid}/cwd", cluster)
    except OSError:
        # Gone, or of a user whose processes we may not look at: PostgreSQL insists that the folder's owner,
        # which is us or our account, runs it.
        return False


def pid_file_owner(cluster: Path) -> int | None:
    """The process id in postmaster.pid, if there is one that can be read."""
    try:
        pid = int((cluster / "postmaster.pid").read_text(encoding="utf-8", errors="replace").split("\n")[0])
    except (OSError, ValueError):
        return None
    return pid if pid > 1 else None


def tell(pid: int, cluster: Path, number: signal.Signals) -> None:
    """Send a signal to a server of this data folder; any other process with that number stays untouched."""
    if sys.platform != "linux":
        if is_server_in(pid, cluster):
            os.kill(pid, number)
        return
    with contextlib.suppress(ProcessLookupError):
        # The descriptor keeps naming the same process, so nothing can slip in between look and signal.
        descriptor = os.pidfd_open(pid)
        try:
            if is_server_in(pid, cluster):
                signal.pidfd_send_signal(descriptor, number)
        finally:
            os.close(descriptor)


def _through_launcher(account: Account) -> list[str]:
    uid, gid = (account.uid, account.gid) if account.dropped else (-1, -1)
    return [sys.executable, "-I", "-S", str(LAUNCHER), str(os.getpid()), str(uid), str(gid)]


def _is_named_like_a_server(pid: int) -> bool:
    question = ["ps", "-o", "comm=", "-p", str(pid)]
    if sys.platform == "win32":
        question = ["tasklist", "/nh", "/fo", "csv", "/fi", f"PID eq {pid}"]
    said = subprocess.run(question, capture_output=True, text=True).stdout.split(",")[0].strip().strip('"')
    return Path(said).name.removesuffix(".exe") in SERVER_NAMES
