"""Customers and conversions as the API shows them, and what is sent."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from leadline.customers.rules import CustomerKind, CustomerStatus, Side
from leadline.infra.web import Shape, one_of
from leadline.leads.queries import LeadIn, LeadRow, Named

KindWord = Annotated[str, one_of(CustomerKind)]
StatusWord = Annotated[str, one_of(CustomerStatus)]
SideWord = Annotated[str, one_of(Side)]


class CustomerRow(Shape):
    """A customer as a list shows it; `won_minor` leaves out currencies without a rate (`unconverted`)."""

    id: UUID
    version: int
    name: str
    kind: KindWord
    status: StatusWord
    phone: str
    email: str
    city: str
    country: str
    owner: Named | None
    contact: Named | None
    company: Named | None
    deals: int
    deals_won: int
    won_minor: int
    currency: str
    unconverted: list[str]
    last_activity_at: datetime
    created_at: datetime
    custom: dict[str, Any]


class Person(Shape):
    """One of the people of a customer."""

    id: UUID
    name: str
    title: str
    phone: str
    email: str


class DealOut(Shape):
    """A deal of a customer and the conversion that made it one."""

    lead: LeadRow
    conversion_id: UUID
    converted_at: datetime
    can_undo: bool


class CustomerCan(Shape):
    """What this member may do with the customer."""

    change: bool


class CustomerOut(CustomerRow):
    """A customer with everything its page shows.

    `leads` are inquiries of the same people that were not converted; `counts` says how many entries of each
    kind the timeline of them all holds.
    """

    source: str
    about: str
    team: Named | None
    people: list[Person]
    deal_list: list[DealOut]
    leads: list[LeadRow]
    counts: dict[str, int]
    can: CustomerCan


class CustomerIn(Shape):
    """What may be changed on a customer; only what is sent is changed."""

    version: int | None = None
    name: str | None = None
    status: CustomerStatus | None = None
    owner_id: UUID | None = None
    phone: str | None = None
    email: str | None = None
    city: str | None = None
    country: str | None = None
    source: str | None = None
    about: str | None = None
    custom: dict[str, Any] | None = None


class MapLine(Shape):
    """This field of a lead goes to that field of the customer or the deal."""

    source: str = Field(max_length=100)
    side: Side
    target: str = Field(max_length=100)


class MapField(Shape):
    """A field that can be mapped; `fits` are the keys of the fields whose values it can take."""

    key: str
    label: str
    type: str


class MapOut(Shape):
    """The field map, and what can be mapped; version 0 is the map that ships."""

    version: int
    lines: list[MapLine]
    sources: list[MapField]
    customer: list[MapField]
    deal: list[MapField]
    unmapped: list[MapField]


class MapIn(Shape):
    """The lines of the map, in order."""

    version: int | None = None
    lines: list[MapLine]


class NewCustomerIn(Shape):
    """A customer to make; what is not said follows from the lead and the map."""

    name: str = ""
    kind: CustomerKind | None = None
    fields: dict[str, Any] = {}


class CustomerChoice(Shape):
    """A customer that exists, or else a new one."""

    existing_id: UUID | None = None
    new: NewCustomerIn | None = None


class DealIn(Shape):
    """What the deal shall be; what is not said stays as it is on the lead."""

    name: str | None = None
    value_minor: int | None = None
    currency: str | None = None
    stage_id: UUID | None = None
    pipeline_id: UUID | None = None


class ConversionIn(Shape):
    """A conversion; the same id twice is the same conversion. `fields` are set on the lead before."""

    id: UUID | None = None
    version: int | None = None
    customer: CustomerChoice = CustomerChoice()
    deal: DealIn = DealIn()
    fields: LeadIn = LeadIn()


class KeptOut(Shape):
    """What was touched since and stays, and why."""

    object: Literal["customer", "deal"]
    name: str
    reason: str


class ConversionOut(Shape):
    """A conversion, and what its undoing did once it is undone."""

    id: UUID
    lead_id: UUID
    customer: Named | None
    made_customer: bool
    at: datetime
    by_name: str
    can_undo: bool
    undone_at: datetime | None
    customer_removed: bool
    restored: list[str]
    kept: list[KeptOut]


class ProposedLine(Shape):
    """One value of the lead and where the conversion carries it."""

    source: str
    label: str
    side: SideWord
    target: str
    target_label: str
    value: Any


class LeftValue(Shape):
    """A value that goes nowhere; it stays with the deal."""

    key: str
    label: str
    value: Any


class CandidateOut(Shape):
    """A customer that may be meant; `same` = it certainly is, so no second one can be made."""

    id: UUID
    name: str
    kind: KindWord
    owner: Named | None
    deals: int
    reason: str
    same: bool


class ProposedCustomer(Shape):
    """The customer that would be made."""

    name: str
    kind: KindWord
    kinds: list[KindWord]


class ProposedDeal(Shape):
    """The deal the lead would be."""

    name: str
    value_minor: int
    currency: str
    pipeline_id: UUID
    stage_id: UUID


class ProposalOut(Shape):
    """What a conversion would do; `conversion` when it was done already."""

    version: int
    customer: ProposedCustomer
    deal: ProposedDeal
    mapping: list[ProposedLine]
    unmapped: list[LeftValue]
    candidates: list[CandidateOut]
    conversion: ConversionOut | None
