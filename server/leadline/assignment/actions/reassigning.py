"""Take a lead from its owner and let the rules choose somebody else."""

from __future__ import annotations

from uuid import UUID

from leadline.assignment.actions.assigning import decide_for_others
from leadline.infra import tenancy
from leadline.infra.jobs import background
from leadline.kit.errors import Conflict
from leadline.kit.sentences import say
from leadline.leads.actions.locked import take
from leadline.leads.models import Lead
from leadline.leads.rules import LeadStatus
from leadline.workspaces.actor import Actor


def reassign(actor: Actor, lead_id: UUID, *, answered_too: bool = False) -> Lead:
    """Give an open lead to whoever the rules choose beside its owner. Conflict (409) when somebody has
    answered already, unless those count `answered_too`, or when nobody else can take it: then it stays."""
    lead = take(actor, lead_id)
    if lead.status != LeadStatus.OPEN:
        raise Conflict("This lead is closed.", code="lead_closed")
    if lead.first_touch_at is not None and not answered_too:
        raise Conflict("Somebody has answered this lead already.", code="already_answered")
    if not decide_for_others(actor, lead, say("given on by {actor}", actor=actor.name)):
        raise Conflict("Nobody else can take this lead now.", code="nobody_else")
    lead.refresh_from_db()
    return lead


@background(retries=5)
def take_away(*, workspace_id: str, lead_id: str, owner_id: str) -> bool:
    """Take a lead from the owner who did not answer in time; False when somebody did, or has it by now, or
    when nobody else is there."""
    with tenancy.workspace(UUID(workspace_id)):
        product = Actor.product(UUID(workspace_id))
        lead = take(product, UUID(lead_id))
        untouched = lead.status == LeadStatus.OPEN and lead.first_touch_at is None
        if not untouched or lead.owner is None or str(lead.owner_id) != owner_id:
            return False
        return decide_for_others(product, lead, say("{name} did not answer in time", name=lead.owner.name))
