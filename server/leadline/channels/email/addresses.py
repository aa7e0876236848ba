"""Addresses that carry a thread, a message or a workspace, sealed so that nobody guesses one."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.conf import settings

from leadline.kit import signing

_SEALED = re.compile(r"\+([tbf])([a-z2-7]{26})\.([0-9a-f]{12})$")


class Purpose(StrEnum):
    """What an address stands for."""

    THREAD = "t"
    BOUNCE = "b"
    FILING = "f"


@dataclass(frozen=True)
class Pointer:
    """What an address of ours points to: a thread, a message or a workspace."""

    purpose: Purpose
    id: UUID


def sealed(base: str, purpose: Purpose, target: UUID) -> str:
    """The address `base` with the target in its plus-part; empty without a base."""
    local, _, domain = base.strip().lower().rpartition("@")
    if not local:
        return ""
    return f"{local}+{purpose.value}{_short(target)}.{_seal(purpose, target)}@{domain}"


def pointer_in(address: str) -> Pointer | None:
    """What an address points to, if we sealed it."""
    found = _SEALED.search(address.strip().lower().rpartition("@")[0])
    if found is None:
        return None
    purpose, target = Purpose(found[1]), _long(found[2])
    if target is None or not signing.equal(found[3], _seal(purpose, target)):
        return None
    return Pointer(purpose, target)


def plain(address: str) -> str:
    """The address without its plus-part, in lower case."""
    local, _, domain = address.strip().lower().rpartition("@")
    return f"{local.partition('+')[0]}@{domain}" if local else ""


def _short(target: UUID) -> str:
    return base64.b32encode(target.bytes).decode().rstrip("=").lower()


def _long(short: str) -> UUID | None:
    try:
        return UUID(bytes=base64.b32decode(short.upper() + "======"))
    except ValueError:
        return None


def _seal(purpose: Purpose, target: UUID) -> str:
    key = hashlib.sha256(b"leadline mail addresses\0" + settings.SECRET_KEY.encode()).digest()
    return signing.hmac_sha256_hex(key, purpose.value.encode() + target.bytes)[:12]
