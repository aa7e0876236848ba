"""The deal's side of a conversion: what it is called, what it is worth, and where it stands."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from leadline.customers import queries
from leadline.customers.ports import Deal, Wanted
from leadline.customers.queries import FieldMap
from leadline.customers.rules import Side, carried_over
from leadline.engines.schema.rules import CUSTOM
from leadline.kit.errors import Invalid
from leadline.leads import actions as leads
from leadline.leads import queries as leads_read
from leadline.leads.models import Lead
from leadline.workspaces.actor import Actor

_KEPT = (
    "name",
    "value_minor",
    "currency",
    *(k for k in queries.DEAL_TARGETS if k not in Deal.__annotations__),
)


def deal_facts(lead: Lead) -> dict[str, Any]:
    """What a conversion may change of a lead, as values that can be kept and put back."""
    facts = {key: getattr(lead, key) for key in _KEPT}
    converted = lead.converted_at.isoformat() if lead.converted_at else None
    return {**facts, "custom": dict(lead.custom), "stage_id": str(lead.stage_id), "converted_at": converted}


def shape_deal(actor: Actor, lead: Lead, wanted: Wanted, found: FieldMap) -> Lead:
    """Set on the lead what was said of the deal and what the map gives it, and move it where it shall be."""
    changes = {**_mapped(found, lead), **wanted.fields}
    for key in ("name", "value_minor", "currency"):
        said = getattr(wanted.deal, key)
        if said is not None:
            changes[key] = said
    changes = {key: value for key, value in changes.items() if getattr(lead, key, None) != value}
    if changes:
        lead = leads.change_lead(actor, lead.id, changes)
    stage_id = _stage(actor, lead, wanted.deal)
    if stage_id is not None and stage_id != lead.stage_id:
        lead = leads.move_lead(actor, lead.id, stage_id)
    return lead


def _mapped(found: FieldMap, lead: Lead) -> dict[str, Any]:
    lines = [line for line in found.lines if line.side is Side.DEAL]
    if not lines:
        return {}
    values = carried_over(lines, leads_read.records([lead.id])[lead.id], Side.DEAL)
    plain = {key: value for key, value in values.items() if not key.startswith(CUSTOM)}
    custom = {key.removeprefix(CUSTOM): v for key, v in values.items() if key.startswith(CUSTOM)}
    return {**plain, **({"custom": custom} if custom else {})}


def _stage(actor: Actor, lead: Lead, deal: Deal) -> UUID | None:
    """Where the deal shall stand; of a pipeline alone, its first open stage."""
    if deal.pipeline_id is None:
        return deal.stage_id
    pipeline = next((one for one in leads_read.pipelines(actor) if one.id == deal.pipeline_id), None)
    if pipeline is None:
        raise Invalid("There is no such pipeline.", field="deal.pipeline_id")
    stages = getattr(pipeline, "shown_stages", [])
    if deal.stage_id is not None:
        if deal.stage_id not in {stage.id for stage in stages}:
            raise Invalid("This stage is not in that pipeline.", field="deal.stage_id")
        return deal.stage_id
    if lead.pipeline_id == pipeline.id:
        return None
    return next((stage.id for stage in stages if stage.kind == "open"), None)
