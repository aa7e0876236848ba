from __future__ import annotations

import re

import pytest

from leadline.kit import errors
from leadline.kit.errors import Conflict, Invalid, LeadlineError, NotFound, TooMany

STATUSES = {
    errors.Unauthorized: 401,
    errors.Forbidden: 403,
    errors.NotFound: 404,
    errors.Conflict: 409,
    errors.PreconditionFailed: 412,
    errors.Invalid: 422,
    errors.TooMany: 429,
    errors.Unavailable: 503,
}


@pytest.mark.parametrize(("kind", "status"), STATUSES.items())
def test_every_refusal_has_its_status_a_stable_code_and_a_sentence(
    kind: type[LeadlineError], status: int
) -> None:
    refusal = kind()

    assert refusal.status == status
    assert re.fullmatch(r"[a-z]+(_[a-z]+)*", refusal.code)
    assert refusal.detail.endswith(".")
    assert str(refusal) == refusal.detail


def test_a_refusal_can_name_the_field_and_carry_more() -> None:
    refusal = Invalid(
        "Give a currency.", code="currency_missing", field="currency", extra={"allowed": ["ILS"]}
    )

    assert (refusal.code, refusal.field, refusal.extra) == (
        "currency_missing",
        "currency",
        {"allowed": ["ILS"]},
    )


def test_two_refusals_never_share_their_extra() -> None:
    first, second = Conflict(), NotFound()
    first.extra["seen"] = True

    assert second.extra == {}


def test_too_many_says_how_long_to_wait() -> None:
    assert TooMany(retry_after=12).retry_after == 12
