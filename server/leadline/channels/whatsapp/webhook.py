"""The door that WhatsApp knocks at: the handshake, and deliveries stored before anything else."""

from __future__ import annotations

import logging

from django.core.exceptions import RequestDataTooBig
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from leadline.capture import actions, queries
from leadline.capture.models import Connection
from leadline.capture.ports import Item
from leadline.capture.queries import OpenDoor
from leadline.channels.whatsapp import inbound
from leadline.channels.whatsapp.inbound import MAX_BODY_BYTES, Cut
from leadline.infra import tenancy
from leadline.kit import signing
from leadline.kit.errors import Invalid, LeadlineError
from leadline.kit.sentences import word

log = logging.getLogger(__name__)

KEY = "whatsapp"
_SWITCHED_OFF = word("This WhatsApp number is switched off in Settings. Switch it on, then try again.")


@csrf_exempt
@require_http_methods(["GET", "POST"])
def webhook(request: HttpRequest, token: str) -> HttpResponse:
    """GET proves that the address is ours; POST delivers. 2xx means stored, so it is never asked twice."""
    if request.method == "POST" and (stored := _through_known_door(request, token)) is not None:
        return stored
    try:
        door = queries.look_up_door(KEY, token)
    except LeadlineError:
        log.error("the secrets of a whatsapp connection cannot be read")
        return _answer(403, "This connection must be set up again.")
    if door is None:
        return _answer(404, "Unknown address.")
    if request.method == "GET":
        return _handshake(request, door.secrets.get("verify_token", ""))
    try:
        return _delivery(request, door)
    except actions.DoorChanged:
        return _answer(503, "Please deliver this again.")


def _handshake(request: HttpRequest, verify_token: str) -> HttpResponse:
    given = request.GET.get("hub.verify_token", "")
    if request.GET.get("hub.mode") == "subscribe" and verify_token and signing.equal(given, verify_token):
        return _answer(200, request.GET.get("hub.challenge", ""))
    return _answer(403, "Wrong verify token.")


def _through_known_door(request: HttpRequest, token: str) -> HttpResponse | None:
    """The answer to a delivery that was stored; whatever else it is, the door as it is now decides."""
    door = queries.known_door(KEY, token)
    if door is None:
        return None
    try:
        answer = _delivery(request, door)
    except (actions.DoorChanged, OperationalError):
        # The database may have been away for a moment; storing a second time changes nothing.
        return None
    return answer if answer.status_code == 200 else None


def _delivery(request: HttpRequest, door: OpenDoor) -> HttpResponse:
    raw = _body(request)
    if raw is None:
        return _answer(413, f"Send at most {MAX_BODY_BYTES} bytes.")
    app_secret = door.secrets.get("app_secret", "")
    if not inbound.verified(raw, request.headers.get("X-Hub-Signature-256"), app_secret):
        return _answer(403, "Wrong signature.")
    try:
        cuts = inbound.cut(raw)
    except Invalid as problem:
        return _answer(400, problem.detail)
    _store(request, door.connection, cuts)
    return _answer(200, "ok")


def _body(request: HttpRequest) -> bytes | None:
    try:
        if int(request.headers.get("Content-Length") or 0) > MAX_BODY_BYTES:
            return None
        raw = request.body
    except (RequestDataTooBig, UnreadablePostError, ValueError):
        return None
    return raw if len(raw) <= MAX_BODY_BYTES else None


def _store(request: HttpRequest, connection: Connection, cuts: list[Cut]) -> None:
    kept = {name: request.headers[name] for name in ("User-Agent",) if name in request.headers}
    content_type = request.headers.get("Content-Type", "")
    by_door: dict[Connection, list[Item]] = {}
    for one in cuts:
        door = _door(connection, one.phone_number_id)
        item = Item(
            natural_key=one.natural_key,
            body=one.body,
            headers=kept,
            content_type=content_type,
            quarantine="" if door.enabled else _SWITCHED_OFF,
        )
        by_door.setdefault(door, []).append(item)
    actions.store(connection.workspace_id, list(by_door.items()), through=connection)


def _door(connection: Connection, phone_number_id: str) -> Connection:
    """One app has one address for all its numbers: each item belongs to the number it names."""
    if not phone_number_id or connection.settings.get("phone_number_id") == phone_number_id:
        return connection
    with tenancy.workspace(connection.workspace_id):
        rows = Connection.objects.filter(channel=KEY, closed_at=None)
        named = rows.filter(settings__phone_number_id=phone_number_id).first()
    # A number we do not know is still somebody who wrote to us.
    return named or connection


def _answer(status: int, text: str) -> HttpResponse:
    return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")
