"""The door that Meta knocks at: the handshake, and deliveries stored before anything is fetched."""

from __future__ import annotations

import logging

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from leadline.ads.rules.settings import secret_for
from leadline.capture import actions, queries
from leadline.capture.models import Connection
from leadline.capture.ports import Item
from leadline.channels.meta_ads import inbound
from leadline.channels.meta_ads.access import KEY, connection_of_page, page_id_of
from leadline.channels.meta_ads.inbound import MAX_BODY_BYTES, Cut
from leadline.infra import tenancy
from leadline.infra.web import raw_body
from leadline.kit import signing
from leadline.kit.errors import Invalid, LeadlineError
from leadline.kit.sentences import word

log = logging.getLogger(__name__)

_WRONG_SIGNATURE = "A delivery with a wrong signature was refused. Check the secret of the app."
_SWITCHED_OFF = word("This connection is switched off in Settings. Switch it on, then try again.")


@csrf_exempt
@require_http_methods(["GET", "POST"])
def webhook(request: HttpRequest, token: str) -> HttpResponse:
    """GET proves that the address is ours; POST delivers. 2xx means stored, so it is never asked twice."""
    connection = queries.connection_by_token(KEY, token)
    if connection is None:
        return _answer(404, "Unknown address.")
    try:
        secrets = queries.secrets_of(connection)
    except LeadlineError:
        log.error("the secrets of connection %s cannot be read", connection.id)
        return _answer(403, "This connection must be set up again.")
    if request.method == "GET":
        return _handshake(request, secrets.get("verify_token", ""))
    return _delivery(request, connection, secret_for(connection.settings, secrets, "app_secret"))


def _handshake(request: HttpRequest, verify_token: str) -> HttpResponse:
    given = request.GET.get("hub.verify_token", "")
    if request.GET.get("hub.mode") == "subscribe" and verify_token and signing.equal(given, verify_token):
        return _answer(200, request.GET.get("hub.challenge", ""))
    return _answer(403, "Wrong verify token.")


def _delivery(request: HttpRequest, connection: Connection, app_secret: str) -> HttpResponse:
    raw = raw_body(request, MAX_BODY_BYTES)
    if raw is None:
        return _answer(413, f"Send at most {MAX_BODY_BYTES} bytes.")
    if not inbound.verified(raw, request.headers.get("X-Hub-Signature-256"), app_secret):
        with tenancy.workspace(connection.workspace_id):
            actions.note_error(connection, _WRONG_SIGNATURE)
        return _answer(403, "Wrong signature.")
    try:
        cuts = inbound.cut(raw)
    except Invalid as problem:
        return _answer(400, problem.detail)
    _store(request, connection, cuts)
    return _answer(200, "ok")


def _store(request: HttpRequest, connection: Connection, cuts: list[Cut]) -> None:
    kept = {name: request.headers[name] for name in ("User-Agent",) if name in request.headers}
    pages: dict[str, Connection] = {page_id_of(connection): connection}
    by_door: dict[Connection, list[Item]] = {}
    for one in cuts:
        # One app has one address for all its pages: each lead belongs to the page it names. A page that
        # we do not know stays here, and in quarantine, until it is connected.
        if one.page_id not in pages:
            pages[one.page_id] = connection_of_page(connection.workspace_id, one.page_id) or connection
        door = pages[one.page_id]
        item = Item(
            natural_key=one.natural_key,
            body=one.body,
            headers=kept,
            content_type=request.headers.get("Content-Type", ""),
            quarantine="" if door.enabled else _SWITCHED_OFF,
        )
        by_door.setdefault(door, []).append(item)
    actions.store(connection.workspace_id, list(by_door.items()))


def _answer(status: int, text: str) -> HttpResponse:
    return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")
