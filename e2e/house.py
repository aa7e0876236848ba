"""One real Leadline on a free port, in a folder of its own, that leaves nothing behind."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import TracebackType

import httpx

START_SECONDS = 90
STOP_SECONDS = 30


class House:
    """A running `leadline serve`; use it as a context manager."""

    def __init__(self) -> None:
        # A short folder that the database's own user may enter.
        folder = "/tmp" if os.name == "posix" else None  # noqa: S108
        self.home = Path(tempfile.mkdtemp(prefix="leadline-e2e-", dir=folder))
        self.home.chmod(0o711)
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = self.home / "serve.log"
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> House:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
        shutil.rmtree(self.home, ignore_errors=True)

    def start(self) -> None:
        """Start on the same port and folder as before; returns when pages are answered."""
        environment = {
            key: value
            for key, value in os.environ.items()
            if not key.startswith("LEADLINE_") and key not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")
        }
        environment |= self.environment()
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "leadline.app.main", "serve"],
                env=environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self._wait()

    def environment(self) -> dict[str, str]:
        """What the server is started with; the test clock may be moved through the API."""
        return {
            "LEADLINE_HOME": str(self.home),
            "LEADLINE_PORT": str(self.port),
            "LEADLINE_TEST_CLOCK": "true",
            "LEADLINE_ALLOW_PRIVATE_ADDRESSES": "true",
        }

    def stop(self) -> None:
        """End the server and everything it started."""
        process, self._process = self._process, None
        if process is None:
            return
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def last_words(self) -> str:
        """The end of the server's log."""
        return self.log.read_text(errors="replace")[-4000:]

    def _wait(self) -> None:
        until = time.monotonic() + START_SECONDS
        with httpx.Client(trust_env=False) as client:
            while time.monotonic() < until:
                if self._process is None or self._process.poll() is not None:
                    break
                try:
                    if client.get(f"{self.url}/healthz").status_code == 200:
                        return
                except httpx.TransportError:
                    time.sleep(0.1)
        raise RuntimeError(f"Leadline did not start:\n{self.last_words()}")


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
