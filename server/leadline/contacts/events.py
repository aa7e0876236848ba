"""What happens to contacts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from leadline.infra.events import Event


@dataclass(frozen=True, kw_only=True)
class ContactChanged(Event):
    """Fields or identities of a contact were changed."""

    live: ClassVar[str | None] = "contacts"
    contact_id: UUID
    fields: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class CompanyChanged(Event):
    """The name or own fields of a company were changed."""

    company_id: UUID
    fields: tuple[str, ...]
