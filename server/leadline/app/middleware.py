"""What happens to every request: security headers; the actor, one transaction, one remembered answer."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve

from leadline.app.problems import problem, problem_of
from leadline.infra import language, tenancy
from leadline.infra.throttle import Buckets
from leadline.infra.web import is_outside
from leadline.kit.errors import LeadlineError, TooMany
from leadline.workspaces import answers, audit, door
from leadline.workspaces.actor import Actor

GetResponse = Callable[[HttpRequest], HttpResponseBase]

_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "media-src 'self' blob:; font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'self'; "
    "form-action 'self'; frame-ancestors 'none'"
)
_SAFE = {"GET", "HEAD", "OPTIONS"}
_buckets = Buckets(per_second=settings.ENV.api_rate, burst=settings.ENV.api_burst)


class SecurityHeaders:
    """A strict content policy on every answer that has not set its own."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", _POLICY)
        response.headers.setdefault("Referrer-Policy", "strict-origin-when-cross-origin")
        response.headers.setdefault("Permissions-Policy", "geolocation=(), microphone=(), camera=(self)")
        response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        return response


class ActorRequests:
    """Requests below /api/v1 run as their actor, inside the workspace, in one transaction.

    An answer of 400 or more rolls everything back. A write with an Idempotency-Key is answered once.
    Operations that call other servers get no transaction, and are done again when asked again.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        audit.request_address.set(client_address(request))
        with language.speaking(language.accepted(request)):
            if not request.path.startswith("/api/v1/"):
                return self.get_response(request)
            try:
                return self._answer(request)
            except LeadlineError as error:
                return problem_of(error)

    def _answer(self, request: HttpRequest) -> HttpResponseBase:
        actor = door.actor_of(request)
        request.actor = actor  # type: ignore[attr-defined]
        if actor is None:
            return self.get_response(request)
        language.speak(actor.language)
        verdict = _buckets.take(str(actor.api_key_id or actor.member_id))
        if not verdict.allowed:
            raise TooMany("Too many requests. Slow down.", retry_after=verdict.retry_after)
        response = self._as(request, actor)
        response.headers["RateLimit-Limit"] = str(verdict.limit)
        response.headers["RateLimit-Remaining"] = str(verdict.remaining)
        response.headers["RateLimit-Reset"] = str(verdict.retry_after)
        return response

    def _as(self, request: HttpRequest, actor: Actor) -> HttpResponseBase:
        if request.method not in _SAFE and is_outside(_operation(request)):
            with tenancy.nowhere():
                return self.get_response(request)
        key = request.headers.get("Idempotency-Key", "")
        if key and request.method not in _SAFE:
            return self._once(request, actor, key)
        return self._inside(request, actor)

    def _inside(self, request: HttpRequest, actor: Actor) -> HttpResponseBase:
        with tenancy.workspace(actor.workspace_id):
            response = self.get_response(request)
            if response.status_code >= 400:
                transaction.set_rollback(True)
            return response

    def _once(self, request: HttpRequest, actor: Actor, key: str) -> HttpResponseBase:
        if len(key) > 200:
            return problem(
                422, "idempotency_key_too_long", "Use an Idempotency-Key of at most 200 characters."
            )
        print_of_request = hashlib.sha256(
            f"{request.method} {request.get_full_path()}\n".encode() + request.body
        ).hexdigest()
        with tenancy.workspace(actor.workspace_id):
            remembered = answers.begin(actor, key, print_of_request)
            if isinstance(remembered, HttpResponse):
                return remembered
            response: Any = self.get_response(request)
            if response.status_code >= 400 or response.streaming:
                transaction.set_rollback(True)
            else:
                answers.keep(remembered, response)
            return response  # type: ignore[no-any-return]


def _operation(request: HttpRequest) -> str | None:
    try:
        return resolve(request.path_info).url_name
    except Resolver404:
        return None


def client_address(request: HttpRequest) -> str | None:
    """The caller's address as the server saw it."""
    address = request.META.get("REMOTE_ADDR") or None
    return address if address and address != "unix" else None
