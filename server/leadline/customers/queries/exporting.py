"""Customers as rows of a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from leadline.customers import policy
from leadline.customers.fields import CUSTOMER
from leadline.customers.models import Customer
from leadline.engines.schema import queries as schema
from leadline.engines.schema.rules import CUSTOM
from leadline.engines.views import actions as views
from leadline.infra.language import worded
from leadline.kit.sentences import word
from leadline.leads.rules import source_words
from leadline.workspaces.actor import Actor

# The key, the path it is read by, and what it is called, in the order in which people read a list.
_COLUMNS = (
    ("id", "id", "Id"),
    ("name", "name", word("Name")),
    ("kind", "kind", word("Kind")),
    ("status", "status", word("Status")),
    ("contact.name", "contact__name", word("Contact person")),
    ("company", "company__name", word("Company")),
    ("phone", "phone", word("Phone")),
    ("email", "email", word("E-mail")),
    ("city", "city", word("City")),
    ("country", "country", word("Country")),
    ("source", "source", word("Source")),
    ("about", "about", word("About")),
    ("owner", "owner__name", word("Owner")),
    ("deals", "deals", word("Deals")),
    ("deals_won", "deals_won", word("Deals won")),
    ("last_activity_at", "last_activity_at", word("Last activity")),
    ("created_at", "created_at", word("Customer since")),
)


def export_headers(actor: Actor) -> list[tuple[str, str]]:
    """Key and label of every column, custom fields last; one statement."""
    own = [(key, worded(label)) for key, _, label in _COLUMNS]
    return [*own, *((field.key, field.label) for field in schema.custom_fields(CUSTOMER))]


def export_count(actor: Actor, tree: Mapping[str, Any] | None) -> int:
    """How many customers the filter finds."""
    return _filtered(actor, tree).count()


def exported(
    actor: Actor, tree: Mapping[str, Any] | None, after: UUID | None, limit: int
) -> Sequence[tuple[UUID, Mapping[str, Any]]]:
    """The next customers in order of ids, with the values of their columns: 2 statements."""
    rows = _filtered(actor, tree).order_by("id")
    rows = rows.filter(id__gt=after) if after is not None else rows
    own = schema.custom_fields(CUSTOMER)
    found = rows.values("custom", *(path for _, path, _ in _COLUMNS))[:limit]
    return [(row["id"], _row(row, [field.key for field in own])) for row in found]


def _row(row: Mapping[str, Any], own: Sequence[str]) -> dict[str, Any]:
    values = {key: row[path] if row[path] is not None else "" for key, path, _ in _COLUMNS}
    values["source"] = worded(source_words(row["source"])) if row["source"] else ""
    return values | {key: row["custom"].get(key.removeprefix(CUSTOM)) for key in own}


def _filtered(actor: Actor, tree: Mapping[str, Any] | None) -> QuerySet[Customer]:
    rows = policy.visible_customers(actor)
    return rows.filter(views.to_q(dict(tree), "customer", actor)) if tree else rows
