"""The backend that settings name as ENGINE."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Any

from django.db.backends.postgresql import base, operations
from psycopg import DataError
from psycopg.adapt import Buffer, Loader

# Seconds for which a connection that has just been used is believed to be alive.
BELIEVED = 1.0


class DatabaseOperations(operations.DatabaseOperations):
    """PostgreSQL's operations with our compilers."""

    compiler_module = "leadline.infra.orm.compiler"


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection to PostgreSQL."""

    ops_class = DatabaseOperations
    _looked_at = 0.0

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """A connection that reads moments in one step."""
        made = super().get_new_connection(conn_params)
        made.adapters.register_loader("timestamptz", MomentLoader)
        return made

    def close_if_health_check_failed(self) -> None:
        """Look whether the server is still there, unless somebody used this connection a moment ago."""
        now = time.monotonic()
        if now - self._looked_at < BELIEVED:
            self.health_check_done = True
        self._looked_at = now
        super().close_if_health_check_failed()


class MomentLoader(Loader):
    """Reads a moment with the offset that is written in it; Django's own way takes three steps in Python."""

    # Django asks every cursor's loader for it, and puts its own in place when it differs.
    timezone = UTC

    def load(self, data: Buffer) -> datetime:
        """The moment; DataError for one that Python cannot hold."""
        written = bytes(data).decode()
        try:
            return datetime.fromisoformat(written)
        except ValueError as problem:
            raise DataError(f"This moment cannot be read: {written}") from problem
