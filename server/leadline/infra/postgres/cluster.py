"""PostgreSQL's data folder: made in one step, with our settings."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

from leadline.infra.postgres import layout as files
from leadline.infra.postgres import processes
from leadline.infra.postgres.accounts import Account
from leadline.infra.postgres.discovery import Binaries
from leadline.infra.postgres.layout import Layout
from leadline.infra.postgres.problems import DatabaseProblem

SUPERUSER = "postgres"
# The system library's character type is needed beside PostgreSQL's own: pg_trgm asks it what a letter is.
CHARACTER_TYPES = ("C.UTF-8", "en_US.UTF-8", "UTF-8", "C")
BUILTIN_SINCE = 17
TELLING = re.compile(r"\b(FATAL|PANIC|ERROR|HINT|DETAIL|error):|LOG: +(could not|invalid|unrecognized)")
SETTINGS = {
    # A small machine: about 22 MB at rest.
    "max_connections": "100",
    "shared_buffers": "64MB",
    "work_mem": "8MB",
    "maintenance_work_mem": "64MB",
    "effective_cache_size": "512MB",
    "random_page_cost": "1.1",
    "jit": "off",
    # What is acknowledged is on the disk.
    "fsync": "on",
    "full_page_writes": "on",
    "synchronous_commit": "on",
    "wal_compression": "on",
    "min_wal_size": "80MB",
    "max_wal_size": "512MB",
    "max_wal_senders": "2",
    "checkpoint_timeout": "15min",
    # Queues and clocks are updated all day long.
    "autovacuum": "on",
    "autovacuum_max_workers": "2",
    # The first thousand leads of a new house are planned blindly until somebody has counted them.
    "autovacuum_naptime": "10s",
    "autovacuum_vacuum_scale_factor": "0.05",
    "autovacuum_analyze_scale_factor": "0.05",
    "password_encryption": "'scram-sha-256'",
    "timezone": "'UTC'",
    "log_timezone": "'UTC'",
    # One file a day, used again after a week.
    "logging_collector": "on",
    "log_filename": "'postgresql-%a.log'",
    "log_rotation_age": "1d",
    "log_rotation_size": "0",
    "log_truncate_on_rotation": "on",
    "log_min_messages": "warning",
    "log_line_prefix": "'%m [%p] '",
}
SETTINGS_SINCE_18 = {"io_method": "sync"}
SETTINGS_FOR_TESTS = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}


def written_by(layout: Layout) -> int | None:
    """The major version of PostgreSQL that wrote the data; none before the first start."""
    version = layout.cluster / "PG_VERSION"
    if not layout.cluster.exists():
        return None
    try:
        return int(version.read_text(encoding="ascii").split(".")[0])
    except (OSError, ValueError) as error:
        raise DatabaseProblem(
            f"{layout.cluster} is not a whole database: its PG_VERSION cannot be read. Restore a backup with "
            "`leadline restore`, or move the folder away to begin with an empty database."
        ) from error


def make(
    layout: Layout,
    binaries: Binaries,
    account: Account,
    *,
    keeps: list[int],
    durable: bool,
    progress: Callable[[str], None],
) -> None:
    """Make the data folder beside its place and move it there whole; half of one is never left in place."""
    if layout.half_made.exists():
        progress("Removing a database that was only half made.")
        shutil.rmtree(layout.half_made)
    if layout.cluster.exists():
        return

    progress("Making the database; this happens once.")
    layout.half_made.mkdir(0o700)
    fresh, secret = layout.half_made / "cluster", layout.half_made / "password"
    files.write(secret, files.password_in(layout.superuser_password) + "\n", mode=0o600)
    account.own(secret)
    account.own(layout.half_made)
    _initialise(fresh, secret, binaries, account, keeps=keeps, durable=durable)
    _include_our_settings(fresh / "postgresql.conf", layout)
    fresh.rename(layout.cluster)
    files.sync_folder(layout.folder)
    shutil.rmtree(layout.half_made)


def write_settings(layout: Layout, binaries: Binaries, *, durable: bool) -> None:
    """Write our settings; what the operator sets with ALTER SYSTEM still wins."""
    settings = dict(SETTINGS)
    if binaries.major >= 18:
        settings |= SETTINGS_SINCE_18
    if not durable:
        settings |= SETTINGS_FOR_TESTS
    lines = [f"{name} = {value}" for name, value in settings.items()]
    files.write(layout.settings, "\n".join(["# Written by Leadline at each start.", *lines, ""]), mode=0o644)


def _initialise(
    fresh: Path, secret: Path, binaries: Binaries, account: Account, *, keeps: list[int], durable: bool
) -> None:
    said = ""
    for character_type in CHARACTER_TYPES:
        command = [
            str(binaries.program("initdb")),
            f"--pgdata={fresh}",
            f"--username={SUPERUSER}",
            f"--pwfile={secret}",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--lc-collate=C",
            f"--lc-ctype={character_type}",
            "--lc-messages=C",
            "--data-checksums",
            "--no-instructions",
            *([] if durable else ["--no-sync"]),
        ]
        if binaries.major >= BUILTIN_SINCE:
            # Its order and its upper and lower case do not change with an update of the operating system.
            command += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        child = processes.begin(command, account=account, output=subprocess.PIPE, keeps=keeps)
        said = child.communicate()[0].decode(errors="replace")
        if child.returncode == 0:
            return
        if "invalid locale" not in said:
            break
    raise DatabaseProblem(f"The database in {fresh.parents[1]} could not be made. {what_to_do(said)}")


def _include_our_settings(main: Path, layout: Layout) -> None:
    # The folder is the server user's already: a link it put there is not followed.
    descriptor = os.open(main, os.O_WRONLY | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0))
    with os.fdopen(descriptor, "a", encoding="utf-8") as settings:
        settings.write(
            f"\n# Leadline writes that file at each start.\ninclude_if_exists = '../{layout.settings.name}'\n"
        )


def what_to_do(said: str) -> str:
    """A sentence of advice for what PostgreSQL said, followed by its own last words."""
    lines = [line.strip() for line in said.strip().splitlines()]
    telling = [line for line in lines if TELLING.search(line)]
    words = " / ".join((telling or lines)[-4:]) or "nothing"
    if "No space left on device" in said:
        return f"The disk is full: make room and start again. PostgreSQL said: {words}"
    if "Permission denied" in said:
        return f"A folder may not be used by the database's user: check its owner. PostgreSQL said: {words}"
    if "could not create shared memory" in said or "could not resize shared memory" in said:
        return (
            f"The system gives too little shared memory (with Docker: --shm-size). PostgreSQL said: {words}"
        )
    return f"PostgreSQL said: {words}"
