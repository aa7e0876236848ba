"""A real Leadline in a folder of its own: started by its command, set up through its API."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bench.wire import Wire, request

ROOT = Path(__file__).resolve().parents[1]
PASSWORD = "correct-horse-battery"  # noqa: S105 - of a database that lives for a minute
_COMPANY = {
    "company": "Acme",
    "country": "IL",
    "language": "en",
    "timezone": "Asia/Jerusalem",
    "currency": "ILS",
    "phone_region": "IL",
    "name": "Ola Owner",
    "email": "ola@example.com",
    "password": PASSWORD,
}
_REPS = ("Rita", "Omer", "Noa", "Dan")
_SCOPES = ("leads:read", "leads:write", "leads:delete", "messages:send", "settings:read", "settings:write",
           "capture:read", "capture:write", "automations:write", "members:write", "audit:read")  # fmt: skip


class House:
    """A running server with a workspace, four reps and an API key."""

    def __init__(self) -> None:
        self.home = Path(tempfile.mkdtemp(prefix="leadline-bench-", dir="/tmp"))
        self.home.chmod(0o711)
        self.port = _free_port()
        self.token = ""
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> float:
        """Start the server; the seconds until it answered its first page and the API."""
        began = time.perf_counter()
        env = {**os.environ, "LEADLINE_HOME": str(self.home), "LEADLINE_PORT": str(self.port)}
        env |= {
            "LEADLINE_API_RATE": "1000000",
            "LEADLINE_API_BURST": "1000000",
            "LEADLINE_LOG_LEVEL": "WARNING",
        }
        env.pop("DATABASE_URL", None)
        command = [str(Path(sys.executable).with_name("leadline")), "serve"]
        log = (self.home / "bench.log").open("ab")
        self._process = subprocess.Popen(command, env=env, stdout=log, stderr=log, cwd=self.home)
        while time.perf_counter() - began < 120:
            if self._process.poll() is not None:
                raise RuntimeError(f"The server ended:\n{(self.home / 'bench.log').read_text()}")
            if self._answers("/") and self._answers("/api/v1/start"):
                return time.perf_counter() - began
            time.sleep(0.02)
        raise RuntimeError("The server did not answer within two minutes.")

    def stop(self) -> None:
        """Stop the server; its folder stays."""
        if self._process is not None:
            self._process.send_signal(signal.SIGTERM)
            self._process.wait(60)
            self._process = None

    def remove(self) -> None:
        """Stop the server and remove everything."""
        self.stop()
        shutil.rmtree(self.home, ignore_errors=True)

    def set_up(self) -> None:
        """The first-run page, a team of four reps, and a key with every right."""
        browser = Browser(self.port)
        self.workspace = browser.ask("POST", "/api/v1/start", _COMPANY)
        team = browser.ask("POST", "/api/v1/teams", {"name": "North", "member_ids": []})
        for name in _REPS:
            asked = {
                "email": f"{name.lower()}@example.com",
                "name": name,
                "role": "rep",
                "team_ids": [team["id"]],
            }
            link = browser.ask("POST", "/api/v1/invitations", asked)["link"]
            token = link.rsplit("token=", 1)[-1] if "token=" in link else link.rstrip("/").rsplit("/", 1)[-1]
            joining = {"token": token, "name": name, "password": PASSWORD}
            Browser(self.port).ask("POST", "/api/v1/invitation/acceptances", joining)
        self.token = browser.ask("POST", "/api/v1/api-keys", {"name": "bench", "scopes": _SCOPES})["token"]

    def ask(self, method: str, path: str, body: object = None) -> Any:
        """One request with the key; the JSON of its answer."""
        wire = Wire(self.port)
        answer = wire.ask(self.request(method, path, body))
        wire.close()
        if answer.status >= 300:
            raise RuntimeError(f"{method} {path}: {answer.status} {answer.body[:500]!r}")
        return answer.json()

    def upload(self, path: str, content: bytes, kind: str) -> Any:
        """Send a file with the key; the JSON of the answer."""
        wire = Wire(self.port)
        bearer = {"Authorization": f"Bearer {self.token}"}
        answer = wire.ask(request("POST", path, body=content, headers=bearer, kind=kind))
        wire.close()
        if answer.status >= 300:
            raise RuntimeError(f"POST {path}: {answer.status} {answer.body[:500]!r}")
        return answer.json()

    def request(self, method: str, path: str, body: object = None) -> bytes:
        """The bytes of a request with the key."""
        bearer = {"Authorization": f"Bearer {self.token}"}
        return request(method, path, body=b"" if body is None else body, headers=bearer)

    @property
    def pid(self) -> int:
        """The process at the head of the server."""
        assert self._process is not None
        return self._process.pid

    def database_url(self, *, superuser: bool = False) -> str:
        """How to reach the embedded database, as the tables' owner or as the superuser."""
        from urllib.parse import quote

        from leadline.infra.postgres import running_connection
        from leadline.infra.postgres.cluster import SUPERUSER

        reached = running_connection(self.home)
        assert reached is not None
        if not superuser:
            return reached.url()
        secret = (self.home / "postgres" / "superuser-password").read_text().strip()
        where = f"host={quote(reached.host, safe='')}&port={reached.port}"
        return f"postgresql://{SUPERUSER}:{quote(secret, safe='')}@/leadline?{where}"

    def _answers(self, path: str) -> bool:
        try:
            wire = Wire(self.port)
            answer = wire.ask(request("GET", path))
            wire.close()
        except OSError:
            return False
        return answer.status == 200


class Browser:
    """A session with its cookies, for what only people may do."""

    def __init__(self, port: int) -> None:
        self._wire = Wire(port)
        self._cookies: dict[str, str] = {}

    def ask(self, method: str, path: str, body: object) -> Any:
        """One request of the session; the JSON of its answer."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        headers |= {"X-CSRFToken": self._cookies.get("csrftoken", ""), "Origin": "http://localhost"}
        if not self._cookies:
            headers = {}
        answer = self._wire.ask(request(method, path, body=body, headers=headers))
        if answer.status >= 300:
            raise RuntimeError(f"{method} {path}: {answer.status} {answer.body[:500]!r}")
        for line in answer.headers.decode("latin1").split("\r\n"):
            name, _, value = line.partition(":")
            if name.lower() == "set-cookie":
                key, _, cookie = value.strip().split(";", 1)[0].partition("=")
                self._cookies[key] = cookie
        return json.loads(answer.body)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
