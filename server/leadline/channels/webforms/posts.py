"""What every public door of a form does: read the bytes within bounds, answer in JSON, allow other sites."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.http.request import UnreadablePostError

from leadline.channels.webforms.bodies import MAX_BYTES

_KEPT_HEADERS = ("User-Agent", "Referer", "Origin", "Accept-Language", "X-Forwarded-For")


class BodyTooLarge(Exception):
    """The body is larger than is read."""


def raw_body(request: HttpRequest) -> bytes:
    """The bytes of the body; BodyTooLarge when there are too many, empty when the sender went away."""
    try:
        raw = request.body
    except RequestDataTooBig:
        raise BodyTooLarge from None
    except UnreadablePostError:
        return b""
    if len(raw) > MAX_BYTES:
        raise BodyTooLarge
    return raw


def kept_headers(request: HttpRequest, extra: Sequence[str] = ()) -> dict[str, str]:
    """The headers worth keeping with a submission, and the address it came from."""
    found = {name: request.headers[name] for name in (*_KEPT_HEADERS, *extra) if name in request.headers}
    return {**found, "Remote-Address": request.META.get("REMOTE_ADDR", "")}


def answer(value: dict[str, Any], status: int = 200) -> HttpResponse:
    """A JSON answer."""
    return HttpResponse(json.dumps(value), status=status, content_type="application/json")


def refusal(status: int, code: str, detail: str, **extra: Any) -> HttpResponse:
    """An error in the shape of the API's errors."""
    body = {"type": "about:blank", "status": status, "code": code, "detail": detail, **extra}
    return HttpResponse(json.dumps(body), status=status, content_type="application/problem+json")


def allow_origin(response: HttpResponse, request: HttpRequest, origins: Sequence[str]) -> HttpResponse:
    """Let the form's sites read the answer: the registered ones, or every site when none is registered."""
    origin = request.headers.get("Origin", "")
    if origin and (not origins or origin.lower() in origins):
        response.headers["Access-Control-Allow-Origin"] = origin if origins else "*"
        response.headers["Access-Control-Allow-Methods"] = "GET, POST, OPTIONS"
        response.headers["Access-Control-Allow-Headers"] = "Content-Type"
        response.headers["Access-Control-Max-Age"] = "86400"
    response.headers["Vary"] = "Origin"
    return response
