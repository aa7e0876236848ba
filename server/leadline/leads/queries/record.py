"""Everything the page of one lead shows."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Sum
from django.db.models.functions import Coalesce

from leadline.contacts import queries as contact_queries
from leadline.engines.timeline.ports import SENTENCE
from leadline.engines.views import actions as views
from leadline.infra import lookup
from leadline.infra.language import told
from leadline.kit import clock
from leadline.leads import policy, ports, rules
from leadline.leads.models import Lead, Stage, StageVisit
from leadline.leads.queries import cards
from leadline.leads.shapes import LeadOut, StageStay
from leadline.workspaces.actor import Actor
from leadline.workspaces.queries import own_workspace
from leadline.workspaces.rules import Right

_COPIED = (
    "first_source",
    "campaign",
    "utm",
    "page",
    "referrer",
    "interest",
    "text",
    "extra",
    "fit",
    "engagement",
    "ready_at",
    "band_overridden",
    "band_reason",
    "first_touch_at",
    "first_auto_reply_at",
    "closed_at",
    "loss_reason",
    "loss_note",
    "competitor",
    "qualification",
    "budget_minor",
    "poor_fit",
    "converted_at",
    "team",
    "pipeline_id",
)


def lead_page(actor: Actor, lead_id: UUID, *, trash: bool = False) -> LeadOut:
    """One lead with person, stages and explanations: 7 statements, and those of the offered parts."""
    found = lead_pages(actor, [lead_id], trash=trash)
    if lead_id not in found:
        raise lookup.missing(Lead)
    return found[lead_id]


def lead_pages(actor: Actor, lead_ids: Sequence[UUID], *, trash: bool = False) -> dict[UUID, LeadOut]:
    """The pages of those of these leads that the actor sees; as many statements as for one."""
    rows = policy.visible_leads(actor, trash=trash).select_related(
        "contact__company", "company", "stage", "owner", "team", "loss_reason"
    )
    rows = rows.filter(id__in=lead_ids).annotate(**views.computed(actor, "lead"))
    found = list(rows.prefetch_related("contact__identities"))
    if not found:
        return {}
    around = _around(actor, found)
    return {lead.id: _page(actor, lead, around) for lead in found}


@dataclass(frozen=True)
class _Around:
    """What the pages of several leads need beside the leads, by lead, contact or pipeline."""

    now: datetime
    currency: str
    spent: Mapping[tuple[UUID, UUID], float]
    stages: Mapping[UUID, Sequence[Stage]]
    doubts: Mapping[UUID, Sequence[dict[str, Any]]]
    offered: Mapping[str, Mapping[UUID, Any]]


def _around(actor: Actor, leads: Sequence[Lead]) -> _Around:
    now, ids = clock.now(), [lead.id for lead in leads]
    return _Around(
        now=now,
        currency=own_workspace(actor).currency,
        spent=_spent(ids, now),
        stages=_stages(actor, {lead.pipeline_id for lead in leads}),
        doubts=_duplicates([lead.contact_id for lead in leads]),
        offered={key: load(actor, ids) for key, load in ports.details().items()},
    )


def _page(actor: Actor, lead: Lead, around: _Around) -> LeadOut:
    parts = cards.row(_values(lead), around.currency, around.now).model_dump()
    parts |= {name: getattr(lead, name) for name in _COPIED}
    parts |= {
        "contact": lead.contact,
        "stages": _stays(lead, around),
        "completeness": rules.completeness(_essentials(lead)),
        "possible_duplicates": around.doubts.get(lead.contact_id, []),
        "assignment": {**explained(lead), "at": lead.assigned_at},
        "can": {
            "change": actor.may(Right.CHANGE_LEADS),
            "delete": actor.may(Right.DELETE_LEADS),
            "send": actor.may(Right.SEND_MESSAGES),
        },
    }
    parts["sla"] = {
        "state": parts["sla"],
        "started_at": lead.inbound_at,
        "due_at": lead.respond_by,
        "stopped_at": lead.first_touch_at,
        "breached_at": None,
        "policy": None,
        "paused": None,
    }
    for key, by_lead in around.offered.items():
        if by_lead.get(lead.id) is not None:
            parts[key] = by_lead[lead.id]
    return LeadOut.model_validate(parts)


def explained(lead: Lead) -> dict[str, Any]:
    """Why the lead has its owner, in the language spoken now, and the facts."""
    facts = lead.assignment_reason
    shown = {key: value for key, value in facts.items() if key != SENTENCE}
    return {"text": told(facts.get(SENTENCE), lead.assignment_text), "reason": shown}


def _values(lead: Lead) -> dict[str, Any]:
    named = {field.attname: getattr(lead, field.attname) for field in lead._meta.concrete_fields}
    company = lead.company or lead.contact.company
    return named | {
        "custom": views.with_computed(lead.custom, vars(lead)),
        "contact_name": lead.contact.name,
        "company_name": company.name if company else "",
        "owner_name": lead.owner.name if lead.owner else "",
        "rots_after_days": lead.stage.rots_after_days,
        "phone": lead.contact.phone,
        "email": lead.contact.email,
        "city": lead.contact.city,
        "stage_name": lead.stage.name,
    }


def _spent(lead_ids: Sequence[UUID], now: datetime) -> dict[tuple[UUID, UUID], float]:
    """Days by lead and stage."""
    visits = StageVisit.objects.filter(lead_id__in=lead_ids).values("lead_id", "stage_id")
    return {
        (row["lead_id"], row["stage_id"]): row["spent"].total_seconds() / 86400
        for row in visits.annotate(spent=Sum(Coalesce("left_at", now) - F("entered_at")))
    }


def _stages(actor: Actor, pipeline_ids: Collection[UUID]) -> dict[UUID, list[Stage]]:
    found: dict[UUID, list[Stage]] = {pipeline_id: [] for pipeline_id in pipeline_ids}
    rows = policy.visible_stages(actor).filter(pipeline_id__in=pipeline_ids)
    for stage in rows.order_by("position", "id"):
        found[stage.pipeline_id].append(stage)
    return found


def _stays(lead: Lead, around: _Around) -> list[StageStay]:
    stays = []
    for stage in around.stages[lead.pipeline_id]:
        days = around.spent.get((lead.id, stage.id))
        stays.append(
            StageStay(
                id=stage.id,
                name=stage.name,
                colour=stage.colour,
                kind=stage.kind,
                days=None if days is None else round(days, 1),
            )
        )
    return stays


def _essentials(lead: Lead) -> dict[str, bool]:
    contact = lead.contact
    return {
        "name": bool(contact.name),
        "company": bool(lead.company_id or contact.company_id),
        "source": bool(lead.source),
        "interest": bool(lead.interest),
        "phone": bool(contact.phone),
        "email": bool(contact.email),
    }


def _duplicates(contact_ids: Sequence[UUID]) -> dict[UUID, list[dict[str, Any]]]:
    found: dict[UUID, list[dict[str, Any]]] = {contact_id: [] for contact_id in contact_ids}
    for doubt in contact_queries.possible_duplicates(contact_ids):
        for one, other in ((doubt.contact, doubt.other), (doubt.other, doubt.contact)):
            if one.id in found:
                found[one.id].append({"contact_id": other.id, "name": other.name, "reason": doubt.reason})
    return found
