"""Django's WSGI application inside the asynchronous server: one hand-over per request.

The body is read by the event loop, so that a slow sender holds no thread; the thread gets the whole request
and gives the whole answer back.
"""

from __future__ import annotations

import asyncio
import contextvars
import io
import tempfile
from collections.abc import Awaitable, Callable, Iterator, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from typing import IO, Any, cast

from a2wsgi.wsgi import build_environ

from leadline.app.refusals import refuse

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
WsgiApp = Callable[..., Any]

MOST_BYTES = 64 * 1024 * 1024
IN_MEMORY = 1024 * 1024


class _Gone(Exception):
    """The client left before its request was complete."""


class _TooLarge(Exception):
    """The body is larger than any request of ours."""


class Bridge:
    """An ASGI application around a WSGI one, with a fixed number of threads."""

    def __init__(self, app: WsgiApp, *, threads: int) -> None:
        self._app = app
        self.pool = ThreadPoolExecutor(threads, thread_name_prefix="web")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            body = await _read(receive)
        except _TooLarge:
            await refuse(send, 413, "body_too_large", "The body is too large.")
            return
        except _Gone:
            return
        with body:
            await self._answer(scope, body, send)

    async def _answer(self, scope: Scope, body: IO[bytes], send: Send) -> None:
        loop = asyncio.get_running_loop()
        context = contextvars.copy_context()
        environ = cast("dict[str, Any]", build_environ(scope, body))  # type: ignore[arg-type]
        status, headers, first, rest = await loop.run_in_executor(
            self.pool, lambda: context.run(_call, self._app, environ)
        )
        await send({"type": "http.response.start", "status": status, "headers": headers})
        if rest is None:
            await send({"type": "http.response.body", "body": first})
            return
        chunks = rest.chunks
        try:
            chunk: bytes | None = first
            while chunk is not None:
                await send({"type": "http.response.body", "body": chunk, "more_body": True})
                chunk = await loop.run_in_executor(self.pool, lambda: context.run(next, chunks, None))
        finally:
            await loop.run_in_executor(self.pool, context.run, rest.close)
        await send({"type": "http.response.body", "body": b""})


class _Rest:
    """The part of a streamed answer that was not read yet."""

    def __init__(self, answer: Any, chunks: Iterator[bytes]) -> None:
        self.chunks = chunks
        self.close: Callable[[], None] = getattr(answer, "close", lambda: None)


def _call(
    app: WsgiApp, environ: dict[str, Any]
) -> tuple[int, list[tuple[bytes, bytes]], bytes, _Rest | None]:
    begun: list[Any] = []

    def start_response(status: str, headers: list[tuple[str, str]], exc_info: object = None) -> None:
        begun[:] = [status, headers]

    answer = app(environ, start_response)
    if getattr(answer, "streaming", False):
        chunks = iter(answer)
        body: bytes = next(chunks, b"")
        rest: _Rest | None = _Rest(answer, chunks)
    else:
        try:
            body, rest = b"".join(answer), None
        finally:
            getattr(answer, "close", lambda: None)()
    status, headers = begun
    raw = [(name.strip().lower().encode("latin1"), value.strip().encode("latin1")) for name, value in headers]
    return int(status.split(" ", 1)[0]), raw, body, rest


async def _read(receive: Receive) -> IO[bytes]:
    message = await receive()
    if message["type"] == "http.disconnect":
        raise _Gone
    if not message.get("more_body"):
        return io.BytesIO(message.get("body", b""))
    spool = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - the caller closes it
    size = 0
    while True:
        size += spool.write(message.get("body", b""))
        if size > MOST_BYTES:
            spool.close()
            raise _TooLarge
        if not message.get("more_body"):
            spool.seek(0)
            return spool
        message = await receive()
        if message["type"] == "http.disconnect":
            spool.close()
            raise _Gone
