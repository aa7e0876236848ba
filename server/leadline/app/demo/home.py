"""The folder of a demo: beside the real one, thrown away for every new demo."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from leadline.app import database
from leadline.app.env import Environment
from leadline.app.troubles import Trouble
from leadline.infra.postgres.locks import FileLock

_WORDS = ("sunny", "copper", "quiet", "amber", "windy", "silver", "mellow", "brisk")
_THINGS = ("rooftop", "harbour", "lantern", "orchard", "compass", "meadow", "kettle", "bridge")


@dataclass(frozen=True)
class DemoHome:
    """Where the demo keeps everything, and the password of its people."""

    folder: Path
    password: str


@contextmanager
def opened(env: Environment, *, keep: bool) -> Iterator[DemoHome]:
    """A demo folder that is ours until the block ends; empty unless the last demo is to be kept.

    Trouble when another demo uses it, or when the folder holds something that is not a demo.
    """
    real = database.home(env)
    folder = real.with_name(f"{real.name}-demo")
    folder.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder.with_name(f"{folder.name}.lock"))
    if not lock.take():
        raise Trouble("A demo is running already. Stop it first, or look at that one.")
    try:
        yield _prepared(folder, keep=keep)
    finally:
        lock.let_go()


def _prepared(folder: Path, *, keep: bool) -> DemoHome:
    sign = folder / "demo_password"
    if keep and sign.exists():
        return DemoHome(folder, sign.read_text().strip())
    if folder.exists():
        # Only what carries our sign is thrown away; anything else may be somebody's data.
        if not sign.exists() and any(folder.iterdir()):
            raise Trouble(f"{folder} holds something that is not a demo. Move it away, then try again.")
        shutil.rmtree(folder)
    folder.mkdir()
    password = f"{secrets.choice(_WORDS)}-{secrets.choice(_THINGS)}-{secrets.randbelow(9000) + 1000}"
    sign.touch(mode=0o600)
    sign.write_text(password)
    return DemoHome(folder, password)
