"""Becomes one PostgreSQL program: drops the rights of root, asks to die with the parent, then execs.

Run as a script, never imported, and with the standard library only. A function between fork and exec would do
the same in less code, but may dead-lock in a process with threads.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1
CANNOT_REACH = 3


def main(arguments: list[str]) -> None:
    """Run `PARENT UID GID exec PROGRAM ...`; or with `reach PATH ...` name the first path out of reach."""
    parent, uid, gid = (int(word) for word in arguments[:3])
    task, words = arguments[3], arguments[4:]
    if uid >= 0:
        os.setgroups([])
        os.setgid(gid)
        os.setuid(uid)
    if task == "reach":
        sys.exit(_first_out_of_reach(words))
    _die_with(parent)
    os.execv(words[0], words)  # noqa: S606 - no shell is wanted


def _first_out_of_reach(paths: list[str]) -> int:
    for path in paths:
        # X_OK on a folder means: may be entered.
        wanted = os.R_OK if os.path.isfile(path) and not os.access(path, os.X_OK) else os.X_OK
        if not os.access(path, wanted):
            sys.stdout.write(path)
            return CANNOT_REACH
    return 0


def _die_with(parent: int) -> None:
    if sys.platform != "linux":
        return
    # Changing the user clears the death signal, so it is set after that; it survives exec.
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGINT, 0, 0, 0)
    if os.getppid() != parent:
        sys.exit(CANNOT_REACH)


if __name__ == "__main__":
    main(sys.argv[1:])
