"""Lists of customers, in pages that continue by key."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from leadline.customers import policy
from leadline.customers.models import Customer
from leadline.customers.shapes import CustomerRow
from leadline.engines.search import queries as search
from leadline.engines.views import actions as views
from leadline.infra.web import Page
from leadline.leads import queries as leads
from leadline.leads.rules import worth
from leadline.workspaces.actor import Actor
from leadline.workspaces.queries import own_workspace

NEWEST = "-last_activity_at"
COUNTED = 10_000
_MOST_FOUND = 200
_SHOWN = (
    *("id", "version", "name", "kind", "status", "phone", "email", "city", "country", "owner", "contact"),
    *("company", "deals", "deals_won", "last_activity_at", "created_at", "custom"),
)


def customers_page(
    actor: Actor,
    tree: views.Tree | None = None,
    *,
    q: str = "",
    sort: str = NEWEST,
    cursor: str | None = None,
    limit: int = 50,
) -> Page[CustomerRow]:
    """A page of customers: 3 statements, one for rates, and those of the search and of custom fields.

    The first page knows how many there are in all; None means more than 10,000.
    """
    rows = policy.visible_customers(actor)
    if tree:
        rows = rows.filter(views.to_q(tree, "customer", actor))
    if q.strip():
        hits = search.search(actor, q, limit=_MOST_FOUND)
        rows = rows.filter(id__in=[hit.id for hit in hits if hit.object == "customer"])
    following = rows.filter(views.after(cursor, sort, "customer")).order_by(*views.order_by(sort, "customer"))
    found = list(_whole(following)[: limit + 1])
    shown = found[:limit]
    next_cursor = views.cursor_of(shown[-1], sort, "customer") if len(found) > limit else None
    return Page[CustomerRow](
        items=rows_of(actor, shown), next_cursor=next_cursor, total=_count(rows) if cursor is None else None
    )


def rows_of(actor: Actor, customers: Collection[Customer]) -> list[CustomerRow]:
    """Customers as rows, money in the workspace's currency: a statement for rates where one is needed."""
    currency = own_workspace(actor).currency
    foreign = any(set(one.won) - {currency} for one in customers)
    rates = leads.rates_into(actor, currency) if foreign else {}
    return [CustomerRow.model_validate(parts(one, currency, rates)) for one in customers]


def parts(customer: Customer, currency: str, rates: Mapping[str, Decimal]) -> dict[str, Any]:
    """What a row shows of a customer."""
    won = worth(customer.won, currency, rates)
    return {
        **{name: getattr(customer, name) for name in _SHOWN},
        "won_minor": won.minor,
        "currency": currency,
        "unconverted": list(won.left_out),
    }


def visible_ids(actor: Actor, customer_ids: Collection[UUID]) -> set[UUID]:
    """Which of these customers the actor may see; one statement."""
    return set(policy.visible_customers(actor).filter(id__in=list(customer_ids)).values_list("id", flat=True))


def _whole(rows: QuerySet[Customer]) -> QuerySet[Customer]:
    return rows.select_related("owner", "contact", "company")


def _count(rows: QuerySet[Customer]) -> int | None:
    counted = rows.order_by()[: COUNTED + 1].count()
    return counted if counted <= COUNTED else None
