"""Secrets at rest, encrypted with a key that is not in the database."""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache

from django.conf import settings

from leadline.kit import secretbox


def seal(text: str, *, purpose: str) -> str:
    """The text encrypted with the installation's key for this purpose."""
    return secretbox.encrypt(text, keys=_keys(purpose))


def unseal(sealed: str, *, purpose: str) -> str:
    """The text as it was sealed; Conflict (409) when the installation's key has changed."""
    return secretbox.decrypt(sealed, keys=_keys(purpose))


def _keys(purpose: str) -> list[str]:
    old: list[str] = getattr(settings, "SECRET_KEY_FALLBACKS", [])
    return [_fernet_key(key, purpose) for key in (settings.SECRET_KEY, *old)]


@lru_cache(maxsize=32)
def _fernet_key(secret: str, purpose: str) -> str:
    digest = hashlib.sha256(f"leadline {purpose}\0{secret}".encode()).digest()
    return base64.urlsafe_b64encode(digest).decode()
