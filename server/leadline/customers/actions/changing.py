"""Change what is known of a customer, and the map by which leads become customers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from leadline.customers import policy, queries
from leadline.customers.actions.finding import put_row
from leadline.customers.actions.making import checked, columns, put, read
from leadline.customers.events import CustomerChanged
from leadline.customers.models import ConversionMap, Customer
from leadline.customers.rules import Mapped, Side
from leadline.infra import events, lookup
from leadline.kit.errors import Conflict, Invalid
from leadline.kit.sentences import say
from leadline.workspaces import audit
from leadline.workspaces.actor import Actor
from leadline.workspaces.queries import member

_MOST_LINES = 200


def change_customer(
    actor: Actor, customer_id: UUID, changes: Mapping[str, Any], version: int | None = None
) -> Customer:
    """Set fields by key (custom ones as custom.x), status and owner; what does not change is not written.

    Unknown fields and wrong values are refused by name (422), another version than the present one is a
    Conflict (409).
    """
    seen = lookup.get(policy.visible_customers(actor), customer_id)
    policy.require_can_convert(actor)
    rows = policy.every_customer(actor).select_related("contact", "company")
    customer = lookup.lock(rows, seen.id)
    if version is not None and customer.version != version:
        raise Conflict("Somebody changed this customer meanwhile. Look at it again.")
    new = checked(changes)
    if "name" in new and not new["name"]:
        raise Invalid("A customer needs a name.", field="name")
    different = {
        key: [read(customer, key), value] for key, value in new.items() if read(customer, key) != value
    }
    if not different:
        return customer
    if "owner" in different:
        _hand_over(actor, customer, new["owner"])
    put(customer, {key: new[key] for key in different})
    written = columns(different) | ({"team"} if "owner" in different else set())
    customer.save(update_fields=list(written))
    audit.record(actor, "changed", "customer", customer.id, different)
    put_row(customer)
    changed = CustomerChanged(
        workspace_id=customer.workspace_id, customer_id=customer.id, fields=tuple(different)
    )
    events.record(changed)
    return customer


def _hand_over(actor: Actor, customer: Customer, owner_id: UUID | None) -> None:
    """The customer leaves a team in which the new owner is not."""
    if owner_id is None:
        return
    owner = member(actor, owner_id)
    if not owner.active:
        raise Conflict(
            say("{name} is no longer active.", name=owner.name), code="member_inactive", field="owner"
        )
    teams = [team.id for team in owner.teams.all()]
    if customer.team_id not in teams:
        customer.team_id = next(iter(teams), None)


def set_map(actor: Actor, lines: Sequence[Mapped], version: int | None = None) -> queries.FieldMap:
    """Say which fields of a lead go where; fields that do not fit each other are refused (422)."""
    policy.require_can_set_up(actor)
    found = queries.field_map(actor)
    if version is not None and version != found.version:
        raise Conflict("Somebody changed the map meanwhile. Look at it again.")
    for number, line in enumerate(lines[: _MOST_LINES + 1]):
        _check(found, line, number)
    row = policy.own_map(actor).select_for_update().first() or ConversionMap()
    before, row.lines = row.lines, [_kept(line) for line in lines]
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise Conflict("Somebody changed the map meanwhile. Look at it again.") from None
    audit.record(actor, "changed", "conversion_map", row.id, {"lines": [before, row.lines]})
    return queries.field_map(actor)


def _check(found: queries.FieldMap, line: Mapped, number: int) -> None:
    field = f"lines.{number}"
    if number >= _MOST_LINES:
        raise Invalid(say("A map has at most {n} lines.", n=_MOST_LINES), field=field)
    targets = found.customer if line.side is Side.CUSTOMER else found.deal
    if line.source not in found.sources or line.target not in targets:
        raise Invalid("There is no such field.", field=field)
    if not queries.fits(found.sources[line.source], targets[line.target]):
        raise Invalid("These fields hold different kinds of values.", field=field)


def _kept(line: Mapped) -> dict[str, str]:
    return {"source": line.source, "side": line.side.value, "target": line.target}
