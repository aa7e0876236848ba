"""Secrets at rest: text in, ciphertext out, and a way to change the key."""

from __future__ import annotations

from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from leadline.kit.errors import Conflict


def new_key() -> str:
    """A fresh key to be kept outside the database."""
    return Fernet.generate_key().decode("ascii")


def encrypt(text: str, *, keys: Sequence[str]) -> str:
    """The text encrypted with the first key; the others are only for reading."""
    return _box(keys).encrypt(text.encode("utf-8")).decode("ascii")


def decrypt(secret: str, *, keys: Sequence[str]) -> str:
    """The text as it was encrypted, whichever of the keys was used; `Conflict` when none fits."""
    try:
        return _box(keys).decrypt(secret.encode("utf-8")).decode("utf-8")
    except InvalidToken:
        raise _unreadable() from None


def rotate(secret: str, *, keys: Sequence[str]) -> str:
    """The same text encrypted anew with the first key, so that older keys can be dropped."""
    try:
        return _box(keys).rotate(secret.encode("utf-8")).decode("ascii")
    except InvalidToken:
        raise _unreadable() from None


def _box(keys: Sequence[str]) -> MultiFernet:
    if isinstance(keys, str) or not keys:
        raise ValueError("Pass a list with at least one key, newest first.")
    return MultiFernet([Fernet(key) for key in keys])


def _unreadable() -> Conflict:
    return Conflict(
        "This secret was encrypted with a key that is no longer configured. "
        "Put the old key back, or enter the secret again.",
        code="secret_unreadable",
    )
