"""What happens to every request: security headers; the actor, one transaction, one remembered answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from leadline.app.problems import problem_of
from leadline.infra import language, tenancy
from leadline.infra.throttle import Buckets
from leadline.infra.web import is_outside
from leadline.kit.errors import LeadlineError, TooMany
from leadline.workspaces import answers, audit, door
from leadline.workspaces.actor import Actor

GetResponse = Callable[[HttpRequest], HttpResponseBase]
View = Callable[..., HttpResponseBase]
Operation = Callable[[], HttpResponseBase]

_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "media-src 'self' blob:; font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'self'; "
    "form-action 'self'; frame-ancestors 'none'"
)
_API = "/api/v1"
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
    Operations that call other servers, or that share a transaction with others, get none here; the former
    are done again when asked again.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        audit.request_address.set(client_address(request))
        with language.speaking(language.accepted(request)):
            return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, args: Sequence[Any], kwargs: Mapping[str, Any]
    ) -> HttpResponseBase | None:
        """Answer in place of the view, which runs inside; None for what is not part of the API."""
        if not request.path.startswith(_API + "/"):
            return None
        try:
            return self._answer(request, lambda: view(request, *args, **kwargs))
        except LeadlineError as error:
            return problem_of(error)

    def _answer(self, request: HttpRequest, operation: Operation) -> HttpResponseBase:
        actor = door.actor_of(request)
        request.actor = actor  # type: ignore[attr-defined]
        if actor is None:
            return operation()
        language.speak(actor.language, actor.zone)
        verdict = _buckets.take(str(actor.api_key_id or actor.member_id))
        if not verdict.allowed:
            raise TooMany("Too many requests. Slow down.", retry_after=verdict.retry_after)
        response = self._as(request, actor, operation)
        response.headers["RateLimit-Limit"] = str(verdict.limit)
        response.headers["RateLimit-Remaining"] = str(verdict.remaining)
        response.headers["RateLimit-Reset"] = str(verdict.retry_after)
        return response

    def _as(self, request: HttpRequest, actor: Actor, operation: Operation) -> HttpResponseBase:
        if request.method in _SAFE:
            return self._inside(actor, operation)
        if _is_outside(request):
            with tenancy.nowhere():
                return operation()
        asked = answers.asked_once(request)
        if asked is not None:
            return self._once(asked, actor, operation)
        return self._inside(actor, operation)

    def _inside(self, actor: Actor, operation: Operation) -> HttpResponseBase:
        with tenancy.workspace(actor.workspace_id):
            response = operation()
            if response.status_code >= 400:
                transaction.set_rollback(True)
            return response

    def _once(self, asked: answers.Asked, actor: Actor, operation: Operation) -> HttpResponseBase:
        with tenancy.workspace(actor.workspace_id):
            (remembered,) = answers.begin(actor, [asked])
            if isinstance(remembered, HttpResponse):
                return remembered
            if isinstance(remembered, LeadlineError):
                raise remembered
            response: Any = operation()
            if response.status_code >= 400 or response.streaming:
                transaction.set_rollback(True)
            else:
                answers.keep({remembered: response})
            return response  # type: ignore[no-any-return]


def _is_outside(request: HttpRequest) -> bool:
    found = request.resolver_match
    return is_outside(str(request.method), request.path.removeprefix(_API), found.url_name if found else None)


def client_address(request: HttpRequest) -> str | None:
    """The caller's address as the server saw it."""
    address = request.META.get("REMOTE_ADDR") or None
    return address if address and address != "unix" else None
