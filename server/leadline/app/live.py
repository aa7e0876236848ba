"""GET /api/v1/live: who is listening, and the stream's life on the wire."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import Executor
from contextlib import aclosing, suppress
from importlib import import_module
from io import BytesIO
from typing import TypeVar

from django.conf import settings
from django.core.handlers.asgi import ASGIRequest
from django.db import close_old_connections

from leadline.app.bridge import Receive, Scope, Send
from leadline.app.refusals import refuse
from leadline.infra.live.changes import Change
from leadline.infra.live.feed import Feed, TooManyListeners, missed
from leadline.infra.live.stream import stream
from leadline.infra.live.visibility import Viewer
from leadline.kit.errors import Unauthorized
from leadline.workspaces import door
from leadline.workspaces.rules import Scope as Reach

PATH = "/api/v1/live"
R = TypeVar("R")


class Live:
    """The live stream's door; logins are checked on the web threads, the streams hold none."""

    def __init__(self, feed: Feed, pool: Executor) -> None:
        self._feed = feed
        self._pool = pool

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] != "GET":
            await refuse(send, 405, "method_not_allowed", "The live stream is read with GET.")
            return
        viewer = await self._in_thread(lambda: viewer_of(scope))
        if viewer is None:
            await refuse(send, 401, "unauthorized", "Sign in, or send a valid API key.")
            return
        last = _last_event_id(scope)

        async def missed_since() -> Sequence[Change] | None:
            return await self._in_thread(lambda: missed(viewer, last or 0))

        async def still_allowed() -> bool:
            return await self._in_thread(lambda: viewer_of(scope)) == viewer

        told = stream(self._feed, viewer, missed=missed_since if last else None, still_allowed=still_allowed)
        async with aclosing(told):
            try:
                first = await anext(told)
            except TooManyListeners:
                detail = "You have too many open windows of Leadline. Close some of them."
                await refuse(send, 429, "too_many_listeners", detail, retry_after=30)
                return
            await send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
            await send({"type": "http.response.body", "body": first, "more_body": True})
            await _until_gone(receive, self._pass_on(told, send))

    async def _pass_on(self, told: object, send: Send) -> None:
        async for text in told:  # type: ignore[attr-defined]
            await send({"type": "http.response.body", "body": text, "more_body": True})
        await send({"type": "http.response.body", "body": b""})

    async def _in_thread(self, work: Callable[[], R]) -> R:
        def do() -> R:
            close_old_connections()
            return work()

        return await asyncio.get_running_loop().run_in_executor(self._pool, do)


_HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
]


def viewer_of(scope: Scope) -> Viewer | None:
    """The member behind the request's session or API key, as of now."""
    request = ASGIRequest(dict(scope), BytesIO())
    sessions = import_module(settings.SESSION_ENGINE)
    request.session = sessions.SessionStore(request.COOKIES.get(settings.SESSION_COOKIE_NAME))
    with suppress(Unauthorized):
        actor = door.actor_of(request)
        if actor is not None:
            return Viewer(
                workspace_id=actor.workspace_id,
                member_id=actor.member_id,
                team_ids=actor.team_ids,
                sees_all=actor.scope is Reach.ALL,
                actor=actor,
            )
    return None


def _last_event_id(scope: Scope) -> int | None:
    for name, value in scope["headers"]:
        if name == b"last-event-id" and value.isdigit() and len(value) < 19:
            return int(value)
    return None


async def _until_gone(receive: Receive, work: Awaitable[None]) -> None:
    """Let the work go on until it ends or the client leaves."""

    async def watch() -> None:
        while (await receive())["type"] != "http.disconnect":
            pass

    tasks = [asyncio.ensure_future(work), asyncio.ensure_future(watch())]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
