"""The Graph API of the sandbox: the same addresses below /sandbox/meta-ads/graph, tokens and errors."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from leadline.ads import queries
from leadline.ads.models import SandboxAccount, SandboxLead
from leadline.ads.rules import plain, records, sandbox_id
from leadline.channels.meta_ads.access import KEY
from leadline.channels.meta_ads.sandbox import desk
from leadline.infra import tenancy
from leadline.kit import json
from leadline.kit.errors import Invalid

SLOW_SECONDS = 6.0
_slow = threading.Event()
_NOWHERE = (
    "Unsupported get request. Object with ID '{id}' does not exist, cannot be loaded due to missing "
    "permissions, or does not support this operation."
)
_ERRORS: dict[str, tuple[int, int, int, str]] = {
    "token": (401, 190, 463, "Error validating access token: Session has expired."),
    "permission": (403, 200, 0, "Requires leads_retrieval permission to manage the object."),
    "rate": (400, 80005, 2446079, "There have been too many leadgen api calls to this Page account."),
    "passing": (500, 2, 0, "An unexpected error has occurred. Please retry your request later."),
}


@csrf_exempt
def provider(request: HttpRequest, version: str, path: str) -> HttpResponse:
    """Answer one call as Meta would."""
    token = request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
    account = queries.account_by_token(KEY, token)
    if account is None:
        return _refusal(*_ERRORS["token"])
    if account.fault in _ERRORS:
        return _refusal(*_ERRORS[account.fault])
    if account.fault == "garbage":
        return HttpResponse(b"<html>", content_type="text/html")
    if account.fault == "slow":
        # Nobody ever sets it, so waiting for it is a pause.
        _slow.wait(SLOW_SECONDS)
    if account.fault == "ad_names" and "ad_name" in request.GET.get("fields", ""):
        return _refusal(403, 200, 0, "Requires ads_management permission to read ad names.")
    with tenancy.workspace(account.workspace_id):
        return _route(request, account, path.strip("/"))


def _route(request: HttpRequest, account: SandboxAccount, path: str) -> HttpResponse:
    page_id = sandbox_id(account.connection_id)
    form = desk.form(account.connection)
    if path == page_id:
        return _answer({"id": page_id, "name": "Sandbox page"})
    if path == f"{page_id}/leadgen_forms":
        return _answer({"data": [form]})
    if path == f"{page_id}/subscribed_apps":
        if request.method == "POST":
            return _answer({"success": True})
        return _answer({"data": [{"id": "1", "name": "Leadline", "subscribed_fields": ["leadgen"]}]})
    if path == desk.FORM_ID:
        return _answer(form)
    if path == f"{desk.FORM_ID}/leads":
        return _listed(request, account)
    lead = account.leads.filter(lead_id=path).first()
    if lead is None or account.fault == "invisible":
        return _refusal(400, 100, 33, _NOWHERE.replace("{id}", path[:60]))
    return _answer(_shown(lead, request))


def _listed(request: HttpRequest, account: SandboxAccount) -> HttpResponse:
    """The leads of the form, newest first, page by page."""
    size, start = _whole(request.GET.get("limit"), 25), _whole(request.GET.get("after"), 0)
    rows = account.leads.filter(at__gt=_since(request)).order_by("-at", "-id")
    found = list(rows[start : start + size + 1])
    body: dict[str, Any] = {"data": [_shown(lead, request) for lead in found[:size]]}
    if found:
        body["paging"] = {"cursors": {"before": str(start), "after": str(start + size)}}
    if len(found) > size:
        body["paging"]["next"] = request.build_absolute_uri()
    return _answer(body)


def _shown(lead: SandboxLead, request: HttpRequest) -> dict[str, Any]:
    fields = request.GET.get("fields", "id,created_time,field_data").split(",")
    return {key: value for key, value in lead.body.items() if key in fields}


def _since(request: HttpRequest) -> datetime:
    try:
        wanted = records(json.loads(request.GET.get("filtering", "[]").encode()))
    except Invalid:
        wanted = []
    values = [plain(one.get("value")) for one in wanted if one.get("operator") == "GREATER_THAN"]
    return datetime.fromtimestamp(_whole(values[0] if values else "", 0), UTC)


def _whole(words: str | None, other: int) -> int:
    return int(words) if words and words.isascii() and words.isdigit() and len(words) < 12 else other


def _refusal(status: int, code: int, subcode: int, message: str) -> HttpResponse:
    error: dict[str, Any] = {
        "message": message,
        "type": "OAuthException",
        "code": code,
        "fbtrace_id": "sandbox",
    }
    if subcode:
        error["error_subcode"] = subcode
    if code == 2:
        error["is_transient"] = True
    answer = _answer({"error": error}, status)
    if code == 80005:
        usage = {"type": "leadgen", "call_count": 100, "total_cputime": 20, "total_time": 20}
        told = {"1": [{**usage, "estimated_time_to_regain_access": 1}]}
        answer.headers["X-Business-Use-Case-Usage"] = json.dumps(told).decode()
    return answer


def _answer(body: dict[str, Any], status: int = 200) -> HttpResponse:
    return HttpResponse(json.dumps(body), status=status, content_type="application/json")
