"""Take a lead to change it: seen by the actor, allowed, unchanged since it was read."""

from __future__ import annotations

from uuid import UUID

from leadline.infra import lookup
from leadline.kit.errors import Conflict
from leadline.leads import policy
from leadline.leads.models import Lead
from leadline.workspaces.actor import Actor


def take(actor: Actor, lead_id: UUID, version: int | None = None, *, trash: bool = False) -> Lead:
    """The lead, locked until the transaction ends; 404 unseen, 403 not allowed, 409 changed meanwhile."""
    rows = policy.visible_leads(actor, trash=trash)
    lead = lookup.lock(rows.select_related("stage", "contact__company", "company"), lead_id)
    policy.require_can_change(actor)
    if version is not None and lead.version != version:
        raise Conflict("Somebody changed this lead meanwhile. Look at it again.", code="conflict")
    return lead
