"""Child processes that end with their parent and come back when they die by themselves."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable

# A fork shares the memory of the house, which was read before it; elsewhere a child reads its own.
FORKS = sys.platform == "linux"
PR_SET_PDEATHSIG = 1
FIRST_PAUSE = 0.5
LONGEST_PAUSE = 30.0
# Who lived this long was well; a death after that is no reason to wait before the next start.
WELL_AFTER = 30.0
FAILED = 70


class Child:
    """One process of the house; `check` brings it back with growing pauses."""

    def __init__(self, name: str, work: Callable[[], None], say: Callable[[str], None]) -> None:
        self.name = name
        self._work = work
        self._say = say
        self._spawned: subprocess.Popen[bytes] | None = None
        self._begun = 0.0
        self._pause = FIRST_PAUSE
        self._again_at = 0.0
        self.pid: int | None = None

    def start(self) -> None:
        """Start the process."""
        self._begun = time.monotonic()
        if FORKS:
            self.pid = fork(self._work)
            return
        self._spawned = subprocess.Popen([sys.executable, "-m", "leadline.app.main", "child", self.name])
        self.pid = self._spawned.pid

    def check(self) -> None:
        """Start it again when it died and its pause is over."""
        now = time.monotonic()
        if self.pid is not None and (code := self._ended()) is not None:
            self.pid = None
            if now - self._begun > WELL_AFTER:
                self._pause = FIRST_PAUSE
            self._again_at = now + self._pause
            self._say(f"The {self.name} stopped by itself ({_told(code)}); it starts again.")
            self._pause = min(self._pause * 2, LONGEST_PAUSE)
        if self.pid is None and now >= self._again_at:
            self.start()

    def tell(self, number: signal.Signals) -> None:
        """Send it a signal, if it runs."""
        if self.pid is not None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def end(self, until: float) -> None:
        """Wait for its end until that moment, then kill it."""
        while self.pid is not None and self._ended() is None:
            if time.monotonic() > until:
                self.tell(signal.SIGKILL if FORKS else signal.SIGTERM)
                until = time.monotonic() + 5
            time.sleep(0.02)
        self.pid = None

    def _ended(self) -> int | None:
        if self._spawned is not None:
            return self._spawned.poll()
        assert self.pid is not None
        return reap(self.pid)


def fork(work: Callable[[], None]) -> int:
    """Run `work` in a copy of this process, which ends with it and with us; the copy's process id."""
    parent = os.getpid()
    sys.stdout.flush()
    sys.stderr.flush()
    pid = os.fork()
    if pid:
        return pid
    code = FAILED
    try:
        _become_child(parent)
        work()
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else FAILED
    except BaseException:
        traceback.print_exc()
    finally:
        # Neither our parent's clean-up nor a hanging thread is this process's business.
        with contextlib.suppress(Exception):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)


def reap(pid: int) -> int | None:
    """How the child ended (the exit code, or minus the signal); None while it runs."""
    try:
        ended, status = os.waitpid(pid, os.WNOHANG)
    except ChildProcessError:
        return 0
    return os.waitstatus_to_exitcode(status) if ended else None


def _become_child(parent: int) -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(FAILED)
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGCHLD):
        signal.signal(number, signal.SIG_DFL)
    # Ctrl-C reaches everybody in the terminal; the parent decides who stops when.
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _told(code: int) -> str:
    if code >= 0:
        return f"exit code {code}"
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"signal {-code}"
