"""A file that is given back when the disk is full, so that the server can start and recover."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

SIZE = 64 * 1024 * 1024
# Less than this and PostgreSQL cannot even write the next piece of its write-ahead log.
FULL = 48 * 1024 * 1024
LOW = 1024 * 1024 * 1024
LOW_SHARE = 0.05


@dataclass(frozen=True)
class DiskState:
    """How much room the disk of the data home has, and whether that is too little to go on writing."""

    free: int
    total: int
    reserve: int

    @property
    def low(self) -> bool:
        """Less than 1 GB or 5 %: time to stop taking new work."""
        return self.free < LOW or self.free < self.total * LOW_SHARE

    @property
    def full(self) -> bool:
        """So little that the database itself cannot go on."""
        return self.free < FULL


def disk_state(reserve: Path) -> DiskState:
    """The state of the disk as the kernel tells it now."""
    usage = shutil.disk_usage(reserve.parent)
    return DiskState(free=usage.free, total=usage.total, reserve=_size(reserve))


def give_back(reserve: Path) -> bool:
    """Delete the reserve if the disk is full; true when that made room."""
    if not disk_state(reserve).full or _size(reserve) == 0:
        return False
    reserve.unlink(missing_ok=True)
    return True


def keep(reserve: Path) -> None:
    """Have the reserve again, unless the disk is too full for it."""
    if _size(reserve) == SIZE:
        return
    reserve.unlink(missing_ok=True)
    state = disk_state(reserve)
    if state.low or state.free < 2 * LOW:
        return
    descriptor = os.open(reserve, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        if hasattr(os, "posix_fallocate"):
            os.posix_fallocate(descriptor, 0, SIZE)
        else:
            for _ in range(SIZE // (1024 * 1024)):
                os.write(descriptor, bytes(1024 * 1024))
    except OSError:
        reserve.unlink(missing_ok=True)
    finally:
        os.close(descriptor)


def _size(reserve: Path) -> int:
    try:
        return reserve.lstat().st_size
    except FileNotFoundError:
        return 0
