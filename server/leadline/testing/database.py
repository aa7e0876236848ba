"""The database of the tests: a real PostgreSQL, with the tests acting as the application role."""

from __future__ import annotations

import os

from django.conf import settings
from django.db import connections

from leadline.infra import apps


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
