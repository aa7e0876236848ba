"""All reads of the room."""

from leadline.customers.queries.candidates import Candidate, candidates, company_of
from leadline.customers.queries.exporting import export_count, export_headers, exported
from leadline.customers.queries.importing import read_rows
from leadline.customers.queries.lists import customers_page, visible_ids
from leadline.customers.queries.mapping import (
    DEAL_TARGETS,
    FieldMap,
    customer_values,
    field_map,
    fits,
    unmapped,
)
from leadline.customers.queries.page import customer_page, customer_timeline, customers_of_leads
from leadline.customers.queries.proposal import (
    Proposal,
    conversion,
    conversion_of,
    name_of,
    proposal,
)

__all__ = [
    "DEAL_TARGETS",
    "Candidate",
    "FieldMap",
    "Proposal",
    "candidates",
    "company_of",
    "conversion",
    "conversion_of",
    "customer_page",
    "customer_timeline",
    "customer_values",
    "customers_of_leads",
    "customers_page",
    "export_count",
    "export_headers",
    "exported",
    "field_map",
    "fits",
    "name_of",
    "proposal",
    "read_rows",
    "unmapped",
    "visible_ids",
]
