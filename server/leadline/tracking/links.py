"""Signed links in our own mails, by which a visitor proves to have got one. Pure."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from datetime import datetime
from typing import Any

from leadline.kit import json, signing
from leadline.kit.errors import Invalid

PARAMETER = "_l"
_MAX_LETTERS = 500
_SIGNED_BYTES = 16


def token(secret: str, lead: str, expires: datetime, campaign: int | str | None = None) -> str:
    """What a link of ours carries for this lead, until it expires."""
    told: dict[str, Any] = {"l": lead, **({"c": campaign} if campaign is not None else {})}
    body = _encoded(json.dumps({**told, "e": int(expires.timestamp())}))
    return f"{body}.{_signature(secret, body)}"


def lead_in(secret: str, given: str, now: datetime) -> str:
    """The lead a link was made for; empty when the link is not ours or too old."""
    body, _, signature = given[:_MAX_LETTERS].partition(".")
    if not signature or not signing.equal(_signature(secret, body), signature):
        return ""
    try:
        told = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    except (binascii.Error, ValueError, Invalid):
        return ""
    if not isinstance(told, dict):
        return ""
    expires, lead = told.get("e"), told.get("l")
    fresh = isinstance(expires, int) and expires > now.timestamp()
    return lead if fresh and isinstance(lead, str) else ""


def _signature(secret: str, body: str) -> str:
    return _encoded(hmac.new(secret.encode(), body.encode(), hashlib.sha256).digest()[:_SIGNED_BYTES])


def _encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode("ascii").rstrip("=")
