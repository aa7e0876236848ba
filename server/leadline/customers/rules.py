"""Pure decisions of customers: what may be mapped where, and how long a conversion can be undone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from leadline.kit import text

UNDO_FOR = timedelta(days=30)


class CustomerKind(StrEnum):
    """What bought: a person or an organisation."""

    PERSON = "person"
    COMPANY = "company"


class CustomerStatus(StrEnum):
    """Whether we still work for the customer."""

    ACTIVE = "active"
    INACTIVE = "inactive"


class Side(StrEnum):
    """Where a field of a lead goes: to the customer, or to another field of the deal."""

    CUSTOMER = "customer"
    DEAL = "deal"


@dataclass(frozen=True, order=True)
class Mapped:
    """One line of the field map: this field of the lead goes there."""

    source: str
    side: Side
    target: str


# What a new workspace's conversions carry over; custom fields with the same key go along by themselves.
DEFAULT_MAP = (
    Mapped("contact.phone", Side.CUSTOMER, "phone"),
    Mapped("contact.email", Side.CUSTOMER, "email"),
    Mapped("contact.city", Side.CUSTOMER, "city"),
    Mapped("contact.country", Side.CUSTOMER, "country"),
    Mapped("source", Side.CUSTOMER, "source"),
)
# A deal is the same record: these stay with it whatever the map says, and need no line of their own.
CARRIED = frozenset(
    {
        *("name", "value_minor", "currency", "stage", "owner", "team", "status", "contact.name"),
        *("contact.first_name", "company", "score", "fit", "engagement", "band", "unread"),
    }
)


def can_undo(at: datetime, now: datetime) -> bool:
    """Whether a conversion of that time can still be taken back."""
    return now - at <= UNDO_FOR


def carried_over(lines: Iterable[Mapped], record: Mapping[str, Any], side: Side) -> dict[str, Any]:
    """What the map gives one side from the values of a lead; what is empty gives nothing.

    Of several fields that go to the same place, the first that is filled wins.
    """
    values: dict[str, Any] = {}
    for line in lines:
        value = record.get(line.source)
        if line.side is side and is_filled(value):
            values.setdefault(line.target, value)
    return values


def is_filled(value: Any) -> bool:
    """Whether there is anything to carry; no and zero are values, nothing and empty are not."""
    return value is not None and value not in ("", [], {})


# How long the texts of a customer may be.
_LIMITS = {"name": 200, "phone": 32, "email": 320, "city": 120, "country": 2, "source": 60, "about": 5000}


def cut(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values with texts as long as they may be."""
    return {key: text.clean(v or "", _LIMITS[key]) if key in _LIMITS else v for key, v in values.items()}
