"""Contacts and companies as the API shows them."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import field_validator

from leadline.infra.web import Shape


class IdentityOut(Shape):
    """One way to recognise a person."""

    kind: str
    value: str
    shown: str
    primary: bool


class CompanyName(Shape):
    """The organisation of a person."""

    id: UUID
    name: str


class ContactOut(Shape):
    """A person."""

    id: UUID
    version: int
    name: str
    first_name: str
    phone: str
    email: str
    company: CompanyName | None
    title: str
    city: str
    region: str
    country: str
    language: str
    timezone: str
    consent: dict[str, Any]
    custom: dict[str, Any]
    owner_id: UUID | None
    team_id: UUID | None
    identities: list[IdentityOut]
    created_at: datetime

    @field_validator("identities", mode="before")
    @classmethod
    def _rows(cls, value: Any) -> Any:
        return list(value.all()) if hasattr(value, "all") else value


class ContactIn(Shape):
    """What may be changed on a person; only what is sent is changed."""

    version: int | None = None
    name: str | None = None
    phone: str | None = None
    email: str | None = None
    company: str | None = None
    title: str | None = None
    city: str | None = None
    postcode: str | None = None
    region: str | None = None
    country: str | None = None
    language: str | None = None
    timezone: str | None = None


class CompanyIn(Shape):
    """What may be changed on an organisation; only what is sent is changed."""

    version: int | None = None
    name: str | None = None
    custom: dict[str, Any] | None = None


class CompanyOut(Shape):
    """An organisation."""

    id: UUID
    version: int
    name: str
    domain: str
    custom: dict[str, Any]
    created_at: datetime
