"""LinkedIn's interface as the sandbox plays it: the same addresses, headers, tokens and errors."""

from __future__ import annotations

import re
import secrets
import threading
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from leadline.ads import queries
from leadline.ads.models import SandboxAccount
from leadline.ads.rules import record
from leadline.ads.rules.settings import SANDBOX_SIGNER
from leadline.capture import queries as capture
from leadline.capture.models import Connection
from leadline.channels.linkedin.access import KEY
from leadline.channels.linkedin.inbound import challenge_response
from leadline.channels.linkedin.sandbox import desk
from leadline.infra import http, tenancy
from leadline.infra.jobs import background
from leadline.kit import json
from leadline.kit.errors import Invalid

SLOW_SECONDS = 6.0
_slow = threading.Event()
_BETWEEN = re.compile(r"\(start:(\d{1,15}),end:(\d{1,15})\)")
_ERRORS = {
    "token": (401, "The token used in the request has expired"),
    "permission": (403, "Not enough permissions to access this resource"),
    "version": (426, "Requested version is not active"),
    "rate": (429, "Resource level throttle limit for calls to this resource is reached."),
    "passing": (500, "Internal Server Error"),
}


class NotValidated(Exception):
    """The webhook did not prove that it is ours; LinkedIn would block it."""


@csrf_exempt
def provider(request: HttpRequest, path: str) -> HttpResponse:
    """Answer one call as LinkedIn would."""
    token = request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
    account = queries.account_by_token(KEY, token)
    if account is None:
        return _refusal("token")
    if not request.headers.get("LinkedIn-Version", "").isdigit():
        return _refusal("version")
    if account.fault in _ERRORS:
        return _refusal(account.fault)
    if account.fault == "garbage":
        return HttpResponse(b"<html>", content_type="text/html")
    if account.fault == "slow":
        # Nobody ever sets it, so waiting for it is a pause.
        _slow.wait(SLOW_SECONDS)
    with tenancy.workspace(account.workspace_id):
        return _route(request, account, path.strip("/"))


@background(retries=3)
def challenge(*, workspace_id: str, connection_id: str) -> None:
    """Ask the webhook to prove that it is ours, as LinkedIn does before it delivers."""
    with tenancy.workspace(UUID(workspace_id)):
        connection = Connection.objects.filter(id=connection_id, closed_at=None).first()
    if connection is None:
        return
    code = secrets.token_hex(16)
    address = f"{settings.LOCAL_URL}/hooks/linkedin/{capture.token_of(connection)}"
    answer = http.call("GET", f"{address}?challengeCode={code}")
    proof = challenge_response(code, capture.secrets_of(connection).get(SANDBOX_SIGNER, ""))
    try:
        said = record(json.loads(answer.body))
    except Invalid:
        said = {}
    if not answer.ok or said != {"challengeCode": code, "challengeResponse": proof}:
        raise NotValidated(f"HTTP {answer.status}")


def _route(request: HttpRequest, account: SandboxAccount, path: str) -> HttpResponse:
    if request.method == "POST" and path == "leadNotifications":
        challenge.later(workspace_id=str(account.workspace_id), connection_id=str(account.connection_id))
        made = HttpResponse(status=201)
        made.headers["x-restli-id"] = str(account.connection_id.int % 10**6)
        return made
    if path == f"leadForms/{desk.FORM_ID}":
        return _answer(desk.form(account.connection))
    if path == "leadFormResponses" and request.GET.get("q") == "owner":
        return _listed(request, account)
    lead = account.leads.filter(lead_id=path.removeprefix("leadFormResponses/")).first()
    if lead is None or account.fault == "gone":
        return _answer({"status": 404, "message": "Not found"}, 404)
    return _answer(lead.body)


def _listed(request: HttpRequest, account: SandboxAccount) -> HttpResponse:
    """The leads of a time, oldest first, page by page."""
    between = _BETWEEN.search(request.GET.get("submittedAtTimeRange", ""))
    if between is None:
        return _answer({"status": 400, "message": "submittedAtTimeRange is missing"}, 400)
    since, until = (datetime.fromtimestamp(int(one) / 1000, UTC) for one in between.groups())
    start, count = _whole(request.GET.get("start"), 0), _whole(request.GET.get("count"), 10)
    rows = account.leads.filter(at__gte=since, at__lte=until).order_by("at", "id")
    shown = [lead.body for lead in rows[start : start + count]]
    return _answer({"elements": shown, "paging": {"count": count, "start": start, "total": rows.count()}})


def _whole(words: str | None, other: int) -> int:
    return int(words) if words and words.isascii() and words.isdigit() and len(words) < 9 else other


def _refusal(fault: str) -> HttpResponse:
    status, message = _ERRORS[fault]
    answer = _answer({"status": status, "message": message}, status)
    if status == 429:
        answer.headers["Retry-After"] = "60"
    return answer


def _answer(body: dict[str, Any], status: int = 200) -> HttpResponse:
    return HttpResponse(json.dumps(body), status=status, content_type="application/json")
