"""Where the data lives: the home folder and the database's address."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from leadline.app.env import Environment

# The `leadline` command sets this for its children once the embedded server runs.
EMBEDDED_URL = "LEADLINE_EMBEDDED_URL"


def home(env: Environment) -> Path:
    """The data folder: LEADLINE_HOME, else /var/lib/leadline for root, else the user's data folder."""
    if env.home:
        return env.home.absolute()
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return Path("/var/lib/leadline")
    return Path(os.environ.get("XDG_DATA_HOME", Path.home() / ".local/share")) / "leadline"


def settings(env: Environment, home_folder: Path) -> dict[str, Any]:
    """Django's description of the database behind DATABASE_URL or the running embedded server."""
    url = env.database_url or os.environ.get(EMBEDDED_URL, "")
    made: dict[str, Any] = {
        "ENGINE": "leadline.infra.orm",
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": True,
        **parts(url or "postgresql:///leadline"),
    }
    return made


def parts(url: str) -> dict[str, Any]:
    """A postgres URL as Django settings."""
    parts = urlsplit(url)
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    host = options.pop("host", parts.hostname or "")
    port = options.pop("port", str(parts.port or ""))
    return {
        "NAME": unquote(parts.path.lstrip("/")) or "leadline",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": port,
        "OPTIONS": options,
    }
