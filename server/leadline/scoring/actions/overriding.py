"""Let a person overrule the band the score gives."""

from __future__ import annotations

from uuid import UUID

from leadline.kit import text
from leadline.kit.errors import Invalid
from leadline.leads import actions as leads
from leadline.leads.actions.locked import take
from leadline.leads.models import Lead
from leadline.leads.rules import Band
from leadline.scoring.actions.counting import score
from leadline.workspaces.actor import Actor


def set_band(actor: Actor, lead_id: UUID, band: Band | None, reason: str) -> Lead:
    """Keep a lead in a band whatever its score says, with the reason; None lets the score decide again."""
    lead = take(actor, lead_id)
    why = text.clean(reason, 300)
    if band is not None and not why:
        raise Invalid("Say why.", field="reason")
    leads.override_band(actor, lead, band.value if band else None, why)
    if band is None:
        score(lead.workspace_id, [lead.id])
    lead.refresh_from_db()
    return lead
