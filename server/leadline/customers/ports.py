"""What others say when a lead shall become a deal, and what they are told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class NewCustomer:
    """A customer to make; what is not said follows from the lead and the map."""

    name: str = ""
    kind: str | None = None
    fields: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Deal:
    """What the deal shall be; what is not said stays as it is on the lead."""

    name: str | None = None
    value_minor: int | None = None
    currency: str | None = None
    stage_id: UUID | None = None
    pipeline_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """One conversion: to a customer that exists, or a new one; `fields` are set on the lead before."""

    id: UUID | None = None
    existing_id: UUID | None = None
    new: NewCustomer = field(default_factory=NewCustomer)
    deal: Deal = field(default_factory=Deal)
    fields: Mapping[str, Any] = field(default_factory=dict)
