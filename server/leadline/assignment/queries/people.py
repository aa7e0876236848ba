"""Which leads wait for an owner, or lose one."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import Case, Q, QuerySet, When

from leadline.assignment import policy
from leadline.assignment.rules import Queue
from leadline.kit import clock
from leadline.leads import queries as leads
from leadline.leads.models import Lead
from leadline.leads.rules import LeadStatus
from leadline.workspaces.actor import Actor
from leadline.workspaces.models import Member


def leads_to_assign(lead_ids: Collection[UUID], *, lock: bool = False) -> list[Lead]:
    """The open leads among these with everything a rule may ask about, oldest first; one statement.

    With `lock` they and their persons are held until the transaction ends: persons come before turns. Leads
    that the running capture has just written are in hand already, and held.
    """
    fresh = leads.captured_now(lead_ids)
    if fresh is not None:
        return sorted(fresh, key=lambda lead: (lead.inbound_at, lead.id))
    rows = Lead.objects.filter(id__in=lead_ids, status=LeadStatus.OPEN, deleted_at=None)
    joined = rows.select_related("contact", "company", "owner")
    if lock:
        joined = joined.order_by("contact_id", "id").select_for_update(no_key=True, of=("self", "contact"))
    return sorted(joined, key=lambda lead: (lead.inbound_at, lead.id))


def waits(lead: Lead) -> bool:
    """Whether a rule keeps the lead until it is ready, or nobody has it and nobody may claim it."""
    reason = lead.assignment_reason
    return bool(reason.get("until_ready")) or (lead.owner_id is None and reason.get("queue") != Queue.CLAIM)


def waiting_lead_ids(lead_ids: Collection[UUID]) -> list[UUID]:
    """Those of these open leads of which `waits` is true; one statement."""
    fresh = leads.captured_now(lead_ids)
    if fresh is not None:
        return [lead.id for lead in fresh if waits(lead)]
    rows = Lead.objects.filter(id__in=lead_ids, status=LeadStatus.OPEN, deleted_at=None)
    kept = Q(assignment_reason__until_ready=True)
    nobodys = Q(owner_id=None) & ~Q(assignment_reason__contains={"queue": Queue.CLAIM})
    return list(rows.filter(kept | nobodys).order_by("id").values_list("id", flat=True))


def company_owners(found: Collection[Lead]) -> dict[UUID, UUID]:
    """Who has the companies of these leads, by company: the owner of its newest lead, an open one before
    those that are closed; one statement, none for leads without companies."""
    companies = {lead.company_id for lead in found if lead.company_id}
    if not companies:
        return {}
    rows = Lead.objects.filter(company_id__in=companies, owner__active=True, deleted_at=None)
    others = rows.exclude(status=LeadStatus.SPAM).exclude(id__in=[lead.id for lead in found])
    open_first = Case(When(status=LeadStatus.OPEN, then=0), default=1)
    newest = others.order_by("company_id", open_first, "-inbound_at", "-id").distinct("company_id")
    return dict(newest.values_list("company_id", "owner_id"))


def newest_leads(actor: Actor, limit: int) -> list[Lead]:
    """The newest leads that somebody may see, spam left out, oldest first, with what rules ask about."""
    rows = policy.visible_leads(actor).select_related("contact", "company", "owner")
    return list(reversed(rows.order_by("-inbound_at", "-id")[:limit]))


def open_lead_ids_of(owner_id: UUID) -> list[UUID]:
    """All open leads of a member."""
    rows = Lead.objects.filter(owner_id=owner_id, status=LeadStatus.OPEN, deleted_at=None)
    return list(rows.values_list("id", flat=True))


def owners_who_left() -> list[tuple[UUID, UUID]]:
    """Members who can no longer log in and still have open leads, with their workspaces; across those."""
    left = Member.objects.filter(active=False, leads__status=LeadStatus.OPEN, leads__deleted_at=None)
    return list(left.order_by("workspace_id", "id").values_list("workspace_id", "id").distinct())


def _without_owner() -> QuerySet[Lead]:
    # What the members of a team may still claim is in good hands.
    rows = Lead.objects.filter(owner_id=None, status=LeadStatus.OPEN, deleted_at=None)
    return rows.filter(
        Q(assignment_reason__queue__isnull=True)
        | Q(assignment_reason__queue=Queue.FULL.value)
        | Q(assignment_reason__claim_until__lte=clock.now().isoformat())
    )


def unowned_lead_ids(limit: int) -> list[UUID]:
    """Open leads of the running workspace that nobody owns or may still claim, oldest first."""
    return list(_without_owner().order_by("inbound_at", "id").values_list("id", flat=True)[:limit])


def workspaces_with_unowned_leads() -> list[UUID]:
    """Where leads wait for an owner; for the daily check, across workspaces."""
    return list(_without_owner().order_by("workspace_id").values_list("workspace_id", flat=True).distinct())
