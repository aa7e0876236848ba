"""Answer LinkedIn's challenges, verify and read its deliveries. Pure; odd content never raises."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from leadline.ads.rules import plain, record, records
from leadline.kit import json, signing

MAX_BODY_BYTES = 1024 * 1024
CREATED, DELETED = "CREATED", "DELETED"
# The literal belongs to the signed text; some deployments repeat it in front of the header's value.
_PREFIX = "hmacsha256="


@dataclass(frozen=True)
class Event:
    """What one notification says: which lead was made or has to be forgotten."""

    kind: str
    action: str
    lead_id: str
    creative: str

    @property
    def about_lead(self) -> bool:
        """Whether it is about a lead that is named."""
        return self.kind == "LEAD_ACTION" and bool(self.lead_id)


def challenge_response(code: str, client_secret: str) -> str:
    """The proof that the address belongs to whoever knows the client secret."""
    return signing.hmac_sha256_hex(client_secret, code.encode("utf-8", "replace"))


def verified(raw: bytes, signature: str | None, client_secret: str) -> bool:
    """Whether the raw bytes were signed with the client secret; never true without a secret or a header."""
    if not client_secret or not signature:
        return False
    return signing.equal(sign(raw, client_secret), signature.strip().removeprefix(_PREFIX))


def sign(raw: bytes, client_secret: str) -> str:
    """The signature of a body."""
    return signing.hmac_sha256_hex(client_secret, _PREFIX.encode() + raw)


def cut(raw: bytes) -> list[tuple[str, bytes]]:
    """Every notification with its natural key; one alone keeps the exact bytes. Invalid when not JSON."""
    body = json.loads(raw)
    parts = records(body) if isinstance(body, list) else [record(body)]
    if len(parts) == 1:
        return [(_key(parts[0]), raw)]
    return [(_key(part), json.dumps(part)) for part in parts]


def event_in(body: Any) -> Event:
    """What a stored notification says."""
    told = record(body)
    return Event(
        kind=plain(told.get("type")),
        action=plain(told.get("leadAction")).upper(),
        lead_id=last_part(plain(told.get("leadGenFormResponse"))),
        creative=last_part(plain(record(told.get("associatedEntity")).get("sponsoredCreative"))),
    )


def key_of(lead_id: str, action: str = CREATED) -> str:
    """The natural key of a lead, however we learn of it."""
    return f"lead:{lead_id}:{action}"


def last_part(urn: str) -> str:
    """The id at the end of a URN."""
    return urn.rsplit(":", 1)[-1]


def _key(part: dict[str, Any]) -> str:
    event = event_in(part)
    if event.about_lead:
        return key_of(event.lead_id, event.action)
    notification = plain(part.get("notificationId"))
    if notification:
        return f"notification:{notification}"
    return f"{event.kind or 'none'}:{hashlib.sha256(json.dumps(part, sort_keys=True)).hexdigest()}"
