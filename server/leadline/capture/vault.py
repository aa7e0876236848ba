"""Tokens and secrets of connections, encrypted with a key that is not in the database."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from functools import lru_cache

from django.conf import settings

from leadline.kit import secretbox


def seal(text: str) -> str:
    """The text encrypted with the installation's key."""
    return secretbox.encrypt(text, keys=_keys())


def unseal(sealed: str) -> str:
    """The text as it was sealed; Conflict (409) when the installation's key has changed."""
    return secretbox.decrypt(sealed, keys=_keys())


def seal_secrets(secrets: Mapping[str, str]) -> str:
    """Named secrets as one sealed text; none at all is empty."""
    return seal(json.dumps(dict(secrets))) if secrets else ""


def unseal_secrets(sealed: str) -> dict[str, str]:
    """The named secrets again."""
    return dict(json.loads(unseal(sealed))) if sealed else {}


def _keys() -> list[str]:
    old: list[str] = getattr(settings, "SECRET_KEY_FALLBACKS", [])
    return [_fernet_key(key) for key in (settings.SECRET_KEY, *old)]


@lru_cache(maxsize=8)
def _fernet_key(secret: str) -> str:
    digest = hashlib.sha256(b"leadline connection secrets\0" + secret.encode()).digest()
    return base64.urlsafe_b64encode(digest).decode()
