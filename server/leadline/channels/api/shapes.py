"""The shapes in which programs and people hand in leads."""

from __future__ import annotations

from typing import Any, Literal
from uuid import UUID

from pydantic import Field, field_validator, model_validator

from leadline.infra.web import Shape
from leadline.kit import email, money, phone, text
from leadline.kit.errors import Invalid

MAX_BATCH = 1000
MAX_VALUE = 9_000_000_000_000_000
MAX_EXTRA = 200


class NewLead(Shape):
    """A lead to be captured: who it is and what they want. Custom fields go into `custom` by their key.

    `GET /api/v1/fields?object=lead` lists the custom fields of the workspace with types and choices.
    """

    id: UUID | None = Field(None, description="Your own id for the lead; sending it twice changes nothing.")
    name: str = Field("", max_length=200, description="The person's name.")
    title: str = Field("", max_length=200, description="What to call the lead; the person's name if empty.")
    phone: str = Field("", max_length=100, description="In any notation; read with the workspace's region.")
    email: str = Field("", max_length=320)
    company: str = Field("", max_length=200)
    source: str = Field("", max_length=60, description="Where it came from; see GET /api/v1/sources.")
    channel: str = Field("", max_length=30, description="How it reached you; `api` if empty.")
    campaign: str = Field("", max_length=200)
    text: str = Field("", max_length=50_000, description="What the person wrote or said.")
    interest: str = Field("", max_length=300)
    value_minor: int | None = Field(None, ge=0, le=MAX_VALUE, description="In minor units, e.g. cents.")
    currency: str = Field("", max_length=3, description="ISO 4217; the workspace's if empty.")
    city: str = Field("", max_length=120)
    postcode: str = Field("", max_length=20)
    country: str = Field("", max_length=2, description="ISO 3166-1 alpha-2.")
    language: str = Field("", max_length=10)
    owner_id: UUID | None = Field(None, description="A member; decided by the assignment rules if empty.")
    custom: dict[str, Any] = Field(
        default_factory=dict,
        max_length=500,
        description="Values of the workspace's custom fields by key; an unknown key is refused by name.",
        json_schema_extra={"additionalProperties": True},
    )
    extra: dict[str, Any] = Field(
        default_factory=dict, max_length=MAX_EXTRA, description="Anything else worth keeping with the lead."
    )
    consent: dict[str, Any] = Field(default_factory=dict, max_length=50)
    utm: dict[str, str] = Field(default_factory=dict, max_length=50)
    page: str = Field("", max_length=2000)
    referrer: str = Field("", max_length=2000)

    @field_validator("name", "title", "company", "campaign", "interest", "city", "source", "channel", "text")
    @classmethod
    def _clean(cls, value: str) -> str:
        return text.clean(value)

    @field_validator("email")
    @classmethod
    def _an_address(cls, value: str) -> str:
        if value.strip() and email.normalise(value) is None:
            raise ValueError("this is not an e-mail address")
        return value.strip()

    @field_validator("phone")
    @classmethod
    def _a_number(cls, value: str) -> str:
        if value.strip() and not any(char.isdecimal() for char in value):
            raise ValueError("this is not a phone number")
        return text.clean(value)

    @field_validator("currency")
    @classmethod
    def _a_currency(cls, value: str) -> str:
        try:
            return value and _known_currency(value.upper())
        except Invalid as problem:
            raise ValueError(problem.detail) from None

    @field_validator("country")
    @classmethod
    def _a_country(cls, value: str) -> str:
        if value and not (len(value) == 2 and value.isascii() and value.isalpha()):
            raise ValueError("write the country as a code of two letters, such as IL")
        return value.upper()

    @model_validator(mode="after")
    def _somebody(self) -> NewLead:
        if not (self.name or self.phone or self.email):
            raise ValueError("give at least a name, a phone number or an e-mail address")
        return self

    def require_readable_phone(self, region: str) -> None:
        """Invalid (422) when the number cannot be read with the habits of the region."""
        if self.phone and phone.parse(self.phone, self.country or region).e164 is None:
            raise Invalid(f"phone: “{self.phone[:60]}” is not a phone number.", field="phone")


class BatchIn(Shape):
    """Up to a thousand leads; each is checked alone and a wrong one does not spoil the others."""

    leads: list[dict[str, Any]] = Field(min_length=1, max_length=MAX_BATCH)


class BatchResult(Shape):
    """What became of one lead of the batch."""

    index: int
    status: Literal["created", "joined", "error"]
    id: UUID | None = None
    code: str | None = None
    detail: str | None = None
    field: str | None = None


class BatchOut(Shape):
    """One result per lead, in order."""

    results: list[BatchResult]


def _known_currency(code: str) -> str:
    money.exponent(code)
    return code
