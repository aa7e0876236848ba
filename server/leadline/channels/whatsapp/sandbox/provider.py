"""The Graph API of the sandbox: the same addresses below /sandbox/whatsapp/graph, tokens and errors."""

from __future__ import annotations

import threading
from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from leadline.channels.whatsapp import graph
from leadline.channels.whatsapp.models import SandboxNumber
from leadline.channels.whatsapp.reading import as_dict, as_text
from leadline.channels.whatsapp.sandbox import people, sends
from leadline.channels.whatsapp.sandbox.refusals import answer, refusal
from leadline.channels.whatsapp.sandbox.starting import as_listed
from leadline.infra import tenancy
from leadline.kit import json, signing
from leadline.kit.errors import Invalid

SLOW_SECONDS = 6.0
_slow = threading.Event()


@csrf_exempt
def provider(request: HttpRequest, version: str, path: str) -> HttpResponse:
    """Answer one call as the provider would."""
    number = _number(request)
    if number is None:
        return refusal(190)
    fault = number.fault if request.method == "POST" and path.endswith("/messages") else ""
    refused = _FAULTS[fault]() if fault in _FAULTS else None
    if refused is not None:
        return refused
    with tenancy.workspace(number.workspace_id):
        response = _route(request, number, version, path.strip("/"))
        if response.status_code >= 400:
            transaction.set_rollback(True)
    if fault == "lost_answer" and response.status_code == 200:
        # The message is taken, but the caller never learns it.
        return HttpResponse(b"", status=504)
    return response


def _number(request: HttpRequest) -> SandboxNumber | None:
    token = request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
    if not token:
        return None
    with tenancy.everywhere():
        return SandboxNumber.objects.filter(token_digest=signing.token_digest(token)).first()


def _wait() -> HttpResponse | None:
    # Nobody ever sets it, so waiting for it is a pause.
    _slow.wait(SLOW_SECONDS)
    return None


_FAULTS: dict[str, Callable[[], HttpResponse | None]] = {
    "429": lambda: refusal(130429, "Cloud API message throughput has been reached."),
    "pair_rate": lambda: refusal(131056, "Too many messages to the same phone number in a short time."),
    "5xx": lambda: refusal(131000, "Message failed to send due to an unknown error."),
    "expired": lambda: refusal(190),
    "not_on_whatsapp": lambda: refusal(131026, "Message Undeliverable."),
    "slow": _wait,
}


def _route(request: HttpRequest, number: SandboxNumber, version: str, path: str) -> HttpResponse:
    if request.method == "POST":
        return _post(request, number, path)
    if path == number.phone_number_id:
        return answer(
            {
                "id": number.phone_number_id,
                "display_phone_number": "+" + number.display_phone,
                "verified_name": "Sandbox",
                "quality_rating": "GREEN",
            }
        )
    if path == f"{number.business_account_id}/message_templates":
        return answer({"data": [as_listed(t) for t in number.templates.order_by("name", "language")]})
    return _media(number, version, path)


def _post(request: HttpRequest, number: SandboxNumber, path: str) -> HttpResponse:
    if path == f"{number.phone_number_id}/media":
        file = request.FILES.get("file")
        if file is None:
            return refusal(100, "file is missing")
        media = people.keep_media(
            number, file.name or "file", file.content_type or "application/octet-stream", file.read()
        )
        return answer({"id": media.media_id})
    if path != f"{number.phone_number_id}/messages":
        return refusal(100, f"Unknown path {path[:100]}")
    try:
        body = as_dict(json.loads(request.body))
    except Invalid as problem:
        return refusal(100, problem.detail)
    if body.get("messaging_product") != "whatsapp":
        return refusal(100, "messaging_product must be whatsapp")
    if body.get("status") == "read":
        return sends.mark_read(number, as_text(body.get("message_id")))
    return sends.send(number, body)


def _media(number: SandboxNumber, version: str, path: str) -> HttpResponse:
    media_id, _, rest = path.partition("/")
    media = number.media.filter(media_id=media_id).first()
    if media is None:
        return refusal(100, f"Object with ID '{path[:60]}' does not exist")
    if rest == "content":
        return HttpResponse(bytes(media.content), content_type=media.mime)
    return answer(
        {
            "url": f"{graph.sandbox_url()}/sandbox/whatsapp/graph/{version}/{media.media_id}/content",
            "mime_type": media.mime,
            "sha256": media.sha256,
            "file_size": len(media.content),
            "id": media.media_id,
            "messaging_product": "whatsapp",
        }
    )
