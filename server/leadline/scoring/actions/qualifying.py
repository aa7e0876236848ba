"""Say how far a lead is qualified, and remember when it became so."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from leadline.engines.views import actions as views
from leadline.kit import clock
from leadline.leads import actions as leads
from leadline.leads.models import Lead
from leadline.leads.rules import LeadType
from leadline.scoring import queries
from leadline.scoring.counted import open_leads
from leadline.scoring.models import LeadTypeVisit
from leadline.scoring.qualifying import ORDER, TYPE_RULES
from leadline.workspaces.actor import Actor


def classify(workspace_id: UUID, lead_ids: Collection[UUID]) -> None:
    """Give the open ones of these leads the furthest type whose rule holds; never one they were beyond.

    Who was set back by hand stays there until a rule says more than the lead ever was.
    """
    found = list(open_leads().filter(id__in=lead_ids).select_related("contact", "company").order_by("id"))
    if not found:
        return
    product, now = Actor.product(workspace_id), clock.now()
    tests = [(rule, views.matcher(dict(rule.when), "lead", product, now)) for rule in TYPE_RULES]
    shown = queries.engagements_of([lead.id for lead in found])
    reached = queries.types_of([lead.id for lead in found])
    for lead in found:
        holding = [
            rule
            for rule, holds in tests
            if (shown.get(lead.id, 0) >= rule.engagements if rule.engagements else holds(lead))
        ]
        was = max(ORDER.index(kind) for kind in (lead.lead_type, *reached.get(lead.id, ())))
        rule = max(holding, key=lambda one: ORDER.index(one.lead_type), default=None)
        if rule is not None:
            _go_on(lead, rule.lead_type, rule.why, was)


def date_types(lead_ids: Sequence[UUID]) -> None:
    """Keep the moment at which these leads got the type they have; telling it twice keeps one."""
    last = queries.last_types(lead_ids)
    present = Lead.objects.filter(id__in=lead_ids).values_list("id", "lead_type")
    LeadTypeVisit.objects.bulk_create(
        LeadTypeVisit(lead_id=lead_id, lead_type=kind)
        for lead_id, kind in present
        if last.get(lead_id) != kind
    )


def reach(lead: Lead, lead_type: LeadType, why: str) -> bool:
    """Give a lead a type that is further than any it ever had, with the reason; False when it is not."""
    reached = queries.types_of([lead.id]).get(lead.id, ())
    return _go_on(lead, lead_type, why, max(ORDER.index(kind) for kind in (lead.lead_type, *reached)))


def _go_on(lead: Lead, lead_type: LeadType, why: str, was: int) -> bool:
    if ORDER.index(lead_type) <= was:
        return False
    leads.change_lead(Actor.product(lead.workspace_id), lead.id, {"lead_type": lead_type.value})
    mine = LeadTypeVisit.objects.filter(lead_id=lead.id, lead_type=lead_type, why="")
    mine.update(by_rule=True, why=why)
    return True
