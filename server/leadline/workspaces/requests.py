"""The request as an api drawer sees it."""

from __future__ import annotations

from django.http import HttpRequest

from leadline.workspaces.actor import Actor


class ActorRequest(HttpRequest):
    """A request whose caller is known: `auth` is the actor."""

    auth: Actor
