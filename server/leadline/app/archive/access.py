"""Reach the database with PostgreSQL's own programs, whoever runs it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, quote, unquote, urlsplit

import psycopg
from psycopg import sql

from leadline.app import database
from leadline.app.env import Environment
from leadline.app.troubles import Trouble
from leadline.infra.postgres import Binaries, EmbeddedPostgres, find_binaries, running_connection

MAINTENANCE = "postgres"


@dataclass(frozen=True)
class Access:
    """One database on a running server, and the programs that dump and restore it."""

    url: str
    programs: Binaries

    @property
    def name(self) -> str:
        """The name of the database."""
        return unquote(self._parts.path.lstrip("/")) or "leadline"

    @property
    def _parts(self) -> SplitResult:
        return urlsplit(self.url)

    def to(self, name: str) -> Access:
        """The same server, another database."""
        return Access(self._parts._replace(path="/" + quote(name, safe="")).geturl(), self.programs)

    def connect(self) -> psycopg.Connection:
        """A connection that commits each statement; Trouble when the server does not answer."""
        try:
            return psycopg.connect(self.url, autocommit=True, connect_timeout=30)
        except psycopg.OperationalError as error:
            raise Trouble(f"The database does not answer: {' '.join(str(error).split())}.") from error

    def run(self, program: str, *words: str) -> str:
        """What a PostgreSQL program printed; Trouble with its last words when it failed."""
        parts = self._parts
        user = parts.netloc.rpartition("@")[0].split(":")[0]
        host = parts.netloc.rpartition("@")[2]
        # The password travels in the environment: everybody can read the words of a command.
        shown = parts._replace(netloc=f"{user}@{host}" if user else host).geturl()
        environment = {**os.environ, "PGPASSWORD": unquote(parts.password or "")}
        command = [str(self.programs.program(program)), f"--dbname={shown}", *words]
        done = subprocess.run(command, env=environment, capture_output=True, text=True)
        if done.returncode != 0:
            last = " ".join(done.stderr.strip().splitlines()[-2:])
            raise Trouble(f"{program} failed: {last or 'it said nothing'}.")
        return done.stdout

    def create(self) -> None:
        """Make this database, empty; Trouble when the role may not."""
        with self.to(MAINTENANCE).connect() as server:
            try:
                server.execute(
                    sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(self.name))
                )
            except psycopg.errors.InsufficientPrivilege as error:
                raise Trouble(
                    "The database's user may not create databases, which a restore needs. An "
                    "administrator can give it that right with ALTER ROLE … CREATEDB."
                ) from error

    def drop(self) -> None:
        """Remove this database, if it is there."""
        with self.to(MAINTENANCE).connect() as server:
            server.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(self.name))
            )

    def rename(self, name: str) -> None:
        """Give this database another name; nobody may be connected to it."""
        with self.to(MAINTENANCE).connect() as server:
            server.execute(
                sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                    sql.Identifier(self.name), sql.Identifier(name)
                )
            )

    def counts(self) -> dict[str, int]:
        """How many rows each table has."""
        with self.connect() as connection:
            return count_rows(connection)


def count_rows(connection: psycopg.Connection) -> dict[str, int]:
    """How many rows each table has, as the connection's transaction sees them."""
    tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
    counted = {}
    for (table,) in tables.fetchall():
        statement = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier("public", table))
        row = connection.execute(statement).fetchone()
        counted[table] = int(row[0]) if row else 0
    return counted


@contextmanager
def reach(env: Environment, say: Callable[[str], None]) -> Iterator[Access]:
    """The product's database: the one named, the one that runs, or the built-in one started for this."""
    if env.database_url:
        yield Access(env.database_url, find_binaries(os.environ))
        return
    home = database.home(env)
    running = running_connection(home)
    if running is not None:
        yield Access(running.url(), find_binaries(os.environ, written_by=_written_by(home)))
        return
    with EmbeddedPostgres(home, on_progress=say) as embedded:
        yield Access(embedded.start().url(), embedded.binaries)


def _written_by(home: Path) -> int | None:
    try:
        return int((home / "postgres" / "cluster" / "PG_VERSION").read_text().split(".")[0])
    except (OSError, ValueError):
        return None
