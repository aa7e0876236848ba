"""Bodies of strangers as bytes, bounded."""

from __future__ import annotations

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest
from django.http.request import UnreadablePostError


def raw_body(request: HttpRequest, most_bytes: int) -> bytes | None:
    """The bytes as they came; None when there are more, or when the caller went away."""
    try:
        if int(request.headers.get("Content-Length") or 0) > most_bytes:
            return None
        raw = request.body
    except (RequestDataTooBig, UnreadablePostError, ValueError):
        return None
    return raw if len(raw) <= most_bytes else None
