"""The database, roles and extensions that Leadline finds at its first start."""

from __future__ import annotations

import psycopg
from psycopg import sql

from leadline.infra.postgres.cluster import SUPERUSER
from leadline.infra.postgres.connection import DATABASE, OWNER, Connection

APPLICATION = "leadline_app"
EXTENSIONS = ("pg_trgm", "btree_gin")


def provision(connection: Connection, *, superuser_password: str) -> None:
    """Afterwards the owner can log in to the database, which has its roles and extensions; safe to repeat."""
    try:
        owner = psycopg.connect(connection.url(), autocommit=True, connect_timeout=30)
    except psycopg.OperationalError:
        _make_roles_and_database(connection, superuser_password)
        owner = psycopg.connect(connection.url(), autocommit=True, connect_timeout=30)
    with owner:
        _make_extensions(owner)


def _make_roles_and_database(connection: Connection, superuser_password: str) -> None:
    with psycopg.connect(
        host=connection.host,
        port=connection.port,
        user=SUPERUSER,
        password=superuser_password,
        dbname="postgres",
        autocommit=True,
        connect_timeout=30,
    ) as root:
        _make_role(root, OWNER, "LOGIN CREATEDB CREATEROLE NOSUPERUSER NOBYPASSRLS")
        _make_role(root, APPLICATION, "NOLOGIN NOCREATEDB NOCREATEROLE NOSUPERUSER NOBYPASSRLS")
        root.execute(
            sql.SQL("ALTER ROLE {} PASSWORD {}").format(
                sql.Identifier(OWNER), sql.Literal(connection.password)
            )
        )
        root.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(APPLICATION), sql.Identifier(OWNER)))
        if root.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone() is None:
            root.execute(
                sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(DATABASE), sql.Identifier(OWNER))
            )


def _make_role(root: psycopg.Connection, name: str, rights: str) -> None:
    there = root.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]).fetchone()
    verb = sql.SQL("ALTER" if there else "CREATE")
    # The rights are words of this file, never of a caller.
    root.execute(sql.SQL("{} ROLE {} {}").format(verb, sql.Identifier(name), sql.SQL(rights)))


def _make_extensions(owner: psycopg.Connection) -> None:
    # As the owner, so that a dump of the database can be restored by the owner.
    missing = owner.execute(
        "SELECT name FROM pg_available_extensions WHERE name = ANY(%s) AND installed_version IS NULL",
        [list(EXTENSIONS)],
    ).fetchall()
    for (name,) in missing:
        owner.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(name)))
