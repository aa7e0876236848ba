"""All reads of the room."""

from leadline.leads.fresh import captured_now
from leadline.leads.queries.board import (
    board,
    column_page,
)
from leadline.leads.queries.due import (
    long_in_stage,
    not_converted,
    steps_to_remind_of,
)
from leadline.leads.queries.exporting import (
    export_count,
    export_files,
    export_headers,
    exported,
    timeline_count,
    timeline_headers,
    timeline_rows,
)
from leadline.leads.queries.files import file_field, file_of
from leadline.leads.queries.importing import read_rows
from leadline.leads.queries.lists import (
    lead_rows,
    leads_page,
    leads_with,
    listed,
)
from leadline.leads.queries.money import money
from leadline.leads.queries.objections import objection, objection_kinds, objections_of
from leadline.leads.queries.rates import exchange_rates, rates_into
from leadline.leads.queries.reaching import (
    contacts_of,
    first_stage,
    ids_around,
    latest_leads_of,
    leads_by_id,
    leads_of_companies,
    leads_of_contacts,
    loss_reason,
    loss_reason_named,
    loss_reasons,
    open_leads_of,
    owner_name,
    pipelines,
    reasons_in_use,
    require_visible,
    stage,
    stage_name,
    stages_in_use,
    visible_about,
    visible_ids,
    workspaces_with_long_totals,
)
from leadline.leads.queries.record import (
    explained,
    lead_page,
    lead_pages,
)
from leadline.leads.queries.records import (
    records,
    search_details,
)
from leadline.leads.queries.required import missing_fields
from leadline.leads.shapes import LeadIn, LeadOut, LeadRow, Named

__all__ = [
    "LeadIn",
    "LeadOut",
    "LeadRow",
    "Named",
    "board",
    "captured_now",
    "column_page",
    "contacts_of",
    "exchange_rates",
    "explained",
    "export_count",
    "export_files",
    "export_headers",
    "exported",
    "file_field",
    "file_of",
    "first_stage",
    "ids_around",
    "latest_leads_of",
    "lead_page",
    "lead_pages",
    "lead_rows",
    "leads_by_id",
    "leads_of_companies",
    "leads_of_contacts",
    "leads_page",
    "leads_with",
    "listed",
    "long_in_stage",
    "loss_reason",
    "loss_reason_named",
    "loss_reasons",
    "missing_fields",
    "money",
    "not_converted",
    "objection",
    "objection_kinds",
    "objections_of",
    "open_leads_of",
    "owner_name",
    "pipelines",
    "rates_into",
    "read_rows",
    "reasons_in_use",
    "records",
    "require_visible",
    "search_details",
    "stage",
    "stage_name",
    "stages_in_use",
    "steps_to_remind_of",
    "timeline_count",
    "timeline_headers",
    "timeline_rows",
    "visible_about",
    "visible_ids",
    "workspaces_with_long_totals",
]
