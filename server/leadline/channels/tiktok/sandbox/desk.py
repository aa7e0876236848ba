"""The lead form of the sandbox: what TikTok delivers when somebody fills it in."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from typing import Any

from leadline.ads.models import SandboxAccount
from leadline.ads.ports import Desk, Filled, Noted, Question
from leadline.ads.rules.settings import SANDBOX_SIGNER
from leadline.capture import queries as capture
from leadline.capture.models import Connection
from leadline.channels.tiktok.inbound import DATED, HEADERS, KEY, OPEN, dated_signature
from leadline.kit import clock, signing
from leadline.kit.sentences import word

TEXTS = "texts"
_FIELDS = {"full_name": "name", "email": "email", "phone": "phone_number", "roof": "Roof size?"}


def note(account: SandboxAccount, filled: Filled) -> Noted:
    """Keep a filled form as TikTok does; its delivery is all that is ever told about it."""
    number, now = secrets.randbelow(9 * 10**18) + 10**18, int(clock.now().timestamp())
    given = {"full_name": ("Test Lead",), "email": ("test@example.com",)} if filled.test else filled.answers
    entry: dict[str, Any] = {
        "id": str(number) if TEXTS in account.switches else number,
        "lead_source": "INSTANT_FORM",
        "page_id": 6873052183063953666,
        "page_name": "Solar quote",
        "advertiser_id": 7001122334455667788,
        "advertiser_name": "Sandbox",
        "library_id": 0,
        "campaign_id": 1781234567890123,
        "campaign_name": "Clips of roofs",
        "adgroup_id": 1781234567890456,
        "adgroup_name": "Home owners 25-54",
        "ad_id": 1781234567890789,
        "ad_name": "Clip 3",
        "create_time": now,
        "changes": [
            {"field": field, "value": given[key][0]} for key, field in _FIELDS.items() if given.get(key)
        ],
    }
    # As TikTok writes it: non-ASCII escaped; the signature covers exactly that.
    body = json.dumps({"object": 1, "entry": [entry], "time": now + 4}, separators=(",", ":"))
    return Noted(lead_id=str(number), natural_key=f"lead:{number}", body=entry, deliveries=[body])


def headers(connection: Connection, raw: bytes) -> Mapping[str, str]:
    """How TikTok signs what it delivers, in the way that the settings name."""
    secret = capture.secrets_of(connection).get(SANDBOX_SIGNER, "")
    scheme = str(connection.settings.get("scheme") or OPEN)
    if scheme != DATED:
        return {HEADERS[OPEN]: signing.hmac_sha256_hex(secret, raw)}
    at = str(int(clock.now().timestamp()))
    return {HEADERS[DATED]: f"t={at},s={dated_signature(raw, at, secret)}"}


DESK = Desk(
    channel=KEY,
    title=word("TikTok lead forms"),
    form_name="Solar quote",
    questions=(
        Question(key="full_name", label=word("Full name"), example="Dana Levi", required=True),
        Question(key="email", label=word("E-mail"), kind="email", example="dana.levi@example.com"),
        Question(key="phone", label=word("Phone"), kind="tel", example="+972501234567"),
        Question(key="roof", label=word("How large is the roof?"), example="80-120 m2"),
    ),
    note=note,
    headers=headers,
    switches=(
        ("twice", word("Deliver everything twice")),
        ("lost", word("Deliver nothing")),
        (TEXTS, word("Ids as texts")),
    ),
)
