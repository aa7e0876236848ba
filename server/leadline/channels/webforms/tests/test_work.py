"""A calculation by the visitor's browser, asked for by forms that robots have found."""

from __future__ import annotations

import base64
import hashlib
import json
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from leadline.capture.models import Submission
from leadline.channels.webforms import proofs, work
from leadline.channels.webforms.models import SpentProof
from leadline.channels.webforms.tests.conftest import address, after, opened
from leadline.kit import clock
from leadline.workspaces.actor import Actor

PAYLOADS = Path(__file__).parent / "payloads"
PUBLISHED = (PAYLOADS / "altcha-2-payload.txt").read_text().strip()
KEY = "altcha-hmac-key"
NOW = datetime(2026, 11, 16, 9, 15, tzinfo=UTC)
DANA = {"name": "Dana Levi", "email": "dana@levi.example"}


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "COST", 10)


def solved(challenge: dict[str, Any]) -> str:
    """The answer as a browser finds it."""
    asked = challenge["parameters"]
    nonce, salt = bytes.fromhex(asked["nonce"]), bytes.fromhex(asked["salt"])
    for counter in count():
        derived = hashlib.pbkdf2_hmac("sha256", nonce + counter.to_bytes(4, "big"), salt, asked["cost"], 32)
        if derived.hex().startswith(asked["keyPrefix"]):
            solution = {"counter": counter, "derivedKey": derived.hex(), "time": 1}
            return packed({"challenge": challenge, "solution": solution})
    raise AssertionError


def packed(payload: Any) -> str:
    return base64.b64encode(json.dumps(payload).encode()).decode()


def test_the_published_answer_is_proven_with_its_key_and_with_no_other() -> None:
    good = work.proven(PUBLISHED, KEY, NOW)
    assert (good.trouble, good.expires_at) == ("", datetime(2036, 1, 1, tzinfo=UTC))
    assert work.proven(PUBLISHED, "another key", NOW).trouble == "a forged calculation"
    assert work.proven(PUBLISHED, KEY, datetime(2036, 1, 2, tzinfo=UTC)).trouble == "an old calculation"
    published = json.loads((PAYLOADS / "altcha-1-challenge.json").read_text())
    assert json.loads(base64.b64decode(PUBLISHED))["challenge"] == published


def changed(**solution: Any) -> str:
    payload = json.loads(base64.b64decode(PUBLISHED))
    payload["solution"].update(solution)
    return packed(payload)


@pytest.mark.parametrize(
    ("answer", "trouble"),
    [
        ("", "no calculation by the browser"),
        ("%%%", "a forged calculation"),
        (packed([1]), "a forged calculation"),
        (packed({"challenge": {"parameters": {"cost": 1}, "signature": ""}}), "a forged calculation"),
        (changed(counter=78), "a wrong calculation"),
        (changed(counter=-1), "a wrong calculation"),
        (changed(counter="77"), "a wrong calculation"),
        (changed(derivedKey="00"), "a wrong calculation"),
    ],
)
def test_what_proves_nothing_says_why(answer: str, trouble: str) -> None:
    assert work.proven(answer, KEY, NOW).trouble == trouble


def test_a_question_of_one_form_is_strange_to_another() -> None:
    answer = solved(work.asked("secret", "form 1", NOW))
    assert work.proven(answer, work.key_of("secret", "form 1"), NOW).trouble == ""
    assert work.proven(answer, work.key_of("secret", "form 2"), NOW).trouble == "a forged calculation"


def test_an_answer_counts_once_and_what_lacks_one_waits_in_quarantine(
    held: datetime, ada: Actor, visitor: Client
) -> None:
    form = opened(ada, proof_of_work=True)
    page = visitor.get(address(form))
    assert "data-work" in page.content.decode()
    assert "connect-src 'self'" in page.headers["Content-Security-Policy"]
    answer = solved(visitor.get(address(form) + "/start").json()["work"])
    after(10)

    for text in ("first", "again with the same"):
        visitor.post(address(form), {**DANA, "text": text, "altcha": answer})
    visitor.post(address(form), {**DANA, "text": "without"})
    kept = Submission.objects.order_by("received_at", "id").values_list("state", "reason")
    assert list(kept) == [
        ("received", ""),
        ("quarantined", "It looks like spam: a calculation that was used before."),
        ("quarantined", "It looks like spam: no calculation by the browser."),
    ]
    # The natural key does not depend on the calculation: a second click with a new one changes nothing.
    clock.move(timedelta(hours=3))
    proofs.forget_expired()
    assert SpentProof.objects.count() == 0
