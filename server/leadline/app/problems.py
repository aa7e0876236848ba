"""Errors as application/problem+json with a stable code and a sentence that says what to do."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpResponse

from leadline.infra.language import worded
from leadline.kit.errors import LeadlineError, TooMany
from leadline.kit.sentences import Text


def problem(status: int, code: str, detail: Text, **extra: Any) -> HttpResponse:
    """One error answer, in the language of the request."""
    body = {"type": "about:blank", "status": status, "code": code, "detail": worded(detail), **extra}
    return HttpResponse(json.dumps(body, default=str), status=status, content_type="application/problem+json")


def problem_of(error: LeadlineError) -> HttpResponse:
    """The answer to a refusal of the house."""
    extra = dict(error.extra)
    if error.field:
        extra["field"] = error.field
    response = problem(error.status, error.code, error.said, **extra)
    if isinstance(error, TooMany):
        response.headers["Retry-After"] = str(error.retry_after)
    return response
