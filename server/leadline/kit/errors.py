"""Every refusal of the house: a status, a stable code and a sentence that says what to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from leadline.kit.sentences import Text


class LeadlineError(Exception):
    """A refusal that may be shown to the caller as it is: `detail` says what to do, `code` never changes."""

    status: ClassVar[int] = 500
    default_code: ClassVar[str] = "internal_error"
    default_detail: ClassVar[str] = "Something went wrong on our side. Please try again."

    def __init__(
        self,
        detail: Text | None = None,
        *,
        code: str | None = None,
        field: str | None = None,
        extra: Mapping[str, object] | None = None,
    ) -> None:
        # What was said, for readers of any language; `detail` is its English text.
        self.said: Text = detail or self.default_detail
        self.detail: str = str(self.said)
        self.code: str = code or self.default_code
        self.field: str | None = field
        self.extra: dict[str, object] = dict(extra or {})
        super().__init__(self.detail)


class Unauthorized(LeadlineError):
    """We do not know who is asking."""

    status = 401
    default_code = "unauthorized"
    default_detail = "Sign in, or send a valid API key."


class Forbidden(LeadlineError):
    """The caller may see it but not do this."""

    status = 403
    default_code = "forbidden"
    default_detail = "Your role does not allow this. Ask an admin of the workspace."


class NotFound(LeadlineError):
    """It does not exist, or the caller must not learn that it does."""

    status = 404
    default_code = "not_found"
    default_detail = "There is no such record, or you cannot see it."


class Conflict(LeadlineError):
    """The request is well formed but the record is in a state that does not allow it."""

    status = 409
    default_code = "conflict"
    default_detail = "The record is in a state that does not allow this. Reload it and look again."


class PreconditionFailed(LeadlineError):
    """The record changed since the caller read it."""

    status = 412
    default_code = "precondition_failed"
    default_detail = "Somebody changed this record since you read it. Reload it and apply your change again."


class Invalid(LeadlineError):
    """The request itself is malformed; `field` names the part to correct."""

    status = 422
    default_code = "invalid"
    default_detail = "The request is malformed. Correct it and send it again."


class TooMany(LeadlineError):
    """The caller is too fast; `retry_after` is the number of seconds to wait."""

    status = 429
    default_code = "too_many_requests"
    default_detail = "Too many requests. Wait a moment and try again."

    def __init__(
        self,
        detail: Text | None = None,
        *,
        retry_after: float = 1.0,
        code: str | None = None,
        field: str | None = None,
        extra: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(detail, code=code, field=field, extra=extra)
        self.retry_after: float = retry_after


class Unavailable(LeadlineError):
    """Something we depend on does not answer now; the same request may work later."""

    status = 503
    default_code = "unavailable"
    default_detail = "This is not available right now. Please try again in a moment."
