"""The installation's secret key: from the environment, or made once and kept in the data folder."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from leadline.app.env import Environment


def secret_key(env: Environment, home: Path) -> str:
    """The key that signs sessions and encrypts stored secrets; the same for every process."""
    given = env.secret_key.get_secret_value()
    if given:
        return given
    path = home / "secret_key"
    if path.exists():
        return path.read_text().strip()
    home.mkdir(parents=True, exist_ok=True)
    fresh = secrets.token_urlsafe(48)
    side = path.with_suffix(f".{os.getpid()}")
    side.touch(mode=0o600)
    side.write_text(fresh)
    # The first of several starting processes wins; the others take what it wrote.
    try:
        os.link(side, path)
    except FileExistsError:
        fresh = path.read_text().strip()
    side.unlink()
    return fresh
