"""Bring the database to this version, as its owner, one process at a time."""

from __future__ import annotations

from collections.abc import Callable

from leadline.app.troubles import Trouble
from leadline.infra.locks import Lock

OLDEST_SERVER = 15


def migrate(say: Callable[[str], None]) -> None:
    """Afterwards the tables fit this version; Trouble when the database is too old or too new."""
    from django.core.management import call_command
    from django.db import OperationalError, connection
    from django.db.migrations.executor import MigrationExecutor

    from leadline.infra.apps import act_as_owner

    act_as_owner(True)
    connection.close()
    try:
        with connection.cursor() as cursor:
            _refuse_old_server(cursor.connection.info.server_version)
            cursor.execute("SELECT pg_advisory_lock(%s)", [Lock.MIGRATION])
    except OperationalError as error:
        raise Trouble(
            f"The database does not answer: {' '.join(str(error).split())}. Check DATABASE_URL and that "
            "the server runs."
        ) from error
    executor = MigrationExecutor(connection)
    refuse_newer_tables()
    steps = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if steps:
        say(f"Preparing the tables ({len(steps)} steps).")
        call_command("migrate", interactive=False, verbosity=0)
    connection.close()
    act_as_owner(False)


def _refuse_old_server(version: int) -> None:
    if version < OLDEST_SERVER * 10000:
        raise Trouble(
            f"The database server is PostgreSQL {version // 10000}; Leadline needs {OLDEST_SERVER} or newer. "
            "Upgrade it, or leave DATABASE_URL empty to use the built-in one."
        )


def refuse_newer_tables() -> None:
    """Trouble when the database has seen a migration that this version does not know."""
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(connection)
    ours = {app for app, _ in loader.disk_migrations}
    replaced = {key for made in loader.disk_migrations.values() for key in made.replaces}
    unknown = sorted(
        f"{app}.{name}"
        for app, name in loader.applied_migrations
        if app in ours and (app, name) not in loader.disk_migrations and (app, name) not in replaced
    )
    if unknown:
        raise Trouble(
            f"This database was written by a newer Leadline (it knows {unknown[0]}). Install that version "
            "again, or restore a backup made with this one."
        )
