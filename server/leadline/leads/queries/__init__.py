"""All reads of the room."""

from leadline.leads.queries.reaching import (
    first_stage,
    latest_leads_of,
    leads_by_id,
    loss_reasons,
    open_leads_of,
    pipelines,
    visible_ids,
)

__all__ = [
    "first_stage",
    "latest_leads_of",
    "leads_by_id",
    "loss_reasons",
    "open_leads_of",
    "pipelines",
    "visible_ids",
]
