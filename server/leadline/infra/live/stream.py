"""One open stream of server-sent events; it holds no thread while nothing happens."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import suppress

from leadline.infra.live.changes import Change
from leadline.infra.live.feed import Feed, Listener
from leadline.infra.live.visibility import Viewer

PING = 15.0
RECHECK = 60.0
RECONNECT_MS = 2000
LONGEST_QUEUE = 500

Missed = Callable[[], Awaitable[Sequence[Change] | None]]
StillAllowed = Callable[[], Awaitable[bool]]


async def stream(
    feed: Feed, viewer: Viewer, *, missed: Missed | None, still_allowed: StillAllowed
) -> AsyncGenerator[bytes, None]:
    """Everything the viewer is told, from now or from what was missed; ends when the login does.

    A browser that does not keep up is sent away; it comes back and is told to look again.
    """
    inbox = _Inbox(viewer)
    feed.add(inbox)
    try:
        yield f"retry: {RECONNECT_MS}\n: welcome\n\n".encode()
        if missed is not None:
            yield _text(await missed() or ())
        checked = inbox.loop.time()
        while not inbox.overflown:
            changes = await inbox.next()
            yield _text(changes) or b": ping\n\n"
            if inbox.loop.time() - checked > RECHECK:
                checked = inbox.loop.time()
                if not await still_allowed():
                    return
    finally:
        feed.remove(inbox)


class _Inbox(Listener):
    """What the feed's thread delivered and the event loop has not sent yet."""

    def __init__(self, viewer: Viewer) -> None:
        super().__init__(viewer, self._from_thread)
        self.loop = asyncio.get_running_loop()
        self.overflown = False
        self._arrived: asyncio.Queue[Sequence[Change]] = asyncio.Queue()

    async def next(self) -> Sequence[Change]:
        """The next changes; none after a quiet while."""
        try:
            return await asyncio.wait_for(self._arrived.get(), PING)
        except TimeoutError:
            return ()

    def _from_thread(self, changes: Sequence[Change]) -> None:
        with suppress(RuntimeError):  # the loop ended meanwhile
            self.loop.call_soon_threadsafe(self._accept, changes)

    def _accept(self, changes: Sequence[Change]) -> None:
        self.overflown = self.overflown or self._arrived.qsize() >= LONGEST_QUEUE
        if not self.overflown:
            self._arrived.put_nowait(changes)


def _text(changes: Sequence[Change]) -> bytes:
    return b"".join(change.as_text() for change in changes)
