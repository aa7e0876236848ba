"""Verify and take apart what TikTok delivers. Pure; odd content never raises."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any
from uuid import UUID

from leadline.ads.rules import AdLead, Answer, moment, plain, record, records, texts
from leadline.kit import json, signing

KEY = "tiktok"
MAX_BODY_BYTES = 5 * 1024 * 1024
# TikTok signs in two ways; which one, the settings say.
OPEN, DATED = "open", "dated"
HEADERS = {OPEN: "X-Open-Signature", DATED: "TikTok-Signature"}


def verified(scheme: str, raw: bytes, header: str | None, app_secret: str) -> bool:
    """Whether the raw bytes were signed with the app secret; never true without a secret or a header."""
    if not app_secret or not header:
        return False
    if scheme != DATED:
        return signing.equal(signing.hmac_sha256_hex(app_secret, raw), header.strip())
    parts = dict(part.strip().partition("=")[::2] for part in header.split(","))
    given, at = parts.get("s", ""), parts.get("t", "")
    # A replay does no harm: every lead counts once. So an old delivery that comes late is welcome.
    return bool(given) and signing.equal(dated_signature(raw, at, app_secret), given)


def dated_signature(raw: bytes, at: str, app_secret: str) -> str:
    """The signature over a moment and the body."""
    return signing.hmac_sha256_hex(app_secret, at.encode("utf-8", "replace") + b"." + raw)


def cut(raw: bytes) -> list[tuple[str, bytes]]:
    """Every lead with its natural key; one alone keeps the exact bytes. Invalid when not JSON."""
    body = record(json.loads(raw))
    entries = records(body.get("entry"))
    if len(entries) == 1:
        return [(_key(entries[0]), raw)]
    return [(_key(entry), json.dumps({**body, "entry": [entry]})) for entry in entries]


def entry_in(body: Any) -> dict[str, Any]:
    """The lead of a stored delivery; empty when it holds none."""
    return next(iter(records(record(body).get("entry"))), {})


def read(entry: dict[str, Any], connection_id: UUID | None, at: datetime) -> AdLead:
    """The lead in the words of all platforms."""
    named = {
        "form": "page_name",
        "form_id": "page_id",
        "campaign_id": "campaign_id",
        "ad_group": "adgroup_name",
        "ad_group_id": "adgroup_id",
        "ad": "ad_name",
        "ad_id": "ad_id",
        "advertiser": "advertiser_name",
        "tiktok_lead_id": "id",
    }
    return AdLead(
        natural_key=_key(entry),
        channel=KEY,
        source=KEY,
        at=moment(entry.get("create_time")) or at,
        answers=[
            Answer(key=plain(one.get("field")), values=texts(one.get("value")))
            for one in records(entry.get("changes"))
        ],
        connection_id=connection_id,
        campaign=plain(entry.get("campaign_name")) or plain(entry.get("campaign_id")),
        facts={
            **{fact: plain(entry.get(field)) for fact, field in named.items()},
            "lead_source": plain(entry.get("lead_source")).lower(),
        },
    )


def _key(entry: dict[str, Any]) -> str:
    lead_id = plain(entry.get("id"))
    if lead_id:
        return f"lead:{lead_id}"
    return f"entry:{hashlib.sha256(json.dumps(entry, sort_keys=True)).hexdigest()}"
