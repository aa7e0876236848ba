"""Outgoing calls that stay inside the process, and providers that answer with what was recorded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from django.test import Client

from leadline.infra import http
from leadline.kit import json


@pytest.fixture
def loopback(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Outgoing calls are answered by this very server, without a network; the paths called."""
    called: list[str] = []

    def call(method: str, url: str, *, timeout: float = 8, max_bytes: int = 0, **rest: Any) -> http.Answer:
        request = httpx.Request(method, url, **rest)
        request.read()
        parts = urlsplit(url)
        called.append(parts.path)
        headers = {k: v for k, v in request.headers.items() if k not in {"host", "content-length"}}
        response = Client().generic(
            method,
            f"{parts.path}?{parts.query}",
            request.content,
            content_type=headers.get("content-type", ""),
            headers=headers,
        )
        return http.Answer(response.status_code, dict(response.headers), response.content)

    monkeypatch.setattr(http, "call", call)
    return called


class Recorded:
    """A provider that answers each path with what it is told to, in order; the last answer is repeated."""

    def __init__(self) -> None:
        self.answers: dict[str, list[http.Answer]] = {}
        self.asked: list[str] = []
        self.headers: dict[str, str] = {}

    def say(self, path: str, body: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> None:
        """The next answer to this path."""
        raw = body if isinstance(body, bytes) else json.dumps(body)
        self.answers.setdefault(path, []).append(http.Answer(status, dict(headers or {}), raw))

    def replay(self, path: str, sample: Mapping[str, Any]) -> None:
        """The next answer is that of a recorded call."""
        said = sample["response"]
        self.say(path, said["body"], said["status"], said.get("headers"))

    def call(self, method: str, url: str, **rest: Any) -> http.Answer:
        """Answer one call."""
        path = urlsplit(url).path
        self.asked.append(f"{method} {url}")
        self.headers = dict(rest.get("headers") or {})
        answers = self.answers.get(path)
        if not answers:
            raise http.CallFailed(f"Nobody answers at {path}.", sent=False)
        return answers.pop(0) if len(answers) > 1 else answers[0]


@pytest.fixture
def recorded(monkeypatch: pytest.MonkeyPatch) -> Recorded:
    """Every outgoing call is answered from recordings."""
    provider = Recorded()
    monkeypatch.setattr(http, "call", provider.call)
    return provider
