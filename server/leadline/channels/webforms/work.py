"""A small calculation asked of the visitor's browser (ALTCHA, version 2), which robots in bulk cannot afford.

Pure. Nothing is stored when it is asked for: the question is signed and comes back with its answer. That
an answer counts only once is for the caller to remember.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from leadline.channels.webforms.filled import plain, record
from leadline.kit import json, signing
from leadline.kit.errors import Invalid
from leadline.kit.sentences import word

FIELD = "altcha"
ALGORITHM = "PBKDF2/SHA-256"
# About 256 tries of 3,000 rounds: a third of a second on a desktop, a second on a phone.
COST = 3000
PREFIX = "00"
GOOD_FOR = timedelta(hours=2)
_KEY_LENGTH = 32
_MAX_LETTERS = 4000
_DEAREST = 100_000


@dataclass(frozen=True, kw_only=True)
class Proof:
    """What an answer is worth: `trouble` says why nothing, else `digest` names it until it expires."""

    trouble: str = ""
    digest: str = ""
    expires_at: datetime | None = None


def asked(secret: str, form_id: str, now: datetime) -> dict[str, Any]:
    """A fresh question for the visitors of a form."""
    parameters = {
        "algorithm": ALGORITHM,
        "cost": COST,
        "keyLength": _KEY_LENGTH,
        "keyPrefix": PREFIX,
        "nonce": secrets.token_hex(16),
        "salt": secrets.token_hex(16),
        "expiresAt": int((now + GOOD_FOR).timestamp()),
    }
    return {"parameters": parameters, "signature": _signature(key_of(secret, form_id), parameters)}


def key_of(secret: str, form_id: str) -> str:
    """What the questions of a form are signed with; those of another form are strange to it."""
    return signing.hmac_sha256_hex(f"form work {secret}", form_id.encode())


def proven(answer: str, key: str, now: datetime) -> Proof:
    """Whether the answer solves a question of ours that is still open."""
    if not answer:
        return Proof(trouble=word("no calculation by the browser"))
    payload = _payload(answer)
    parameters = record(record(payload.get("challenge")).get("parameters"))
    signature = plain(record(payload.get("challenge")).get("signature"))
    if not parameters or not signing.equal(_signature(key, parameters), signature):
        return Proof(trouble=word("a forged calculation"))
    # From here on every parameter is one that we signed.
    expires = parameters.get("expiresAt")
    if not isinstance(expires, int) or expires <= now.timestamp():
        return Proof(trouble=word("an old calculation"))
    if not _solved(parameters, record(payload.get("solution"))):
        return Proof(trouble=word("a wrong calculation"))
    digest = signing.token_digest(signature)
    return Proof(digest=digest, expires_at=datetime.fromtimestamp(expires, UTC))


def _payload(answer: str) -> dict[str, Any]:
    try:
        raw = base64.b64decode(answer[:_MAX_LETTERS], validate=True)
        return record(json.loads(raw))
    except (binascii.Error, ValueError, Invalid):
        return {}


def _signature(key: str, parameters: Mapping[str, Any]) -> str:
    return signing.hmac_sha256_hex(key, json.dumps(parameters, sort_keys=True))


def _solved(parameters: Mapping[str, Any], solution: Mapping[str, Any]) -> bool:
    counter = _whole(solution.get("counter"), most=2**32 - 1)
    cost, length = _whole(parameters.get("cost"), most=_DEAREST), _whole(parameters.get("keyLength"), most=64)
    if parameters.get("algorithm") != ALGORITHM or counter is None or not cost or not length:
        return False
    try:
        nonce, salt, prefix = (
            bytes.fromhex(plain(parameters.get(n))) for n in ("nonce", "salt", "keyPrefix")
        )
    except ValueError:
        return False
    derived = hashlib.pbkdf2_hmac("sha256", nonce + counter.to_bytes(4, "big"), salt, cost, length)
    return derived.startswith(prefix) and signing.equal(derived.hex(), plain(solution.get("derivedKey")))


def _whole(value: Any, *, most: int) -> int | None:
    return value if isinstance(value, int) and 0 <= value <= most else None
