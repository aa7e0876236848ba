"""What the addresses in our mails carry: which mail of which workspace, sealed against inventors."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings

from leadline.kit import signing

_SEAL = 16


@dataclass(frozen=True)
class Mark:
    """One mail of one workspace."""

    workspace_id: UUID
    message_id: UUID


def token(mark: Mark) -> str:
    """The mark as it stands in an address; it says nothing to whoever reads it, and holds for ever."""
    body = mark.workspace_id.bytes + mark.message_id.bytes
    return base64.urlsafe_b64encode(body).decode().rstrip("=") + _seal(body)


def mark_in(told: str) -> Mark | None:
    """The mark in an address; None when we did not write it."""
    try:
        body = base64.urlsafe_b64decode(told[:-_SEAL] + "=")
    except ValueError:
        return None
    if len(body) != 32 or not signing.equal(_seal(body), told[-_SEAL:]):
        return None
    return Mark(UUID(bytes=body[:16]), UUID(bytes=body[16:]))


def address(mark: Mark, what: str) -> str:
    """An address of ours about the mail: `o` for its pixel, `c/<n>` for a link, `u` to get no more."""
    return f"{settings.PUBLIC_URL}/m/{token(mark)}/{what}"


def _seal(body: bytes) -> str:
    key = hashlib.sha256(b"leadline mails seen\0" + settings.SECRET_KEY.encode()).digest()
    return signing.hmac_sha256_hex(key, body)[:_SEAL]
