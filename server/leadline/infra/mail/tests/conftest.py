"""A mail server of the tests' own."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from typing import Any

import pytest
from aiosmtpd.controller import Controller


class Postbox:
    """What a mail server was given, and what it says to the next mail."""

    def __init__(self) -> None:
        self.mails: list[Any] = []
        self.says = "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """One mail came."""
        if self.says == "hang up":
            self.mails.append(envelope)
            server.transport.abort()
            return ""
        if self.says.startswith("2"):
            self.mails.append(envelope)
        return self.says


@pytest.fixture
def postbox(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Postbox]:
    """A mail server runs, and is the configured one."""
    box = Postbox()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    monkeypatch.setattr(settings.ENV, "mail_url", f"smtp://127.0.0.1:{port}")
    yield box
    controller.stop()
