"""How a person is recognised: the kinds of identities and the keys under which they meet."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache

from leadline.kit import email, phone


class IdentityKind(StrEnum):
    """The typed ways to recognise a contact."""

    PHONE = "phone"
    EMAIL = "email"
    WHATSAPP = "whatsapp"
    WHATSAPP_USER = "whatsapp_user"
    INSTAGRAM = "instagram"
    TRACKING = "tracking"


# A telephone number and a WhatsApp id of the same number are one way to reach one person.
_FAMILY: dict[str, str] = {IdentityKind.PHONE: "number", IdentityKind.WHATSAPP: "number"}
# A browser may be shared, so it only counts where nothing better is known.
WEAK_KINDS = frozenset({IdentityKind.TRACKING})
_LONGEST = 320


@dataclass(frozen=True)
class Recognised:
    """An identity as it is stored; `value` is None when the text cannot be read and recognises nobody."""

    kind: IdentityKind
    value: str | None
    shown: str
    raw: str
    country: str = ""

    @cached_property
    def key(self) -> tuple[str, str] | None:
        """What is compared; numbers meet whether they came by telephone or by WhatsApp."""
        return None if self.value is None else key_of(self.kind, self.value)


def key_of(kind: str, value: str) -> tuple[str, str]:
    """The key of a stored identity."""
    return (_FAMILY.get(kind, kind), value)


def recognise(kind: str, raw: str, *regions: str) -> Recognised | None:
    """The identity in this text, read with the habits of the first region that fits; None without text."""
    return _recognised(IdentityKind(kind), raw, regions)


# A batch is looked at before it is matched; reading a number or address is dear.
@lru_cache(maxsize=8192)
def _recognised(kind: IdentityKind, raw: str, regions: tuple[str, ...]) -> Recognised | None:
    raw = raw.replace("\x00", "").strip()[:_LONGEST]
    if not raw:
        return None
    if kind is IdentityKind.PHONE:
        return _number(raw, regions)
    if kind is IdentityKind.WHATSAPP:
        key = phone.canonical(raw)
        return Recognised(kind, key, key or raw, raw, (phone.region_of(key) or "") if key else "")
    if kind is IdentityKind.EMAIL:
        return Recognised(kind, email.match_key(raw), email.normalise(raw) or raw, raw)
    return Recognised(kind, raw, raw, raw)


def postcode_number(postcode: str) -> int | None:
    """A postcode as a number, where it is written with digits alone: the one by which ranges are asked."""
    digits = postcode.replace(" ", "").replace("-", "")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 12 else None


def first_name_of(name: str) -> str:
    """The first word of a full name; of "Levi, Dana" the word after the comma."""
    last, comma, rest = name.partition(",")
    words = (rest if comma and rest.strip() else last).split()
    return words[0][:100] if words else ""


def _number(raw: str, regions: tuple[str, ...]) -> Recognised:
    readings = [phone.parse(raw, region) for region in dict.fromkeys(filter(None, regions))]
    readings = readings or [phone.parse(raw)]
    read = next((r for r in readings if r.valid), next((r for r in readings if r.e164), readings[0]))
    key = phone.canonical(read.e164) if read.e164 else None
    return Recognised(IdentityKind.PHONE, key, read.e164 or raw, raw, read.country or "")
