"""Keyed digests, comparisons that leak no timing, and unguessable tokens."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets


def hmac_sha256_hex(key: str | bytes, body: bytes) -> str:
    """The HMAC-SHA256 of the raw body in lower-case hex."""
    return hmac.new(_raw(key), body, hashlib.sha256).hexdigest()


def hmac_sha256_base64(key: str | bytes, body: bytes) -> str:
    """The HMAC-SHA256 of the raw body in standard base64 with padding."""
    return base64.b64encode(hmac.new(_raw(key), body, hashlib.sha256).digest()).decode("ascii")


def equal(a: str | bytes, b: str | bytes) -> bool:
    """Whether both are the same text or bytes, in a time that does not tell where they differ."""
    return hmac.compare_digest(_raw(a), _raw(b))


def random_token(size: int = 24) -> str:
    """A fresh URL-safe token made of `size` random bytes."""
    return secrets.token_urlsafe(size)


def token_digest(token: str) -> str:
    """The SHA-256 of a token in hex; only for tokens with much entropy, never for passwords."""
    return hashlib.sha256(_raw(token)).hexdigest()


def _raw(value: str | bytes) -> bytes:
    # Headers arrive as text that may hold anything, lone surrogates too; comparing must not raise.
    return value.encode("utf-8", "surrogatepass") if isinstance(value, str) else value
