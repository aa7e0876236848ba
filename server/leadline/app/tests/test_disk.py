"""A nearly full disk: Leadline can be read, takes nothing new, and goes on once there is room."""

from __future__ import annotations

import asyncio
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

import pytest

from leadline.app import asgi
from leadline.app.bridge import Receive, Scope, Send
from leadline.app.disk import HEADER, LOOK_EVERY, Disk
from leadline.infra.postgres.reserve import LOW, DiskState

ROOM = DiskState(free=LOW * 100, total=LOW * 200, reserve=0)
NO_ROOM = DiskState(free=LOW // 2, total=LOW * 200, reserve=0)


class Clockface:
    """A monotonic clock that the test moves."""

    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        return self.at


def answers(method: str) -> tuple[int, list[tuple[bytes, bytes]]]:
    """What the web application says to a request."""
    said: list[MutableMapping[str, Any]] = []

    async def receive() -> MutableMapping[str, Any]:
        return {"type": "http.request", "body": b""}

    async def send(message: MutableMapping[str, Any]) -> None:
        said.append(message)

    scope = {
        "type": "http",
        "method": method,
        "path": "/healthz",
        "query_string": b"",
        "headers": [(b"host", b"localhost")],
        "http_version": "1.1",
    }
    asyncio.run(asgi.app(scope, receive, send))
    return said[0]["status"], list(said[0]["headers"])


async def say_ok(scope: Scope, receive: Receive, send: Send) -> None:
    """The rest of the house, when it is asked."""
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"ok"})


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[DiskState]:
    """The disk of the data folder, as the test says it is."""
    states = [ROOM]
    monkeypatch.setattr("leadline.app.disk.LOOK_EVERY", 0.0)
    monkeypatch.setattr(asgi, "_django", say_ok)
    monkeypatch.setattr(asgi, "_disk", Disk(tmp_path, lambda _: states[-1]))
    return states


def test_with_room_nothing_is_refused(disk: list[DiskState]) -> None:
    assert answers("GET")[0] == answers("POST")[0] == 200
    assert HEADER not in answers("GET")[1]


def test_a_nearly_full_disk_can_be_read_and_takes_nothing_until_there_is_room(disk: list[DiskState]) -> None:
    disk.append(NO_ROOM)
    status, headers = answers("POST")
    assert status == 503
    assert (b"retry-after", b"10") in headers
    status, headers = answers("GET")
    assert status == 200
    assert HEADER in headers

    disk.append(ROOM)
    assert answers("POST")[0] == 200


def test_the_disk_is_not_asked_at_every_request(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    time, looks = Clockface(), []
    monkeypatch.setattr("leadline.app.disk.time.monotonic", time)

    def look(_: Path) -> DiskState:
        looks.append(time.at)
        return NO_ROOM

    watched = Disk(tmp_path, look)
    assert [watched.low() for _ in range(5)] == [True] * 5
    assert len(looks) == 1
    time.at += LOOK_EVERY
    assert watched.low()
    assert len(looks) == 2
