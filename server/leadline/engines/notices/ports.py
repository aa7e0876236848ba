"""What rooms tell members, and what carriers bring to them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from leadline.kit.sentences import Text


@dataclass(frozen=True, kw_only=True)
class Telling:
    """One thing to tell one member: always in the product, and by the carriers named (email, sms).

    With `once` the member is told a single time, however often the telling is repeated.
    """

    member_id: UUID
    kind: str
    title: Text
    text: Text = ""
    link_object: str = ""
    link_id: UUID | None = None
    once: str | None = None
    carriers: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A notice as a carrier brings it; `delivery_id` is our reference, the same at every attempt."""

    delivery_id: UUID
    workspace_id: UUID
    member_id: UUID
    name: str
    email: str
    phone: str
    kind: str
    title: str
    text: str
    link_object: str
    link_id: UUID | None


class DeliveryUncertain(Exception):
    """Raised by a carrier that cannot know whether the letter left; it is not sent again."""


# Brings one letter, outside any transaction. Raises a LeadlineError when it never can, DeliveryUncertain
# when it may have, and anything else when it surely has not and may be tried again.
Carrier = Callable[[Letter], None]
carriers: dict[str, Carrier] = {}
