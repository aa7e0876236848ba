"""The webhook of form tools and automation services: verify, store, answer; understanding comes later."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from leadline.capture import actions as capture
from leadline.capture import queries as doors
from leadline.capture.models import Connection
from leadline.capture.ports import Item
from leadline.channels.webforms import bodies, signatures, tools
from leadline.channels.webforms.adapters import FORM_HOOK
from leadline.channels.webforms.posts import BodyTooLarge, answer, kept_headers, raw_body, refusal
from leadline.infra import tenancy
from leadline.kit import clock
from leadline.kit.errors import LeadlineError
from leadline.kit.sentences import word

SWITCHED_OFF = word("This connection is switched off.")
_WRONG_SIGNATURE = word("A delivery with a wrong or missing signature was refused.")
SECRET = "signing_secret"  # noqa: S105 - its name


@csrf_exempt
def receive(request: HttpRequest, token: str = "") -> HttpResponse:
    """Store one delivery of a form tool. Never 404 or 410: some tools switch the hook off for good then."""
    if request.method in ("GET", "HEAD"):
        return answer({"ok": True, "detail": "Post the form here."})
    if request.method != "POST":
        return refusal(405, "method_not_allowed", "Send the form with POST.")
    token = token or request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
    connection = doors.connection_by_token(FORM_HOOK, token) if token else None
    if connection is None:
        return refusal(403, "unknown_address", "This address is not known. Copy it again from the settings.")
    try:
        raw = raw_body(request)
    except BodyTooLarge:
        return refusal(413, "body_too_large", f"Send at most {bodies.MAX_BYTES} bytes.")
    if not _is_genuine(connection, request.headers, raw):
        with tenancy.workspace(connection.workspace_id):
            capture.note_error(connection, _WRONG_SIGNATURE)
        return refusal(401, "wrong_signature", "The signature is missing or wrong. Check the signing secret.")
    if not raw.strip():
        return answer({"ok": True, "received": 0})
    return _store(request, connection, raw)


def _store(request: HttpRequest, connection: Connection, raw: bytes) -> HttpResponse:
    kind = request.headers.get("Content-Type", "")
    item = Item(
        natural_key=_natural_key(connection, raw, kind),
        body=raw,
        headers=kept_headers(request),
        content_type=kind,
        quarantine="" if connection.enabled else SWITCHED_OFF,
    )
    return answer({"ok": True, "received": len(capture.receive(connection, [item]))})


def _is_genuine(connection: Connection, headers: Mapping[str, str], raw: bytes) -> bool:
    secret = doors.secrets_of(connection).get(SECRET, "")
    tool = str(connection.settings.get("tool", "auto"))
    # The token in the address lets in whoever knows it; a secret, once set, has to be proven as well.
    return not secret or signatures.is_genuine(tool, secret, headers, raw, clock.now())


def _natural_key(connection: Connection, raw: bytes, kind: str) -> str:
    """The tool's own id; without one the same bytes count once a day."""
    try:
        tool, filled = tools.read(bodies.read(raw, kind), str(connection.settings.get("tool", "auto")))
    except LeadlineError:
        # It cannot be read; it is stored all the same and the quarantine says why.
        tool, filled = "unreadable", []
    if len(filled) == 1 and filled[0].key:
        return f"{connection.id}:{tool}:{filled[0].key}"
    return f"{connection.id}:{hashlib.sha256(raw).hexdigest()}:{clock.now():%Y-%m-%d}"
