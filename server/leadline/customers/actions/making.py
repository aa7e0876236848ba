"""Make a customer of a lead's person or company, or tell a known one more."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction

from leadline.customers import policy, queries
from leadline.customers.actions.finding import put_row
from leadline.customers.models import Customer
from leadline.customers.ports import NewCustomer
from leadline.customers.rules import CustomerKind, cut, is_filled
from leadline.engines.schema import actions as schema
from leadline.engines.schema.rules import CUSTOM
from leadline.kit import text
from leadline.kit.errors import Conflict, Invalid
from leadline.kit.sentences import say
from leadline.leads.models import Lead
from leadline.workspaces import audit
from leadline.workspaces.actor import Actor


def make(actor: Actor, lead: Lead, new: NewCustomer, values: Mapping[str, Any]) -> Customer:
    """A customer of the lead's owner; who is one already is a Conflict (409 customer_exists)."""
    company = queries.company_of(lead)
    kind = CustomerKind(new.kind or (CustomerKind.COMPANY if company else CustomerKind.PERSON))
    if kind is CustomerKind.COMPANY and company is None:
        raise Invalid("This lead has no company.", field="customer.new.kind")
    said = checked(new.fields)
    name = text.clean(new.name, 200) or said.get("name") or values.get("name")
    customer = Customer(
        kind=kind,
        contact=lead.contact,
        company=company if kind is CustomerKind.COMPANY else None,
        owner_id=lead.owner_id,
        team_id=lead.team_id,
    )
    put(customer, {**values, **said, "name": name or queries.name_of(lead, kind) or lead.name})
    _insert(actor, customer)
    audit.record(actor, "created", "customer", customer.id, {"name": customer.name})
    put_row(customer)
    return customer


def fill_blanks(actor: Actor, customer: Customer, values: Mapping[str, Any]) -> dict[str, Any]:
    """Tell a known customer what was not known of it; nothing that is known changes. What was filled."""
    filled = {key: value for key, value in values.items() if not is_filled(read(customer, key))}
    if filled:
        put(customer, filled)
        customer.save(update_fields=list(columns(filled)))
        audit.record(actor, "filled", "customer", customer.id, filled)
        put_row(customer)
    return filled


def checked(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a customer as they are kept; Invalid (422) names a field that is unknown or wrong."""
    return cut(schema.check_values("customer", values)) if values else {}


def read(customer: Customer, key: str) -> Any:
    """One value of a customer by field key."""
    if key.startswith(CUSTOM):
        return customer.custom.get(key.removeprefix(CUSTOM))
    return getattr(customer, "owner_id" if key == "owner" else key)


def put(customer: Customer, values: Mapping[str, Any]) -> None:
    """Set values by field key; an empty custom value is taken away."""
    custom = dict(customer.custom)
    for key, value in values.items():
        if not key.startswith(CUSTOM):
            setattr(customer, "owner_id" if key == "owner" else key, value)
        elif value is None:
            custom.pop(key.removeprefix(CUSTOM), None)
        else:
            custom[key.removeprefix(CUSTOM)] = value
    customer.custom = custom


def columns(values: Mapping[str, Any]) -> set[str]:
    """The columns in which these fields are."""
    return {"custom" if key.startswith(CUSTOM) else key for key in values}


def _insert(actor: Actor, customer: Customer) -> None:
    try:
        with transaction.atomic():
            customer.save(force_insert=True)
    except IntegrityError:
        rows = policy.every_customer(actor).filter(kind=customer.kind)
        held = {"company": customer.company} if customer.company else {"contact": customer.contact}
        there = rows.filter(**held).first()
        if there is None:
            raise
        raise Conflict(
            say("{name} is a customer already. Add the deal to them instead.", name=there.name),
            code="customer_exists",
            extra={"customer_id": str(there.id)},
        ) from None
