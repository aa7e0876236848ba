"""Convert a lead: in one transaction it is a deal of a customer, new or known."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from leadline.customers import policy, queries
from leadline.customers.actions.dealing import deal_facts, shape_deal
from leadline.customers.actions.making import fill_blanks, make
from leadline.customers.events import CustomerMade, DealGained
from leadline.customers.models import Conversion, Customer
from leadline.customers.ports import Wanted
from leadline.infra import events, lookup
from leadline.kit import clock
from leadline.kit.errors import Conflict
from leadline.kit.sentences import say
from leadline.leads import actions as leads
from leadline.leads.actions import require_version
from leadline.leads.models import Lead
from leadline.workspaces import audit
from leadline.workspaces.actor import Actor


def convert_lead(actor: Actor, lead_id: UUID, wanted: Wanted, version: int | None = None) -> Conversion:
    """Make a lead a deal of a customer; the same id twice is the same conversion.

    Conflicts (409): already_converted, customer_exists (make no second one), lead_is_lost, lead_is_spam, and
    what a move to the wanted stage may refuse. Nothing is written then.
    """
    policy.require_can_convert(actor)
    lead = leads.take(actor, lead_id)
    held = _same(actor, lead, wanted.id)
    if held is not None:
        return held
    require_version(lead, version)
    leads.require_convertible(lead)
    found = queries.field_map(actor)
    before = deal_facts(lead)
    lead = shape_deal(actor, lead, wanted, found)
    values = queries.customer_values(found, lead.id)
    if wanted.existing_id is not None:
        customer = _known(actor, lead, wanted.existing_id)
        filled = fill_blanks(actor, customer, values)
    else:
        customer, filled = make(actor, lead, wanted.new, values), {}
    made = wanted.existing_id is None
    conversion = Conversion(
        **({"id": wanted.id} if wanted.id else {}),
        lead=lead,
        customer=customer,
        at=clock.now(),
        by_name=actor.name,
        by_member_id=actor.member_id,
        made_customer=made,
        before=before,
        filled=filled,
    )
    _write_down(actor, lead, conversion, customer)
    conversion.after = deal_facts(lead)
    _save(conversion)
    told = CustomerMade if made else DealGained
    events.record(
        told(workspace_id=lead.workspace_id, customer_id=customer.id, lead_id=lead.id, at=conversion.at)
    )
    return conversion


def make_customer(actor: Actor, lead_id: UUID) -> Conversion:
    """Make the person or company of a deal a customer, or link it to the customer they are already.

    Doing it twice makes one customer: for automations.
    """
    lead = leads.take(actor, lead_id)
    held = queries.conversion_of(lead)
    if held is not None:
        return held
    same = next((one for one in queries.candidates(actor, lead) if one.same), None)
    try:
        return convert_lead(actor, lead_id, Wanted(existing_id=same.customer.id if same else None))
    except Conflict as conflict:
        if conflict.code != "customer_exists":
            raise
        # Somebody made the customer in this moment.
        return convert_lead(actor, lead_id, Wanted(existing_id=UUID(str(conflict.extra["customer_id"]))))


def _same(actor: Actor, lead: Lead, conversion_id: UUID | None) -> Conversion | None:
    held = queries.conversion_of(lead)
    if held is not None and held.id == conversion_id:
        return held
    if held is not None:
        raise Conflict(
            "This lead is converted already.",
            code="already_converted",
            extra={"conversion_id": str(held.id), "customer_id": str(held.customer_id)},
        )
    if conversion_id is not None and queries.conversion(actor, conversion_id) is not None:
        raise Conflict("This conversion was undone. Convert again.", code="conversion_undone", field="id")
    return None


def _known(actor: Actor, lead: Lead, customer_id: UUID) -> Customer:
    """The customer, locked: one the actor sees, or one that this lead is offered."""
    offered = {one.customer.id for one in queries.candidates(actor, lead)}
    rows = policy.every_customer(actor) if customer_id in offered else policy.visible_customers(actor)
    return lookup.lock(rows.select_related("contact", "company"), customer_id)


def _save(conversion: Conversion) -> None:
    try:
        with transaction.atomic():
            conversion.save(force_insert=True)
    except IntegrityError:
        raise Conflict("This id is taken. Choose another one.", code="id_taken", field="id") from None


def _write_down(actor: Actor, lead: Lead, conversion: Conversion, customer: Customer) -> None:
    payload: Mapping[str, Any] = {
        "conversion_id": str(conversion.id),
        "customer": {"id": str(customer.id), "name": customer.name},
        "made": conversion.made_customer,
    }
    shown = (
        say("Converted: {customer} is a customer", customer=customer.name)
        if conversion.made_customer
        else say("Converted: a deal of {customer}", customer=customer.name)
    )
    leads.convert(actor, lead, shown, payload)
    audit.record(actor, "converted", "lead", lead.id, payload)
