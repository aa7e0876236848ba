"""Everything the page of one customer shows."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from leadline.contacts import queries as contacts
from leadline.contacts.models import Contact
from leadline.customers import policy
from leadline.customers.models import Customer
from leadline.customers.queries.lists import parts
from leadline.customers.rules import can_undo
from leadline.customers.shapes import CustomerOut, DealOut
from leadline.engines.timeline import queries as timeline
from leadline.infra import lookup
from leadline.infra.web import Page
from leadline.kit import clock
from leadline.leads import queries as leads
from leadline.workspaces.actor import Actor
from leadline.workspaces.queries import own_workspace
from leadline.workspaces.rules import Right

_MOST_DEALS = 200
_SHOWN = ("source", "about", "team")


@dataclass(frozen=True)
class _Around:
    """The people of a customer, and their leads and deals, as far as the actor sees them."""

    customer: Customer
    people: Sequence[Contact]
    deals: Mapping[UUID, Mapping[str, Any]]
    lead_ids: Sequence[UUID]


def customer_page(actor: Actor, customer_id: UUID) -> CustomerOut:
    """One customer with people, deals, other leads and what happened: 8 statements at most."""
    around = _around(actor, customer_id)
    customer = around.customer
    currency = own_workspace(actor).currency
    rates = leads.rates_into(actor, currency) if set(customer.won) - {currency} else {}
    rows = {row.id: row for row in leads.lead_rows(actor, around.lead_ids[:_MOST_DEALS])}
    deals = [DealOut(lead=rows[lead_id], **told) for lead_id, told in around.deals.items() if lead_id in rows]
    return CustomerOut.model_validate(
        {
            **parts(customer, currency, rates),
            **{name: getattr(customer, name) for name in _SHOWN},
            "people": around.people,
            "deal_list": deals,
            "leads": [row for row in rows.values() if row.id not in around.deals],
            "counts": timeline.counts_of_all(actor, **_happened(around)),
            "can": {"change": actor.may(Right.CHANGE_LEADS)},
        }
    )


def customer_timeline(
    actor: Actor, customer_id: UUID, *, cursor: str | None, kinds: Collection[str], limit: int
) -> Page[timeline.EntryOut]:
    """What happened with all leads, deals and people of a customer, newest first."""
    around = _around(actor, customer_id)
    return timeline.entries_of_all(actor, **_happened(around), cursor=cursor, kinds=kinds, limit=limit)


def _happened(around: _Around) -> dict[str, list[UUID]]:
    about = [around.customer.id, *around.lead_ids]
    return {"about_ids": about, "with_ids": [person.id for person in around.people]}


def _around(actor: Actor, customer_id: UUID) -> _Around:
    rows = policy.visible_customers(actor).select_related("owner", "team", "contact", "company")
    customer = lookup.get(rows, customer_id)
    now = clock.now()
    found = policy.visible_deals(actor).filter(customer=customer).order_by("-at")
    deals = {
        one["lead_id"]: {
            "conversion_id": one["id"],
            "converted_at": one["at"],
            "can_undo": can_undo(one["at"], now),
        }
        for one in found.values("id", "lead_id", "at", "lead__contact_id")[:_MOST_DEALS]
    }
    own = {customer.contact_id} if customer.contact_id else set()
    people = contacts.people_of(actor, own | leads.contacts_of(deals), customer.company_id)
    lead_ids = leads.ids_around(
        actor,
        lead_ids=list(deals),
        contact_ids=[person.id for person in people],
        company_id=customer.company_id,
    )
    return _Around(customer, people, deals, lead_ids)


def customers_of_leads(actor: Actor, lead_ids: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
    """Whose deals these leads are, for their pages: 1 statement."""
    now = clock.now()
    found = policy.visible_deals(actor).filter(lead_id__in=lead_ids, customer__isnull=False)
    return {
        one.lead_id: {
            "id": one.customer.id,
            "name": one.customer.name,
            "conversion_id": one.id,
            "at": one.at,
            "can_undo": can_undo(one.at, now),
        }
        for one in found.select_related("customer")
        if one.customer is not None
    }
