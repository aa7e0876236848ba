"""The door that mail services knock at: verified on the raw bytes, stored before anything else."""

from __future__ import annotations

import logging

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from leadline.capture import actions, queries
from leadline.capture.models import Connection
from leadline.capture.ports import Item
from leadline.channels.email.mailbox import KEY
from leadline.channels.email.providers import provider_for, sns
from leadline.channels.email.providers.delivery import Cut, Delivery, Provider
from leadline.kit import clock
from leadline.kit.errors import Invalid, LeadlineError

log = logging.getLogger(__name__)

MAX_BODY_BYTES = 12 * 1024 * 1024
_SWITCHED_OFF = "This mailbox is switched off in Settings. Switch it on, then try again."


@csrf_exempt
@require_POST
def webhook(request: HttpRequest, token: str) -> HttpResponse:
    """Take a delivery; 2xx means stored, so it is never asked twice, and 5xx asks for another try."""
    connection = queries.connection_by_token(KEY, token)
    provider = provider_for(str(connection.settings.get("incoming"))) if connection else None
    if connection is None or provider is None:
        return _answer(404, "Unknown address.")
    raw = _body(request)
    if raw is None:
        return _answer(413, f"Send at most {MAX_BODY_BYTES} bytes.")
    headers = {name.lower(): value for name, value in request.headers.items()}
    delivery = Delivery(raw, headers.get("content-type", ""), headers)
    try:
        if not _is_genuine(provider, delivery, connection):
            return _refusal(provider, delivery)
        cuts = provider.cut(delivery)
    except sns.NoCertificate as problem:
        return _answer(503, f"Amazon's certificate cannot be fetched now: {problem}")
    except Invalid as problem:
        return _answer(400, problem.detail)
    except LeadlineError:
        log.error("the secrets of mailbox %s cannot be read", connection.id)
        return _answer(403, "This mailbox must be set up again.")
    if not _confirmed(provider, delivery):
        return _answer(503, "The subscription cannot be confirmed now.")
    _store(connection, cuts, headers.get("user-agent", ""))
    return _answer(200, "ok")


def _is_genuine(provider: Provider, delivery: Delivery, connection: Connection) -> bool:
    chosen = {name: str(value) for name, value in connection.settings.items() if isinstance(value, str)}
    return provider.is_genuine(delivery, queries.secrets_of(connection), chosen, clock.now())


def _refusal(provider: Provider, delivery: Delivery) -> HttpResponse:
    response = _answer(403, "Wrong signature.")
    if provider.key in {"postmark", "ses"} and "authorization" not in delivery.headers:
        # Basic authentication is only sent after it was asked for.
        response.status_code = 401
        response.headers["WWW-Authenticate"] = 'Basic realm="mail"'
    return response


def _confirmed(provider: Provider, delivery: Delivery) -> bool:
    if provider.key != "ses":
        return True
    body = delivery.json
    if not isinstance(body, dict) or body.get("Type") != "SubscriptionConfirmation":
        return True
    return sns.confirm(body)


def _body(request: HttpRequest) -> bytes | None:
    try:
        if int(request.headers.get("Content-Length") or 0) > MAX_BODY_BYTES:
            return None
        raw = request.body
    except (RequestDataTooBig, UnreadablePostError, ValueError):
        return None
    return raw if len(raw) <= MAX_BODY_BYTES else None


def _store(connection: Connection, cuts: list[Cut], agent: str) -> None:
    off = "" if connection.enabled else _SWITCHED_OFF
    items = [
        Item(
            natural_key=cut.natural_key,
            body=cut.body,
            headers={"User-Agent": agent} if agent else {},
            content_type=cut.content_type,
            quarantine=cut.spam or off,
            spam=bool(cut.spam),
        )
        for cut in cuts
    ]
    actions.store(connection.workspace_id, [(connection, items)])


def _answer(status: int, text: str) -> HttpResponse:
    return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")
