"""The door that LinkedIn knocks at: it asks every two hours whether the door is ours, and delivers."""

from __future__ import annotations

import logging

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from leadline.ads.rules.settings import secret_for
from leadline.capture import actions, queries
from leadline.capture.models import Connection
from leadline.capture.ports import Item
from leadline.channels.linkedin import inbound
from leadline.channels.linkedin.access import KEY
from leadline.channels.linkedin.inbound import MAX_BODY_BYTES
from leadline.infra import tenancy
from leadline.infra.web import raw_body
from leadline.kit.errors import Invalid, LeadlineError
from leadline.kit.sentences import word

log = logging.getLogger(__name__)

_LONGEST_CODE = 200
_WRONG_SIGNATURE = "A delivery with a wrong signature was refused. Check the secret of the app."
_SWITCHED_OFF = word("This connection is switched off in Settings. Switch it on, then try again.")
_CANNOT_PROVE = "LinkedIn asked whether the address is ours, but the client secret is missing. Enter it."


@csrf_exempt
@require_http_methods(["GET", "POST"])
def webhook(request: HttpRequest, token: str) -> HttpResponse:
    """GET answers a challenge; POST delivers. 2xx means stored, so it is never asked twice."""
    connection = queries.connection_by_token(KEY, token)
    if connection is None:
        return _answer(404, "Unknown address.")
    try:
        secret = secret_for(connection.settings, queries.secrets_of(connection), "client_secret")
    except LeadlineError:
        log.error("the secrets of connection %s cannot be read", connection.id)
        return _answer(403, "This connection must be set up again.")
    if request.method == "GET":
        return _challenge(request, connection, secret)
    return _delivery(request, connection, secret)


def _challenge(request: HttpRequest, connection: Connection, secret: str) -> HttpResponse:
    code = request.GET.get("challengeCode", "")
    if not code or len(code) > _LONGEST_CODE:
        return _answer(400, "There is no challenge.")
    if not secret:
        with tenancy.workspace(connection.workspace_id):
            actions.note_error(connection, _CANNOT_PROVE)
        return _answer(403, "The client secret is missing.")
    return JsonResponse(
        {"challengeCode": code, "challengeResponse": inbound.challenge_response(code, secret)}
    )


def _delivery(request: HttpRequest, connection: Connection, secret: str) -> HttpResponse:
    raw = raw_body(request, MAX_BODY_BYTES)
    if raw is None:
        return _answer(413, f"Send at most {MAX_BODY_BYTES} bytes.")
    if not inbound.verified(raw, request.headers.get("X-LI-Signature"), secret):
        with tenancy.workspace(connection.workspace_id):
            actions.note_error(connection, _WRONG_SIGNATURE)
        return _answer(403, "Wrong signature.")
    try:
        cuts = inbound.cut(raw)
    except Invalid as problem:
        return _answer(400, problem.detail)
    items = [
        Item(
            natural_key=key,
            body=body,
            content_type=request.headers.get("Content-Type", ""),
            quarantine="" if connection.enabled else _SWITCHED_OFF,
        )
        for key, body in cuts
    ]
    actions.store(connection.workspace_id, [(connection, items)])
    return _answer(200, "ok")


def _answer(status: int, text: str) -> HttpResponse:
    return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")
