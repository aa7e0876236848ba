"""Take a lead to change it: seen by the actor, allowed, unchanged since it was read."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from leadline.contacts.actions import lock_contacts
from leadline.infra import lookup
from leadline.kit.errors import Conflict
from leadline.leads import policy
from leadline.leads.models import Lead
from leadline.workspaces.actor import Actor


def take(actor: Actor, lead_id: UUID, version: int | None = None, *, trash: bool = False) -> Lead:
    """The lead and its person, locked until the transaction ends.

    404 unseen, 403 not allowed, 409 changed meanwhile. The person is locked first, as a capture does.
    """
    rows = policy.visible_leads(actor, trash=trash)
    seen = lookup.get(rows.only("contact_id"), lead_id)
    policy.require_can_change(actor)
    contacts = lock_contacts([seen.contact_id])
    lead = lookup.lock(rows.select_related("stage", "company"), lead_id)
    lead.contact = contacts[0]
    require_version(lead, version)
    return lead


def take_all(actor: Actor, lead_ids: Sequence[UUID], *, trash: bool = False) -> dict[UUID, Lead]:
    """Those of these leads that the actor sees, with their persons, locked: 3 statements for any number."""
    rows = policy.visible_leads(actor, trash=trash).filter(id__in=lead_ids)
    policy.require_can_change(actor)
    contacts = {one.id: one for one in lock_contacts(rows.values_list("contact_id", flat=True))}
    locked = rows.select_related("stage", "company").select_for_update(of=("self",)).order_by("id")
    found = {lead.id: lead for lead in locked if lead.contact_id in contacts}
    for lead in found.values():
        lead.contact = contacts[lead.contact_id]
    return found


def require_version(lead: Lead, version: int | None) -> None:
    """Conflict (409) when the lead changed since the caller read it."""
    if version is not None and lead.version != version:
        raise Conflict("Somebody changed this lead meanwhile. Look at it again.", code="conflict")
