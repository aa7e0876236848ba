"""Connections that know when the whole call has to be over, not only each read of it."""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import httpcore
import httpx

_call = threading.local()


@contextmanager
def until(moment: float) -> Iterator[None]:
    """Inside the block no wait on this thread's connections lasts beyond that monotonic moment."""
    _call.until = moment
    try:
        yield
    finally:
        del _call.until


def transport() -> httpx.HTTPTransport:
    """A transport whose connections keep to `until`."""
    made = httpx.HTTPTransport(trust_env=False)
    # httpx has no public way to say this; its version is pinned, and a test drips headers at it.
    made._pool._network_backend = _Backend()
    return made


def _left(timeout: float | None, error: type[Exception]) -> float | None:
    moment = getattr(_call, "until", None)
    if moment is None:
        return timeout
    left = float(moment - time.monotonic())
    if left <= 0:
        raise error("The time for the whole call is over.")
    return left if timeout is None else min(timeout, left)


class _Backend(httpcore.NetworkBackend):
    def __init__(self) -> None:
        self._plain = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        left = _left(timeout, httpcore.ConnectTimeout)
        return _Stream(self._plain.connect_tcp(host, port, left, local_address, socket_options))


class _Stream(httpcore.NetworkStream):
    def __init__(self, plain: httpcore.NetworkStream) -> None:
        self._plain = plain

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._plain.read(max_bytes, _left(timeout, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._plain.write(buffer, _left(timeout, httpcore.WriteTimeout))

    def close(self) -> None:
        self._plain.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        left = _left(timeout, httpcore.ConnectTimeout)
        return _Stream(self._plain.start_tls(ssl_context, server_hostname, left))

    def get_extra_info(self, info: str) -> Any:
        return self._plain.get_extra_info(info)
