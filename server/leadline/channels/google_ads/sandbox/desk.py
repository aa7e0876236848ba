"""The lead form of the sandbox: what Google posts when somebody fills it in."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from leadline.ads.models import SandboxAccount
from leadline.ads.ports import Desk, Filled, Noted, Question
from leadline.capture import queries as capture
from leadline.capture.models import Connection
from leadline.channels.google_ads import reading
from leadline.channels.google_ads.reading import KEY
from leadline.channels.google_ads.webhook import KEY_FIELD
from leadline.kit import clock, json
from leadline.kit.sentences import word

WRONG_KEY = "wrong_key"
_COLUMNS = {
    "full_name": ("FULL_NAME", "Full Name"),
    "email": ("EMAIL", "User Email"),
    "phone": ("PHONE_NUMBER", "User Phone"),
    "city": ("CITY", "City"),
    "budget": ("what_is_your_budget?", "What is your budget?"),
}
_BUDGETS = {"small": "up to 10,000", "middle": "10,000 to 50,000", "large": "more than 50,000"}
_DUMMY = {"full_name": "FirstName LastName", "email": "test@example.com", "phone": "+16505550123"}


def note(account: SandboxAccount, filled: Filled) -> Noted:
    """Keep a filled form as Google does; the body is all that is ever told about it."""
    lead_id = f"sandbox-{secrets.token_urlsafe(16)}"
    given = {key: values[0] for key, values in filled.answers.items() if values}
    given |= {"budget": _BUDGETS[given["budget"]]} if given.get("budget") in _BUDGETS else {}
    body: dict[str, Any] = {
        "lead_id": lead_id,
        "user_column_data": _columns(_DUMMY if filled.test else given),
        "api_version": "1.0",
        "form_id": 40000000000123,
        "campaign_id": 0 if filled.test else 20987654321,
        "google_key": _key(account),
        "is_test": filled.test,
        "gcl_id": "" if filled.test else f"EAIaIQobChMI{secrets.token_urlsafe(12)}_BwE",
        "adgroup_id": 0 if filled.test else 150123456789,
        "creative_id": 0 if filled.test else 680012345678,
        "lead_submit_time": clock.now().strftime("%Y-%m-%dT%H:%M:%SZ"),
    }
    kept = {name: value for name, value in body.items() if name != "google_key"}
    delivery = json.dumps(body).decode()
    return Noted(lead_id=lead_id, natural_key=reading.natural_key(body), body=kept, deliveries=[delivery])


def headers(connection: Connection, raw: bytes) -> Mapping[str, str]:
    """Google signs nothing: its key is in the body."""
    return {"User-Agent": "Google-Ads-Lead-Form (sandbox)"}


def _key(account: SandboxAccount) -> str:
    right = capture.secrets_of(account.connection).get(KEY_FIELD, "")
    return "guess" if WRONG_KEY in account.switches else right


def _columns(given: Mapping[str, str]) -> list[dict[str, str]]:
    return [
        {"string_value": given[key], "column_id": column, "column_name": name}
        for key, (column, name) in _COLUMNS.items()
        if given.get(key)
    ]


DESK = Desk(
    channel=KEY,
    title=word("Google Ads lead forms"),
    form_name="Get a quote",
    questions=(
        Question(key="full_name", label=word("Full name"), example="Dana Levi", required=True),
        Question(key="email", label=word("E-mail"), kind="email", example="dana.levi@example.com"),
        Question(key="phone", label=word("Phone"), kind="tel", example="+972501234567"),
        Question(key="city", label=word("City"), example="Haifa"),
        Question(
            key="budget",
            label=word("What is your budget?"),
            kind="choice",
            choices=(
                ("small", word("up to 10,000")),
                ("middle", word("10,000 to 50,000")),
                ("large", word("more than 50,000")),
            ),
        ),
    ),
    note=note,
    headers=headers,
    switches=(
        ("twice", word("Deliver everything twice")),
        ("lost", word("Deliver nothing")),
        (WRONG_KEY, word("Deliver with a wrong key")),
    ),
)
