"""A small HTTP client on raw sockets, light enough to share two cores with what it measures."""

from __future__ import annotations

import json
import socket
from collections.abc import Mapping
from typing import Any, NamedTuple


class Answer(NamedTuple):
    """A complete answer."""

    status: int
    headers: bytes
    body: bytes

    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)


class Wire:
    """One keep-alive connection."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._socket = self._connect()
        self._left = b""

    def ask(self, request: bytes) -> Answer:
        """Send a request and wait for its answer; a connection that the server has closed is opened anew."""
        try:
            self._socket.sendall(request)
            return self._read()
        except ConnectionError:
            self._socket, self._left = self._connect(), b""
            self._socket.sendall(request)
            return self._read()

    def close(self) -> None:
        """End the connection."""
        self._socket.close()

    def _connect(self) -> socket.socket:
        made = socket.create_connection(("127.0.0.1", self._port), timeout=60)
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return made

    def _read(self) -> Answer:
        data = self._left
        while (end := data.find(b"\r\n\r\n")) < 0:
            data += self._more()
        head, rest = data[:end].lower(), data[end + 4 :]
        status = int(head[9:12])
        if (at := head.find(b"content-length:")) >= 0:
            size = int(head[at + 15 :].split(b"\r\n", 1)[0])
            parts, got = [rest], len(rest)
            while got < size:
                parts.append(self._more())
                got += len(parts[-1])
            rest = b"".join(parts)
            self._left = rest[size:]
            return Answer(status, data[:end], rest[:size])
        if b"transfer-encoding: chunked" in head:
            return Answer(status, data[:end], self._chunks(rest))
        self._left = rest
        return Answer(status, data[:end], b"")

    def _chunks(self, data: bytes) -> bytes:
        body = b""
        while True:
            while (end := data.find(b"\r\n")) < 0:
                data += self._more()
            size = int(data[:end], 16)
            while len(data) < end + 4 + size:
                data += self._more()
            body += data[end + 2 : end + 2 + size]
            data = data[end + 4 + size :]
            if size == 0:
                self._left = data
                return body

    def _more(self) -> bytes:
        got = self._socket.recv(262_144)
        if not got:
            raise ConnectionResetError("the server closed the connection")
        return got


def request(
    method: str,
    path: str,
    *,
    body: object | bytes = b"",
    headers: Mapping[str, str] | None = None,
    kind: str = "application/json",
) -> bytes:
    """The bytes of a request."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    lines = [f"{method} {path} HTTP/1.1", "Host: localhost", f"Content-Length: {len(raw)}"]
    if raw:
        lines.append(f"Content-Type: {kind}")
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    return "\r\n".join([*lines, "", ""]).encode() + raw
