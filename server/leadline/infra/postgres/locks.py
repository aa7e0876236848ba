"""Locks on files that the operating system lets go of by itself when the holder dies."""

from __future__ import annotations

import contextlib
import os
import sys
import weakref
from pathlib import Path

from leadline.infra.postgres.problems import DatabaseProblem

_held: weakref.WeakSet[FileLock] = weakref.WeakSet()


class FileLock:
    """An exclusive lock on one file; a child started with its descriptor goes on holding it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    @property
    def descriptor(self) -> int:
        """The open file, to be passed to a child that shall hold the lock too."""
        if self._descriptor is None:
            raise RuntimeError("The lock is not held.")
        return self._descriptor

    def take(self) -> bool:
        """Try once; false when somebody else holds it."""
        descriptor = _open(self._path)
        if not _try_lock(descriptor, self._path):
            os.close(descriptor)
            return False
        self._descriptor = descriptor
        _held.add(self)
        return True

    def sign(self) -> None:
        """Write down our process id, so that others can say who holds the lock."""
        os.ftruncate(self.descriptor, 0)
        os.pwrite(self.descriptor, f"{os.getpid()}\n".encode(), 0) if sys.platform != "win32" else None

    def holder(self) -> int | None:
        """The process id the holder wrote down, if any."""
        try:
            return int(self._path.read_text(encoding="ascii").split()[0])
        except (OSError, ValueError, IndexError):
            return None

    def let_go(self) -> None:
        """Close our end; children that were given the descriptor hold the lock on."""
        if self._descriptor is not None:
            _held.discard(self)
            os.close(self._descriptor)
            self._descriptor = None


def _open(path: Path) -> int:
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
    try:
        return os.open(path, flags, 0o600)
    except OSError as error:
        raise DatabaseProblem(
            f"The file {path} cannot be opened ({error.strerror}). It belongs to whoever started Leadline "
            "there first: start it as that user or as root, or choose another folder with LEADLINE_HOME."
        ) from error


def _try_lock(descriptor: int, path: Path) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError as error:
        os.close(descriptor)
        raise DatabaseProblem(
            f"The file system of {path.parent} cannot lock files ({error.strerror}), and without locks two "
            "servers could spoil the data. Choose a folder on a local disk with LEADLINE_HOME."
        ) from error
    return True


def _forget_in_forked_child() -> None:
    # A forked worker that outlives its parent must not keep the parent's locks.
    for lock in list(_held):
        with contextlib.suppress(OSError):
            lock.let_go()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_in_forked_child)
