"""The door that Google knocks at: its key is compared, the body is stored before anything else."""

from __future__ import annotations

import logging

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from leadline.ads.rules import record
from leadline.capture import actions, queries
from leadline.capture.models import Connection
from leadline.capture.ports import Item
from leadline.channels.google_ads import reading
from leadline.channels.google_ads.reading import KEY, MAX_BODY_BYTES
from leadline.infra import tenancy
from leadline.infra.web import raw_body
from leadline.kit import json
from leadline.kit.errors import Invalid, LeadlineError
from leadline.kit.sentences import word

log = logging.getLogger(__name__)

KEY_FIELD = "google_key"
_SWITCHED_OFF = word("This connection is switched off in Settings. Switch it on, then try again.")
_WRONG_KEY = "A delivery with a wrong key was refused. The key in the lead form must be the one shown here."


@csrf_exempt
@require_POST
def webhook(request: HttpRequest, token: str) -> HttpResponse:
    """200 means stored. What is refused is shown to the advertiser, and Google does not ask again."""
    connection = queries.connection_by_token(KEY, token)
    if connection is None:
        return _refusal(404, "This address is not known. Copy it again from Leadline's settings.")
    try:
        key = queries.secrets_of(connection).get(KEY_FIELD, "")
    except LeadlineError:
        log.error("the secrets of connection %s cannot be read", connection.id)
        return _refusal(403, "This connection must be set up again in Leadline.")
    raw = raw_body(request, MAX_BODY_BYTES)
    if raw is None:
        return _refusal(413, f"Send at most {MAX_BODY_BYTES} bytes.")
    try:
        body = record(json.loads(raw))
    except Invalid as problem:
        return _refusal(400, problem.detail)
    if not reading.has_key(body, key):
        with tenancy.workspace(connection.workspace_id):
            actions.note_error(connection, _WRONG_KEY)
        return _refusal(403, "The key is wrong. Copy it again from Leadline's settings.")
    item = Item(
        natural_key=reading.natural_key(body),
        body=raw,
        content_type=request.headers.get("Content-Type", ""),
        quarantine="" if connection.enabled else _SWITCHED_OFF,
    )
    _store(connection, item)
    return JsonResponse({})


def _store(connection: Connection, item: Item) -> None:
    actions.store(connection.workspace_id, [(connection, [item])])
    if connection.last_error:
        with tenancy.workspace(connection.workspace_id):
            actions.works(connection)


def _refusal(status: int, message: str) -> HttpResponse:
    return JsonResponse({"message": message}, status=status)
