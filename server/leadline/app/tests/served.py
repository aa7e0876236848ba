"""The `leadline` command as people run it, in folders and on ports of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from contextlib import closing, suppress
from pathlib import Path

import httpx
import psutil

from leadline.infra.jobs.tests.works import wait_until

NOT_OURS = ("DATABASE_URL", "LEADLINE_TEST_DB", "LEADLINE_EMBEDDED_URL", "LEADLINE_SECRET_KEY")


class Served:
    """One `leadline serve` and what it says."""

    def __init__(self, home: Path, port: int) -> None:
        self.home, self.port = home, port
        self.log = (home / "said").open("wb+")
        self.process = subprocess.Popen(
            command("serve", "--port", str(port)), env=environment(home), stdout=self.log, stderr=self.log
        )

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def said(self) -> str:
        return (self.home / "said").read_text()

    def wait(self) -> None:
        """Until it is ready, or has ended."""
        wait_until(lambda: "is ready" in self.said or self.process.poll() is not None, seconds=60)

    def answers(self) -> bool:
        try:
            url = f"{self.address}/api/v1/start"
            return httpx.get(url, trust_env=False, timeout=2).status_code == 200
        except httpx.HTTPError:
            return False

    def children(self) -> list[psutil.Process]:
        return [*psutil.Process(self.process.pid).children(recursive=True)]

    def parts(self) -> list[psutil.Process]:
        """The web process and the worker."""
        return [one for one in psutil.Process(self.process.pid).children() if one.name() != "postgres"]

    def stop(self) -> int:
        """Stop it as an operator does; its exit code."""
        self.process.send_signal(signal.SIGTERM)
        # What the command gives its parts, and the last checkpoint of the database on a busy machine.
        return self.process.wait(60)

    def end(self) -> None:
        """Leave nothing of it, however the test ended."""
        left = self.children() if self.process.poll() is None else []
        self.process.kill()
        self.process.wait()
        self.log.close()
        wait_until(lambda: not alive(left))


def command(*words: str) -> list[str]:
    """The words that run one command."""
    return [sys.executable, "-m", "leadline.app.main", *words]


def environment(home: Path, **more: str) -> dict[str, str]:
    """The environment of a command that knows nothing of the tests' own database."""
    return {**{k: v for k, v in os.environ.items() if k not in NOT_OURS}, "LEADLINE_HOME": str(home), **more}


def run(home: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run one command to its end."""
    return subprocess.run(
        command(*words), env=environment(home, **more), capture_output=True, text=True, timeout=90
    )


def complaint(home: Path, *words: str, **more: str) -> str:
    """The one line of a command that cannot go on."""
    done = run(home, *words, **more)
    assert done.returncode == 1, done
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, done.stderr
    return lines[0].removeprefix("leadline: ")


def alive(processes: list[psutil.Process]) -> list[psutil.Process]:
    """Those that run; one that only waits for its parent's look does not."""
    running = []
    for one in processes:
        with suppress(psutil.NoSuchProcess):
            if one.is_running() and one.status() != psutil.STATUS_ZOMBIE:
                running.append(one)
    return running


def free_port() -> int:
    """A port that nobody uses now."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
