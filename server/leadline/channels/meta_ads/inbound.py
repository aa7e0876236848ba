"""Verify and take apart deliveries about leads. Pure: bytes in, values out; odd content never raises."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from leadline.ads.rules import plain, record, records
from leadline.kit import json, signing

MAX_BODY_BYTES = 3 * 1024 * 1024
FIELD = "leadgen"


@dataclass(frozen=True)
class Cut:
    """One change of a delivery as a body of its own, in the shape it came in."""

    natural_key: str
    page_id: str
    body: bytes


@dataclass(frozen=True)
class Named:
    """The lead that a delivery names; other fields than leads have no lead id."""

    field: str
    lead_id: str
    page_id: str
    form_id: str


def verified(raw: bytes, signature: str | None, app_secret: str) -> bool:
    """Whether the raw bytes were signed with the app secret; never true without a secret or a header."""
    if not app_secret or not signature or not signature.startswith("sha256="):
        return False
    return signing.equal("sha256=" + signing.hmac_sha256_hex(app_secret, raw), signature.strip())


def cut(raw: bytes) -> list[Cut]:
    """Every change of the delivery; one alone keeps the exact bytes. Invalid when the bytes are not JSON."""
    body = json.loads(raw)
    changes = list(_changes(body))
    cuts = []
    for entry, change in changes:
        named = _named(entry, change)
        envelope = {**record(body), "entry": [{**entry, "changes": [change]}]}
        cuts.append(
            Cut(_key(named, change), named.page_id, raw if len(changes) == 1 else json.dumps(envelope))
        )
    return cuts


def named_in(body: Any) -> Named | None:
    """What a stored delivery names; None when it holds no change."""
    for entry, change in _changes(body):
        return _named(entry, change)
    return None


def key_of(lead_id: str) -> str:
    """The natural key of a lead, however we learn of it."""
    return f"lead:{lead_id}"


def _changes(body: Any) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    for entry in records(record(body).get("entry")):
        for change in records(entry.get("changes")):
            yield entry, change


def _named(entry: dict[str, Any], change: dict[str, Any]) -> Named:
    value = record(change.get("value"))
    field = plain(change.get("field"))
    return Named(
        field=field,
        lead_id=plain(value.get("leadgen_id")) if field == FIELD else "",
        page_id=plain(value.get("page_id")) or plain(entry.get("id")),
        form_id=plain(value.get("form_id")),
    )


def _key(named: Named, change: dict[str, Any]) -> str:
    if named.lead_id:
        return key_of(named.lead_id)
    # Without an id the same change counts once.
    return f"{named.field or 'none'}:{hashlib.sha256(json.dumps(change, sort_keys=True)).hexdigest()}"
