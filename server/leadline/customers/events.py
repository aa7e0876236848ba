"""What happens to customers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from leadline.infra.events import Event


@dataclass(frozen=True, kw_only=True)
class CustomerEvent(Event):
    """Something happened to one customer."""

    live: ClassVar[str | None] = "customers"
    customer_id: UUID


@dataclass(frozen=True, kw_only=True)
class CustomerMade(CustomerEvent):
    """Somebody became a customer, by this lead."""

    lead_id: UUID
    at: datetime


@dataclass(frozen=True, kw_only=True)
class DealGained(CustomerEvent):
    """A lead became a deal of somebody who was a customer already."""

    lead_id: UUID
    at: datetime


@dataclass(frozen=True, kw_only=True)
class CustomerChanged(CustomerEvent):
    """Fields of a customer were changed."""

    fields: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class CustomerRemoved(CustomerEvent):
    """A customer was made by mistake and its conversion undone."""

    at: datetime
