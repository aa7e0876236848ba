"""The web process: one event loop for the connections, threads for Django."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import threading
import warnings

from granian.constants import HTTPModes, Interfaces
from granian.server.embed import Server

# Streams stay open for hours: as many connections as that, of which few are at work.
MOST_CONNECTIONS = 4096
PATIENCE = 8.0


async def serve(host: str, port: int, *, stopping: asyncio.Event) -> None:
    """Answer requests until `stopping` is set; raises when the port cannot be used."""
    from leadline.app.asgi import app

    # Granian calls its embedded form experimental; the version is pinned and our tests run on it.
    logging.getLogger("_granian").setLevel(logging.ERROR)
    server = Server(
        app,
        address=host,
        port=port,
        interface=Interfaces.ASGI,
        http=HTTPModes.auto,
        websockets=False,
        backlog=1024,
        backpressure=MOST_CONNECTIONS,
        log_enabled=False,
    )
    serving = asyncio.ensure_future(server.serve())
    waiting = asyncio.ensure_future(stopping.wait())
    await asyncio.wait([serving, waiting], return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    if not serving.done():
        server.stop()  # type: ignore[no-untyped-call]
        with contextlib.suppress(asyncio.TimeoutError):
            await asyncio.wait_for(serving, PATIENCE)
        return
    serving.result()
    raise RuntimeError(f"The web server stopped by itself on {host}:{port}.")


def run(host: str, port: int) -> None:
    """Be the web process until SIGTERM."""
    warnings.filterwarnings("ignore", module="granian")

    async def until_told() -> None:
        stopping = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, stopping.set)
        await serve(host, port, stopping=stopping)

    asyncio.run(until_told())


class InThread:
    """The web server on a thread of its own, for tests that speak to it over the wire."""

    def __init__(self, host: str, port: int) -> None:
        self._loop = asyncio.new_event_loop()
        self._stopping = asyncio.Event()
        self._thread = threading.Thread(
            target=self._loop.run_until_complete,
            args=(serve(host, port, stopping=self._stopping),),
            name="web-server",
            daemon=True,
        )
        self._thread.start()

    def stop(self) -> None:
        """End it and wait until it has ended."""
        self._loop.call_soon_threadsafe(self._stopping.set)
        self._thread.join(PATIENCE + 2)
