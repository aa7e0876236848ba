"""Verify what form tools sign; always over the raw bytes, always in constant time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from leadline.kit import signing

WEBFLOW_WINDOW_MS = 5 * 60 * 1000
SIGNING_TOOLS = ("typeform", "tally", "calendly", "webflow")
SHARED_SECRET_HEADER = "x-leadline-secret"  # noqa: S105 - a name


def is_genuine(tool: str, secret: str, headers: Mapping[str, str], body: bytes, now: datetime) -> bool:
    """Whether the delivery was signed with the secret; a missing header is a refusal.

    Tools that do not sign send the secret itself in the header X-Leadline-Secret or as a bearer token.
    """
    if not secret:
        return False
    lower = {name.lower(): value for name, value in headers.items()}
    if tool == "typeform":
        expected = "sha256=" + signing.hmac_sha256_base64(secret, body)
        return signing.equal(expected, lower.get("typeform-signature", ""))
    if tool == "tally":
        expected = signing.hmac_sha256_base64(secret, body)
        return signing.equal(expected, lower.get("tally-signature", ""))
    if tool == "calendly":
        return _calendly(secret, lower.get("calendly-webhook-signature", ""), body)
    if tool == "webflow":
        return _webflow(secret, lower, body, now)
    bearer = lower.get("authorization", "").removeprefix("Bearer ")
    return signing.equal(secret, lower.get(SHARED_SECRET_HEADER) or bearer)


def _calendly(secret: str, header: str, body: bytes) -> bool:
    parts = [part.strip().split("=", 1) for part in header.split(",") if "=" in part]
    times = [value for name, value in parts if name == "t"]
    signed = [value for name, value in parts if name == "v1"]
    if len(times) != 1 or not signed:
        return False
    expected = signing.hmac_sha256_hex(secret, times[0].encode("utf-8", "replace") + b"." + body)
    return any(signing.equal(expected, one) for one in signed)


def _webflow(secret: str, headers: Mapping[str, str], body: bytes, now: datetime) -> bool:
    timestamp = headers.get("x-webflow-timestamp", "")
    if not timestamp.isascii() or not timestamp.isdecimal() or len(timestamp) > 16:
        return False
    expected = signing.hmac_sha256_hex(secret, timestamp.encode() + b":" + body)
    fresh = abs(now.timestamp() * 1000 - int(timestamp)) <= WEBFLOW_WINDOW_MS
    return signing.equal(expected, headers.get("x-webflow-signature", "")) and fresh
