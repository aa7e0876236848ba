"""The one thread that starts the server child and stays with it until it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from leadline.infra.postgres import processes
from leadline.infra.postgres.accounts import Account


class Keeper:
    """One running server child, which is told to stop when this process ends, however that happens."""

    def __init__(self, command: Sequence[str], *, account: Account, log: Path, keeps: Sequence[int]) -> None:
        self.exited = threading.Event()
        self.begun_at = time.time()
        self._begun = threading.Event()
        self._signalling = threading.Lock()
        self._failure: BaseException | None = None
        self._child: subprocess.Popen[bytes] | None = None
        self._order = (command, account, log, keeps)
        # The kernel sends the death signal when the *thread* that started the child ends. So the child is
        # started by a thread that does nothing but wait for it; as a daemon it never holds up our own exit.
        threading.Thread(target=self._stay, name="postgres-keeper", daemon=True).start()
        self._begun.wait()
        if self._failure is not None:
            raise self._failure

    @property
    def pid(self) -> int:
        """The process id of the server child."""
        assert self._child is not None
        return self._child.pid

    def tell(self, number: signal.Signals) -> None:
        """Signal the child unless it has ended; its number is not given to others before we know."""
        with self._signalling:
            if not self.exited.is_set() and self._child is not None:
                os.kill(self._child.pid, number)

    def _stay(self) -> None:
        command, account, log, keeps = self._order
        try:
            # A file of that name may belong to another user, from a start as root.
            log.unlink(missing_ok=True)
            with open(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as output:
                self._child = processes.begin(command, account=account, output=output, keeps=keeps)
        except BaseException as failure:
            self._failure = failure
            return
        finally:
            self._begun.set()
        if sys.platform == "linux":
            # See the end without collecting it: until we do, the number cannot belong to another process.
            os.waitid(os.P_PID, self._child.pid, os.WEXITED | os.WNOWAIT)
        else:
            self._child.wait()
        with self._signalling:
            self._child.wait()
            self.exited.set()
