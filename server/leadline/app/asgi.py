"""The web application: the live stream runs on the event loop, everything else in Django on threads."""

from __future__ import annotations

import os
from importlib import import_module

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leadline.app.settings")

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from leadline.app.bridge import Bridge, Receive, Scope, Send

_django = Bridge(get_wsgi_application(), threads=settings.ENV.web_threads)

# All of the house is read before the first request: a broken room stops the start, not a visitor.
import_module(settings.ROOT_URLCONF)

from leadline.app import live, testclock  # noqa: E402 - after Django is set up
from leadline.infra import bell  # noqa: E402
from leadline.infra.live.feed import Feed  # noqa: E402

_feed = Feed()
_live = live.Live(_feed, _django.pool)


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer one request, or follow the server's life."""
    if scope["type"] == "http":
        answer = _live if scope["path"] == live.PATH else _django
        await answer(scope, receive, send)
    elif scope["type"] == "lifespan":
        await _live_with_server(receive, send)


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
