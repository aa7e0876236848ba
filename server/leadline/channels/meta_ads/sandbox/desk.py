"""The lead ad of the sandbox: its form, and what Meta keeps and delivers when somebody fills it in."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from leadline.ads.models import SandboxAccount
from leadline.ads.ports import Desk, Filled, Noted, Question
from leadline.ads.rules import sandbox_id
from leadline.ads.rules.settings import SANDBOX_SIGNER
from leadline.capture import queries as capture
from leadline.capture.models import Connection
from leadline.channels.meta_ads.access import KEY
from leadline.channels.meta_ads.inbound import FIELD, key_of
from leadline.kit import clock, json, signing
from leadline.kit.sentences import word

FORM_ID = "1029384756102938"
FORM_NAME = "Solar quote"
NUMBERS, NAMELESS = "numbers", "nameless"
_AD = {
    "ad_id": "120214556677881111",
    "ad_name": "Roofs - carousel B",
    "adset_id": "120214556677880777",
    "adset_name": "Home owners 30-55",
    "campaign_id": "120214556677880001",
    "campaign_name": "Autumn roofs",
}
QUESTIONS = (
    Question(key="full_name", label=word("Full name"), example="Dana Levi", required=True),
    Question(key="email", label=word("E-mail"), kind="email", example="dana.levi@example.com"),
    Question(key="phone_number", label=word("Phone"), kind="tel", example="+972501234567"),
    Question(
        key="platform",
        label=word("Where did you see the advertisement?"),
        kind="choice",
        choices=(("fb", word("Facebook")), ("ig", word("Instagram"))),
    ),
    Question(
        key="what_kind_of_roof?",
        label=word("What kind of roof?"),
        kind="choices",
        choices=(("flat", word("Flat")), ("tiled", word("Tiled")), ("metal", word("Metal"))),
    ),
)
_WORDS = {"flat": "Flat", "tiled": "Tiled", "metal": "Metal"}


def form(connection: Connection) -> dict[str, Any]:
    """The form as the Graph API describes it."""
    return {
        "id": FORM_ID,
        "name": FORM_NAME,
        "locale": "en_US",
        "status": "ACTIVE",
        "leads_count": 0,
        "page_id": sandbox_id(connection.id),
        "questions": [
            {"key": "full_name", "label": "Full name", "type": "FULL_NAME", "id": "1"},
            {"key": "email", "label": "Email", "type": "EMAIL", "id": "2"},
            {"key": "phone_number", "label": "Phone number", "type": "PHONE", "id": "3"},
            {
                "key": "what_kind_of_roof?",
                "label": "What kind of roof?",
                "type": "CUSTOM",
                "id": "4",
                "options": [{"key": key, "value": value} for key, value in _WORDS.items()],
            },
        ],
    }


def note(account: SandboxAccount, filled: Filled) -> Noted:
    """Keep a filled form as Meta does; its delivery holds nothing but ids."""
    lead_id, now = str(secrets.randbelow(9 * 10**14) + 10**14), clock.now()
    lead = {
        "id": lead_id,
        "created_time": now.strftime("%Y-%m-%dT%H:%M:%S+0000"),
        "form_id": FORM_ID,
        "is_organic": filled.test,
        "platform": next(iter(filled.answers.get("platform", ())), "fb"),
        **({} if filled.test else _AD),
        "field_data": _dummies() if filled.test else _field_data(filled),
        **({} if filled.test else {"custom_disclaimer_responses": [_box(filled)]}),
    }
    page_id = sandbox_id(account.connection_id)
    value: dict[str, Any] = {
        "created_time": int(now.timestamp()),
        "leadgen_id": lead_id,
        "page_id": page_id,
        "form_id": FORM_ID,
        **({} if filled.test else {"ad_id": _AD["ad_id"], "adgroup_id": _AD["ad_id"]}),
    }
    if NUMBERS in account.switches:
        value = {key: int(one) for key, one in value.items()}
    entry = {"id": page_id, "time": int(now.timestamp()), "changes": [{"value": value, "field": FIELD}]}
    body = json.dumps({"object": "page", "entry": [entry]}).decode()
    return Noted(lead_id=lead_id, natural_key=key_of(lead_id), body=lead, deliveries=[body])


def headers(connection: Connection, raw: bytes) -> Mapping[str, str]:
    """How Meta signs what it delivers."""
    secret = capture.secrets_of(connection).get(SANDBOX_SIGNER, "")
    return {
        "User-Agent": "Webhooks/1.0 (sandbox)",
        "X-Hub-Signature-256": "sha256=" + signing.hmac_sha256_hex(secret, raw),
    }


def _field_data(filled: Filled) -> list[dict[str, Any]]:
    asked = [one.key for one in QUESTIONS if one.key != "platform"]
    return [{"name": key, "values": list(filled.answers[key])} for key in asked if filled.answers.get(key)]


def _dummies() -> list[dict[str, Any]]:
    kinds = ("full_name", "phone_number")
    dummies = [{"name": key, "values": [f"<test lead: dummy data for {key}>"]} for key in kinds]
    return [*dummies, {"name": "email", "values": ["test@fb.com"]}]


def _box(filled: Filled) -> dict[str, str]:
    return {"checkbox_key": "marketing_optin", "is_checked": "1" if filled.consent else ""}


DESK = Desk(
    channel=KEY,
    title=word("Facebook and Instagram lead ads"),
    form_name=FORM_NAME,
    questions=QUESTIONS,
    note=note,
    headers=headers,
    faults=(
        ("invisible", word("The lead is not visible yet (100/33)")),
        ("token", word("Access token expired (190)")),
        ("permission", word("A permission is missing (200)")),
        ("rate", word("Too many questions (80005)")),
        ("passing", word("Server error (2)")),
        ("ad_names", word("Names of ads are not allowed (200)")),
        ("slow", word("Slow answer (6 s)")),
        ("garbage", word("An answer that makes no sense")),
    ),
    switches=(
        ("twice", word("Deliver everything twice")),
        ("lost", word("Deliver nothing (fetch missed leads brings it)")),
        (NUMBERS, word("Ids as numbers")),
    ),
)
