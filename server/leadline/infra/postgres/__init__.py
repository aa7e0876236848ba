"""The embedded PostgreSQL: found, made, started, watched and stopped without any other service."""

from leadline.infra.postgres.connection import Connection, running_connection
from leadline.infra.postgres.discovery import Binaries, find_binaries
from leadline.infra.postgres.layout import default_data_home
from leadline.infra.postgres.problems import AlreadyRunning, DatabaseProblem
from leadline.infra.postgres.supervisor import EmbeddedPostgres

__all__ = [
    "AlreadyRunning",
    "Binaries",
    "Connection",
    "DatabaseProblem",
    "EmbeddedPostgres",
    "default_data_home",
    "find_binaries",
    "running_connection",
]
