"""When the disk is nearly full, Leadline can be read and takes nothing new, until there is room again."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from leadline.infra.postgres.reserve import DiskState, disk_state

# Room that was made is noticed after this long at most.
LOOK_EVERY = 3.0
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
DETAIL = "The server's disk is nearly full, so nothing new is stored. Free some space; it goes on by itself."
RETRY_AFTER = 10
# What the front end shows its banner by.
HEADER = (b"x-leadline-read-only", b"disk")


class Disk:
    """The state of the data folder's disk, asked for every few seconds."""

    def __init__(self, home: Path, look: Callable[[Path], DiskState] = disk_state) -> None:
        self._home = home
        self._look = look
        self._looked = -LOOK_EVERY
        self._low = False

    def low(self) -> bool:
        """Whether there is too little room to take anything new."""
        now = time.monotonic()
        if now - self._looked >= LOOK_EVERY:
            self._looked = now
            try:
                self._low = self._look(self._home / "reserve").low
            except OSError:
                self._low = False
        return self._low

    def refuses(self, method: str) -> bool:
        """Whether a request of this kind has to wait until there is room."""
        return method not in SAFE and self.low()
