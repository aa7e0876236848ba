"""Call another server: bounded in time and size, no redirects, no private networks."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpx

from leadline.infra.http import addresses, deadline
from leadline.infra.http.circuit import Circuits
from leadline.kit import json

MAX_SECONDS = 10.0
NAME_LOOKED_UP_AGAIN = 30.0
MAX_BYTES = 5 * 1024 * 1024

circuits = Circuits()
_clients = threading.local()


class CallRefused(Exception):
    """The call was not made. With `retry_after` it may be in so many seconds: the host's circuit is open, or
    its name is not found now; without it the address is not allowed."""

    def __init__(self, detail: str, *, retry_after: float | None = None) -> None:
        self.detail = detail
        self.retry_after = retry_after
        super().__init__(detail)


class CallFailed(Exception):
    """No usable answer. `sent` is True when the request may have reached the other side."""

    def __init__(self, detail: str, *, sent: bool) -> None:
        self.detail = detail
        self.sent = sent
        super().__init__(detail)


@dataclass(frozen=True)
class Answer:
    """What the other side said."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def ok(self) -> bool:
        """A status of the 2xx family."""
        return 200 <= self.status < 300

    def json(self) -> Any:
        """The body as JSON; Invalid (a LeadlineError) when it is none."""
        return json.loads(self.body)


def call(
    method: str,
    url: str,
    *,
    headers: Mapping[str, str] | None = None,
    params: Mapping[str, str] | None = None,
    json: Any = None,
    data: Mapping[str, Any] | None = None,
    content: bytes | None = None,
    files: Mapping[str, Any] | None = None,
    timeout: float = 8.0,
    max_bytes: int = MAX_BYTES,
) -> Answer:
    """Make one call; any status is an answer. CallRefused when it was not made, CallFailed when no whole
    answer came within `timeout` (at most 10 s) and `max_bytes`. Never inside a database transaction."""
    host = urlsplit(url).netloc
    waiting = circuits.wait(host)
    if waiting:
        raise CallRefused(f"{host} does not answer at the moment.", retry_after=waiting)
    try:
        address = addresses.resolve(url)
    except addresses.Unreachable as error:
        raise CallRefused(str(error), retry_after=NAME_LOOKED_UP_AGAIN if error.for_now else None) from error
    request = _pinned(method, url, address, headers, params, json, data, content, files)
    try:
        answer = _exchange(request, min(timeout, MAX_SECONDS), max_bytes)
    except CallFailed:
        circuits.failed(host)
        raise
    if answer.status >= 500:
        circuits.failed(host)
    else:
        circuits.succeeded(host)
    return answer


def _client() -> httpx.Client:
    # One client per thread: connections are kept alive, and never shared between threads.
    if not hasattr(_clients, "client"):
        _clients.client = httpx.Client(
            follow_redirects=False, trust_env=False, transport=deadline.transport()
        )
    client: httpx.Client = _clients.client
    return client


def _pinned(
    method: str,
    url: str,
    address: str,
    headers: Mapping[str, str] | None,
    params: Mapping[str, str] | None,
    json_body: Any,
    data: Mapping[str, Any] | None,
    content: bytes | None,
    files: Mapping[str, Any] | None,
) -> httpx.Request:
    """The request to the checked address, under the name the caller wrote (Host header and TLS name)."""
    target = httpx.URL(url)
    request = _client().build_request(
        method,
        target.copy_with(host=address),
        headers={**(headers or {}), "Host": target.netloc.decode()},
        params=params,
        json=json_body,
        data=data,
        content=content,
        files=files,
    )
    request.extensions["sni_hostname"] = target.host
    return request


def _exchange(request: httpx.Request, timeout: float, max_bytes: int) -> Answer:
    began = time.monotonic()
    limits = httpx.Timeout(timeout, connect=min(timeout, 4.0))
    request.extensions["timeout"] = limits.as_dict()
    try:
        with deadline.until(began + timeout):
            response = _client().send(request, stream=True)
            try:
                body = _read(response, began + timeout, max_bytes)
            finally:
                response.close()
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
        raise CallFailed(f"Could not connect: {_reason(error)}.", sent=False) from error
    except httpx.HTTPError as error:
        raise CallFailed(f"No answer: {_reason(error)}.", sent=True) from error
    return Answer(response.status_code, dict(response.headers), body)


def _read(response: httpx.Response, deadline: float, max_bytes: int) -> bytes:
    parts: list[bytes] = []
    size = 0
    for part in response.iter_bytes():
        size += len(part)
        if size > max_bytes:
            raise CallFailed(f"The answer is larger than {max_bytes} bytes.", sent=True)
        # Each part may be in time while the whole never ends.
        if time.monotonic() > deadline:
            raise CallFailed("The answer takes too long.", sent=True)
        parts.append(part)
    return b"".join(parts)


def _reason(error: Exception) -> str:
    return str(error) or type(error).__name__
