"""The door that TikTok knocks at: deliveries are verified and stored before anything else."""

from __future__ import annotations

import logging

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from leadline.ads.rules.settings import secret_for
from leadline.capture import actions, queries
from leadline.capture.models import Connection
from leadline.capture.ports import Item
from leadline.channels.tiktok import inbound
from leadline.channels.tiktok.inbound import HEADERS, KEY, MAX_BODY_BYTES, OPEN
from leadline.infra import tenancy
from leadline.infra.web import raw_body
from leadline.kit.errors import Invalid, LeadlineError
from leadline.kit.sentences import word

log = logging.getLogger(__name__)

_SWITCHED_OFF = word("This connection is switched off in Settings. Switch it on, then try again.")
_WRONG = (
    "A delivery with a wrong signature was refused. Check the app secret; if it is right, choose the other "
    "way of signing."
)


@csrf_exempt
@require_POST
def webhook(request: HttpRequest, token: str) -> HttpResponse:
    """2xx means stored, so that TikTok never asks twice."""
    connection = queries.connection_by_token(KEY, token)
    if connection is None:
        return _answer(404, "Unknown address.")
    try:
        secret = secret_for(connection.settings, queries.secrets_of(connection), "app_secret")
    except LeadlineError:
        log.error("the secrets of connection %s cannot be read", connection.id)
        return _answer(403, "This connection must be set up again.")
    raw = raw_body(request, MAX_BODY_BYTES)
    if raw is None:
        return _answer(413, f"Send at most {MAX_BODY_BYTES} bytes.")
    scheme = str(connection.settings.get("scheme") or OPEN)
    if not inbound.verified(scheme, raw, request.headers.get(HEADERS.get(scheme, "")), secret):
        with tenancy.workspace(connection.workspace_id):
            actions.note_error(connection, _WRONG)
        return _answer(403, "Wrong signature.")
    try:
        cuts = inbound.cut(raw)
    except Invalid as problem:
        return _answer(400, problem.detail)
    _store(request, connection, cuts)
    return _answer(200, "ok")


def _store(request: HttpRequest, connection: Connection, cuts: list[tuple[str, bytes]]) -> None:
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
    if connection.last_error:
        with tenancy.workspace(connection.workspace_id):
            actions.works(connection)


def _answer(status: int, text: str) -> HttpResponse:
    return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")
