"""How to reach the embedded database."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlencode

from leadline.infra.postgres import processes
from leadline.infra.postgres.layout import Layout

OWNER = "leadline_owner"
DATABASE = "leadline"


@dataclass(frozen=True)
class Connection:
    """A running embedded database; the password is kept out of its printed form."""

    socket_dir: Path
    port: int
    password: str = field(repr=False)

    @property
    def host(self) -> str:
        """What PostgreSQL clients call the host: the socket's folder, or the loopback address on Windows."""
        return "127.0.0.1" if sys.platform == "win32" else str(self.socket_dir)

    def url(self, database: str = DATABASE) -> str:
        """A postgres URL that logs in as the owner role, who is no superuser."""
        # The folder goes into the query: as the host part its capital letters would be lost in parsing.
        where = urlencode({"host": self.host, "port": self.port})
        return f"postgresql://{OWNER}:{quote(self.password, safe='')}@/{quote(database, safe='')}?{where}"


def running_connection(data_home: Path) -> Connection | None:
    """How to reach the database that another process runs in this data home, if one does."""
    layout = Layout(Path(data_home).resolve())
    try:
        lines = (layout.cluster / "postmaster.pid").read_text(encoding="utf-8").splitlines()
        password = layout.password.read_text(encoding="utf-8").strip()
        pid, port, socket_dir, status = int(lines[0]), int(lines[3]), Path(lines[4]), lines[7].strip()
    except (OSError, ValueError, IndexError):
        return None
    if status != "ready" or not processes.is_server_in(pid, layout.cluster):
        return None
    return Connection(socket_dir=socket_dir, port=port, password=password)
