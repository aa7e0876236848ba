"""HTTP that stays inside the process."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from django.test import Client

from leadline.infra import http


@pytest.fixture(autouse=True)
def loopback(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Outgoing calls are answered by this very server, without a network; the paths called."""
    called: list[str] = []

    def call(method: str, url: str, *, timeout: float = 8, max_bytes: int = 0, **rest: Any) -> http.Answer:
        request = httpx.Request(method, url, **rest)
        request.read()
        called.append(urlsplit(url).path)
        headers = {k: v for k, v in request.headers.items() if k not in {"host", "content-length"}}
        kind = headers.get("content-type", "")
        response = Client().generic(
            method, urlsplit(url).path, request.content, content_type=kind, headers=headers
        )
        return http.Answer(response.status_code, dict(response.headers), response.content)

    monkeypatch.setattr(http, "call", call)
    return called
