"""The provider's errors, word for word where it matters: the code."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpResponse

_TITLES = {
    100: (400, "Invalid parameter"),
    190: (401, "Error validating access token: Session has expired."),
    130429: (400, "(#130429) Rate limit hit"),
    131000: (500, "(#131000) Something went wrong"),
    131009: (400, "(#131009) Parameter value is not valid"),
    131026: (400, "(#131026) Message undeliverable"),
    131047: (400, "(#131047) Re-engagement message"),
    131050: (400, "(#131050) User has stopped marketing messages"),
    131056: (400, "(#131056) (Business Account, Consumer Account) pair rate limit hit"),
    132000: (400, "(#132000) Number of parameters does not match the expected number of params"),
    132001: (404, "(#132001) Template name does not exist in the translation"),
    132015: (400, "(#132015) Template is paused"),
}


def refusal(code: int, details: str = "") -> HttpResponse:
    """The answer of the provider for an error code."""
    status, title = _TITLES[code]
    error: dict[str, Any] = {
        "message": title,
        "type": "OAuthException",
        "code": code,
        "fbtrace_id": "sandbox",
    }
    if details:
        error["error_data"] = {"messaging_product": "whatsapp", "details": details}
    return answer({"error": error}, status)


def status_error(code: int, details: str = "") -> dict[str, Any]:
    """The error as a failed status carries it."""
    title = _TITLES[code][1]
    return {"code": code, "title": title, "message": title, "error_data": {"details": details or title}}


def answer(body: dict[str, Any], status: int = 200) -> HttpResponse:
    """A JSON answer."""
    return HttpResponse(json.dumps(body), status=status, content_type="application/json")
