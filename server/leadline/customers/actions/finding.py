"""Let customers be found by their name, their people and every way to reach them."""

from __future__ import annotations

from collections.abc import Sequence

from leadline.contacts import queries as contacts
from leadline.customers.models import Customer
from leadline.engines.search import actions as search
from leadline.engines.search.ports import Row
from leadline.kit import clock


def put_row(customer: Customer) -> None:
    """Describe the customer to the search."""
    put_rows([customer])


def put_rows(customers: Sequence[Customer]) -> None:
    """Describe these customers to the search, in one statement; contacts come with their identities."""
    search.put([_row(one) for one in customers])


def _row(customer: Customer) -> Row:
    contact, company = customer.contact, customer.company
    words = [customer.email, customer.city, company.name if company else ""]
    if contact is not None:
        words += contacts.search_words(contact)
    subtitle = contact.name if contact and contact.name != customer.name else customer.city
    return Row(
        object_type="customer",
        object_id=customer.id,
        title=customer.name,
        subtitle=subtitle,
        words=[word for word in words if word],
        phones=[number for number in (customer.phone, contact.phone if contact else "") if number],
        owner_id=customer.owner_id,
        team_id=customer.team_id,
        rank_at=clock.now(),
    )
