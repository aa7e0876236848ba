"""Reads that the rooms' own actions and the rooms above build on."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet

from leadline.infra import lookup
from leadline.leads import policy
from leadline.leads.models import LISTED, BoardTotal, Lead, LossReason, Pipeline, Stage
from leadline.leads.rules import LeadStatus
from leadline.workspaces.actor import Actor
from leadline.workspaces.models import Member


def leads_by_id(lead_ids: Sequence[UUID]) -> dict[UUID, Lead]:
    """The workspace's leads with these ids; no statement for none."""
    if not lead_ids:
        return {}
    return {lead.id: lead for lead in Lead.objects.filter(id__in=lead_ids).select_related("contact", "stage")}


def open_leads_of(contact_ids: Sequence[UUID], *, lock: bool = False) -> dict[UUID, Lead]:
    """The open lead of each of these contacts that has one, in one statement."""
    rows = Lead.objects.filter(contact_id__in=contact_ids, status=LeadStatus.OPEN, deleted_at=None)
    rows = rows.select_related("company")
    if lock:
        rows = rows.order_by("id").select_for_update(no_key=True, of=("self",))
    return {lead.contact_id: lead for lead in rows}


def latest_leads_of(contact_ids: Sequence[UUID]) -> dict[UUID, Lead]:
    """The open lead of each contact, else the latest one, in one statement."""
    rows = Lead.objects.filter(contact_id__in=contact_ids, deleted_at=None).order_by("id")
    latest: dict[UUID, Lead] = {}
    for lead in rows:
        present = latest.get(lead.contact_id)
        if present is None or present.status != LeadStatus.OPEN or lead.status == LeadStatus.OPEN:
            latest[lead.contact_id] = lead
    return latest


def first_stage() -> Stage | None:
    """Where a new inquiry goes: the first open stage of the default pipeline."""
    stages = Stage.objects.filter(
        pipeline__is_default=True, pipeline__archived_at=None, archived_at=None, kind="open"
    )
    return stages.order_by("position", "id").first()


def pipelines(actor: Actor) -> QuerySet[Pipeline]:
    """Pipelines in order with their stages in order (as `.shown_stages`): 2 statements."""
    stages = policy.visible_stages(actor).order_by("position", "id")
    rows = policy.visible_pipelines(actor).order_by("-is_default", "position", "id")
    return rows.prefetch_related(Prefetch("stages", stages, to_attr="shown_stages"))


def stage(actor: Actor, stage_id: UUID) -> Stage:
    """One stage in use."""
    return lookup.get(policy.visible_stages(actor), stage_id)


def stage_name(stage_id: UUID) -> str:
    """What a stage is called, in use or not; empty when there is none."""
    return Stage.objects.filter(id=stage_id).values_list("name", flat=True).first() or ""


def owner_name(member_id: UUID) -> str:
    """What a member is called; empty when there is none."""
    return Member.objects.filter(id=member_id).values_list("name", flat=True).first() or ""


def loss_reason(actor: Actor, reason_id: UUID) -> LossReason:
    """One reason to choose from."""
    return lookup.get(policy.visible_loss_reasons(actor), reason_id)


def loss_reasons(actor: Actor) -> QuerySet[LossReason]:
    """The reasons to choose from, in order."""
    return policy.visible_loss_reasons(actor).order_by("position", "name")


def visible_ids(actor: Actor, lead_ids: Collection[UUID]) -> set[UUID]:
    """Which of these leads the actor may see; one statement."""
    return set(policy.visible_leads(actor).filter(id__in=lead_ids).values_list("id", flat=True))


def require_visible(actor: Actor, lead_id: UUID) -> Lead:
    """The lead; NotFound (404) when the actor does not see it."""
    return lookup.get(policy.visible_leads(actor), lead_id)


def visible_about(actor: Actor, ids: Collection[UUID]) -> set[UUID]:
    """Which of these ids are leads, or persons of leads, that the actor may see; one statement."""
    rows = policy.visible_leads(actor).filter(Q(id__in=ids) | Q(contact_id__in=ids))
    return {one for pair in rows.values_list("id", "contact_id") for one in pair} & set(ids)


def stages_in_use() -> list[Stage]:
    """All stages of the running workspace in order."""
    rows = Stage.objects.filter(archived_at=None, pipeline__archived_at=None)
    return list(rows.order_by("pipeline__position", "position", "id"))


def reasons_in_use() -> list[LossReason]:
    """All loss reasons of the running workspace in order."""
    return list(LossReason.objects.filter(archived=False).order_by("position", "name"))


def loss_reason_named(name: str) -> UUID | None:
    """The loss reason with this name or id."""
    return next((r.id for r in reasons_in_use() if name in (r.name, str(r.id))), None)


def leads_of_contacts(contact_ids: Collection[UUID]) -> list[Lead]:
    """All listed leads of these contacts; one statement."""
    return list(Lead.objects.filter(LISTED, contact_id__in=list(contact_ids)).order_by("id"))


def leads_of_companies(company_ids: Collection[UUID]) -> list[Lead]:
    """All listed leads of these companies; one statement."""
    return list(Lead.objects.filter(LISTED, company_id__in=list(company_ids)).order_by("id"))


def workspaces_with_long_totals(rows: int = 500) -> list[UUID]:
    """The workspaces whose totals consist of many changes; read everywhere."""
    counted = BoardTotal.objects.values("workspace_id").annotate(n=Count("id")).filter(n__gt=rows)
    return list(counted.values_list("workspace_id", flat=True))


def contacts_of(lead_ids: Collection[UUID]) -> set[UUID]:
    """The persons of these leads; one statement."""
    return set(Lead.objects.filter(id__in=list(lead_ids)).values_list("contact_id", flat=True))


def ids_around(
    actor: Actor, *, lead_ids: Collection[UUID], contact_ids: Collection[UUID], company_id: UUID | None
) -> list[UUID]:
    """These leads, and those of these persons and this company, that the actor sees; 1 statement.

    Spam is left out; at most the newest 1,000.
    """
    wanted = Q(id__in=list(lead_ids)) | Q(contact_id__in=list(contact_ids))
    if company_id is not None:
        wanted |= Q(company_id=company_id)
    rows = policy.visible_leads(actor).filter(LISTED).filter(wanted)
    return list(rows.order_by("-inbound_at", "-id").values_list("id", flat=True)[:1000])
