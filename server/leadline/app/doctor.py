"""Look at an installation the way an experienced operator would; every finding says what to do."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

from leadline.app import database
from leadline.app.env import Environment
from leadline.app.troubles import Trouble
from leadline.infra.postgres.reserve import disk_state

LOCAL = frozenset({"localhost", "127.0.0.1", "::1", ""})
LATE = timedelta(minutes=2)
CLOCK_STANDS = timedelta(hours=3)


class Level(StrEnum):
    """How bad a finding is."""

    GOOD = "ok"
    NOTE = "note"
    WARNING = "warn"
    BAD = "bad"


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at, and what to do about it."""

    level: Level
    text: str


Check = Callable[[Environment], Iterator[Finding]]


def good(text: str) -> Finding:
    """Nothing to do."""
    return Finding(Level.GOOD, text)


def note(text: str) -> Finding:
    """Good to know."""
    return Finding(Level.NOTE, text)


def warning(text: str) -> Finding:
    """Works, but not for long or not safely."""
    return Finding(Level.WARNING, text)


def bad(text: str) -> Finding:
    """Does not work."""
    return Finding(Level.BAD, text)


def before_database(env: Environment) -> Iterator[Finding]:
    """What can be seen without the database."""
    for check in (_folder, _key, _disk, _front_end, _settings):
        yield from check(env)


def with_database(env: Environment) -> Iterator[Finding]:
    """What the database tells; Django must point to it. It stops where the rest would make no sense."""
    from django.db import connection

    version = connection.pg_version  # type: ignore[attr-defined]
    yield good(f"The database answers (PostgreSQL {version // 10000}.{version % 10000}).")
    tables = list(_tables())
    yield from tables
    if any(finding.level is Level.BAD for finding in tables):
        return
    for check in (_walls, _work, _invariants):
        yield from check(env)


def _folder(env: Environment) -> Iterator[Finding]:
    home = database.home(env)
    if not home.is_dir():
        yield note(f"The data folder {home} is not there yet; the first `leadline serve` makes it.")
    elif not os.access(home, os.W_OK | os.X_OK):
        yield bad(f"{home} may not be written to. Give it to the user Leadline runs as.")
    else:
        yield good(f"The data folder is {home}.")


def _key(env: Environment) -> Iterator[Finding]:
    path = database.home(env) / "secret_key"
    if env.secret_key.get_secret_value() or not path.exists():
        return
    if sys.platform != "win32" and stat.S_IMODE(path.stat().st_mode) & 0o077:
        yield bad(f"Others can read {path}, which opens every stored secret. Run: chmod 600 {path}")
    else:
        yield good("The secret key is readable by its owner only.")


def _disk(env: Environment) -> Iterator[Finding]:
    home = database.home(env)
    there = next(folder for folder in (home, *home.parents) if folder.exists())
    state = disk_state(there / "reserve")
    room = f"{state.free / 1024**3:.1f} GB of {state.total / 1024**3:.0f} GB are free"
    if state.low:
        yield bad(f"The disk is nearly full ({room}): Leadline takes nothing new until there is more room.")
    else:
        yield good(f"The disk has room ({room}).")


def _front_end(env: Environment) -> Iterator[Finding]:
    page = Path(__file__).with_name("web") / "index.html"
    if page.exists():
        yield good("The front end is built.")
    else:
        yield bad("The front end is not built. Install the released package, or run `make run`.")


def _settings(env: Environment) -> Iterator[Finding]:
    public = urlsplit(env.public_url)
    if env.debug:
        yield bad("LEADLINE_DEBUG is on: errors show the inside of the server. Switch it off.")
    if env.test_clock:
        yield warning("LEADLINE_TEST_CLOCK is on: an administrator can move the time. Only for trying out.")
    if env.allow_private_addresses:
        yield warning("LEADLINE_ALLOW_PRIVATE_ADDRESSES is on: webhooks can reach your private network.")
    if env.host not in LOCAL and not env.public_url:
        yield warning(
            "LEADLINE_PUBLIC_URL is empty although others can reach this server: links point nowhere."
        )
    if public.scheme == "http" and (public.hostname or "") not in LOCAL:
        yield warning("LEADLINE_PUBLIC_URL begins with http: passwords travel unprotected. Use https.")
    if not env.mail_url:
        yield note("LEADLINE_MAIL_URL is empty: invitations and resets are kept in the folder outbox only.")


def _tables() -> Iterator[Finding]:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from leadline.app.processes import migrating

    try:
        migrating.refuse_newer_tables()
    except Trouble as trouble:
        yield bad(str(trouble))
        return
    executor = MigrationExecutor(connection)
    steps = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if steps:
        yield bad(f"The tables are {len(steps)} steps behind this version. Start `leadline serve` once.")
    else:
        yield good("The tables fit this version.")


def _walls(env: Environment) -> Iterator[Finding]:
    from django.db import connection

    from leadline.infra.roles import SHARED_TABLES
    from leadline.infra.tenancy import APP_ROLE

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid "
            "WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') "
            "AND a.attname = 'workspace_id' AND NOT (c.relrowsecurity AND c.relforcerowsecurity)"
        )
        open_tables = {name for (name,) in cursor.fetchall()} - SHARED_TABLES
        cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = %s", [APP_ROLE])
        row = cursor.fetchone()
    if row is None or row[0]:
        yield bad(f"The role {APP_ROLE} is missing or may see every row. Restore a backup or ask for help.")
    elif open_tables:
        yield bad(f"Rows of {sorted(open_tables)[0]} are not kept apart by workspace. Migrate again.")
    else:
        yield good("Workspaces are kept apart by the database.")


def _work(env: Environment) -> Iterator[Finding]:
    from django.db.models import Max, Min

    from leadline.infra.jobs import queries
    from leadline.infra.models import Job, Schedule
    from leadline.kit import clock

    now, backlog = clock.now(), queries.backlog()
    oldest = Job.objects.filter(state="ready", run_at=None).aggregate(at=Min("created_at"))["at"]
    ticked = Schedule.objects.aggregate(at=Max("last_run_at"))["at"]
    if oldest is not None and now - oldest > LATE:
        minutes = (now - oldest).total_seconds() / 60
        yield warning(f"Work waits since {minutes:.0f} minutes ({backlog.ready} jobs): does a worker run?")
    else:
        yield good(f"Work is done in time ({backlog.running} running, {backlog.waiting} to be tried again).")
    if backlog.failed:
        yield warning(f"{backlog.failed} jobs failed for good. They can be done again from the failed list.")
    if ticked is not None and now - ticked > CLOCK_STANDS:
        yield warning("The clock has not ticked for hours: no worker runs, and nothing that is due happens.")


def _invariants(env: Environment) -> Iterator[Finding]:
    from leadline.app import invariants

    found = invariants.broken()
    for one in found:
        rows = "; ".join(", ".join(str(value) for value in row) for row in one.rows)
        yield bad(f"{one.sentence} ({rows})")
    if not found:
        yield good("Nothing in the data contradicts itself.")
