"""Let customers be found by their name, their people and every way to reach them."""

from __future__ import annotations

from leadline.contacts import queries as contacts
from leadline.customers.models import Customer
from leadline.engines.search import actions as search
from leadline.engines.search.ports import Row
from leadline.kit import clock


def put_row(customer: Customer) -> None:
    """Describe the customer to the search."""
    contact, company = customer.contact, customer.company
    words = [customer.email, customer.city, company.name if company else ""]
    if contact is not None:
        words += contacts.search_words(contact)
    subtitle = contact.name if contact and contact.name != customer.name else customer.city
    search.put(
        [
            Row(
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
        ]
    )
