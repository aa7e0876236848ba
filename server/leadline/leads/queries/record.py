"""Everything the page of one lead shows."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Sum
from django.db.models.functions import Coalesce

from leadline.contacts import queries as contact_queries
from leadline.engines.timeline.ports import SENTENCE
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
    "converted_at",
    "team",
    "pipeline_id",
)


def lead_page(actor: Actor, lead_id: UUID, *, trash: bool = False) -> LeadOut:
    """One lead with person, stages and explanations: 7 statements, and those of the offered parts."""
    rows = policy.visible_leads(actor, trash=trash).select_related(
        "contact__company", "company", "stage", "owner", "team", "loss_reason"
    )
    lead = lookup.get(rows.prefetch_related("contact__identities"), lead_id)
    now, currency = clock.now(), own_workspace(actor).currency
    parts = cards.row(_values(lead), currency, now).model_dump()
    parts |= {name: getattr(lead, name) for name in _COPIED}
    parts |= {
        "contact": lead.contact,
        "stages": _stays(actor, lead, now),
        "completeness": rules.completeness(_essentials(lead)),
        "possible_duplicates": _duplicates(lead.contact_id),
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
    }
    for key, load in ports.details().items():
        found = load(actor, [lead.id]).get(lead.id)
        if found is not None:
            parts[key] = found
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
        "contact_name": lead.contact.name,
        "company_name": company.name if company else "",
        "owner_name": lead.owner.name if lead.owner else "",
        "rots_after_days": lead.stage.rots_after_days,
        "phone": lead.contact.phone,
        "email": lead.contact.email,
        "city": lead.contact.city,
        "stage_name": lead.stage.name,
    }


def _stays(actor: Actor, lead: Lead, now: datetime) -> list[StageStay]:
    visits = StageVisit.objects.filter(lead_id=lead.id).values("stage_id")
    spent = {
        row["stage_id"]: row["spent"].total_seconds() / 86400
        for row in visits.annotate(spent=Sum(Coalesce("left_at", now) - F("entered_at")))
    }
    stages: list[Stage] = list(
        policy.visible_stages(actor).filter(pipeline_id=lead.pipeline_id).order_by("position", "id")
    )
    return [
        StageStay(
            id=stage.id,
            name=stage.name,
            colour=stage.colour,
            kind=stage.kind,
            days=round(spent[stage.id], 1) if stage.id in spent else None,
        )
        for stage in stages
    ]


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


def _duplicates(contact_id: UUID) -> list[dict[str, Any]]:
    found = []
    for doubt in contact_queries.possible_duplicates([contact_id]):
        other = doubt.other if doubt.contact_id == contact_id else doubt.contact
        found.append({"contact_id": other.id, "name": other.name, "reason": doubt.reason})
    return found
