"""The web application: the live stream runs on the event loop, everything else in Django on threads."""

from __future__ import annotations

import os
from collections.abc import MutableMapping
from importlib import import_module
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leadline.app.settings")

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from leadline.app import disk
from leadline.app.bridge import Bridge, Receive, Scope, Send
from leadline.app.refusals import refuse

_django = Bridge(get_wsgi_application(), threads=settings.ENV.web_threads)

# All of the house is read before the first request: a broken room stops the start, not a visitor.
import_module(settings.ROOT_URLCONF)

from leadline.app import live, testclock  # noqa: E402 - after Django is set up
from leadline.infra import bell  # noqa: E402
from leadline.infra.live.feed import Feed  # noqa: E402

_disk = disk.Disk(settings.HOME)
_feed = Feed()
_live = live.Live(_feed, _django.pool)


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer one request, or follow the server's life."""
    if scope["type"] == "http":
        if _disk.refuses(scope["method"]):
            await refuse(send, 503, "disk_full", disk.DETAIL, retry_after=disk.RETRY_AFTER)
            return
        answer = _live if scope["path"] == live.PATH else _django
        await answer(scope, receive, _with_banner(send) if _disk.low() else send)
    elif scope["type"] == "lifespan":
        await _live_with_server(receive, send)


def _with_banner(send: Send) -> Send:
    async def marked(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message["headers"], disk.HEADER]}
        await send(message)

    return marked


async def _live_with_server(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            bell.start()
            testclock.follow()
            _feed.start()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
