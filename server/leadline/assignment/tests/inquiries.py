"""Leads of known persons, as a channel opens them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from leadline.contacts import actions as contacts
from leadline.contacts.ports import IdentityIn, Person
from leadline.kit import clock
from leadline.leads import actions as leads
from leadline.leads.models import Lead
from leadline.leads.ports import NewInquiry
from leadline.workspaces.actor import Actor


def capture(
    actor: Actor, names: Sequence[str], *, person: dict[str, Any] | None = None, **values: Any
) -> list[Lead]:
    """Leads of these persons, captured in one batch, as they are right afterwards."""
    persons = [
        Person(
            name=name,
            identities=(IdentityIn("email", f"{name.replace(' ', '-')}@gmail.com"),),
            **(person or {}),
        )
        for name in names
    ]
    given = {"channel": "form", "source": "website", "at": clock.now(), **values}
    product = Actor.product(actor.workspace_id)
    found = contacts.match_or_make(product, persons, "IL")
    opened = leads.open_or_join(product, [NewInquiry(contact=match.contact, **given) for match in found])
    rows = {
        row.id: row
        for row in Lead.objects.filter(id__in=[o.lead.id for o in opened]).select_related("owner", "team")
    }
    return [rows[one.lead.id] for one in opened]


def lead(actor: Actor, name: str = "Dana Levi", **values: Any) -> Lead:
    """One lead as it is right after its capture."""
    return capture(actor, [name], **values)[0]


def owners(found: Sequence[Lead]) -> list[str]:
    """The names of the owners, in order."""
    return [row.owner.name if row.owner else "nobody" for row in found]
