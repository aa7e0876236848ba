"""The database of the tests: a real PostgreSQL, with the tests acting as the application role."""

from __future__ import annotations

import os
from collections.abc import Iterable

from django.conf import settings
from django.db import connections

from leadline.infra import apps
from leadline.infra.tenancy import APP_ROLE


def use_test_server() -> None:
    """Point Django at the embedded test server unless DATABASE_URL names one; act as owner to migrate."""
    apps.act_as_owner(True)
    if os.environ.get("DATABASE_URL"):
        return
    from leadline.app import database
    from leadline.infra.postgres.testing import session_server

    parts = database.parts(session_server().url("leadline"))
    for target in (settings.DATABASES["default"], connections["default"].settings_dict):
        target.update(parts)


def act_as_application() -> None:
    """Connections made from now on take the application role, as in production."""
    connections["default"].close()
    apps.act_as_owner(False)
    _empty_tables_as_owner()


def _empty_tables_as_owner() -> None:
    # Tests that commit empty all tables afterwards, which the application role may not do.
    operations = connections["default"].ops
    empty = operations.execute_sql_flush

    def as_owner(statements: Iterable[str]) -> None:
        with connections["default"].cursor() as cursor:
            cursor.execute("RESET ROLE")
            empty(list(statements))
            cursor.execute(f"SET ROLE {APP_ROLE}")

    operations.execute_sql_flush = as_owner  # type: ignore[assignment, method-assign]
