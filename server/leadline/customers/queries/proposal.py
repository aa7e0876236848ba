"""What a conversion would do, for the dialog."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from leadline.customers import policy
from leadline.customers.models import Conversion
from leadline.customers.queries.candidates import Candidate, candidates, company_of
from leadline.customers.queries.mapping import FieldMap, field_map, unmapped
from leadline.customers.rules import CustomerKind, Mapped, Side, carried_over, is_filled
from leadline.engines.schema.ports import Field
from leadline.leads import queries as leads
from leadline.leads.models import Lead
from leadline.workspaces.actor import Actor


@dataclass(frozen=True)
class Proposal:
    """The customer and deal a lead would become."""

    lead: Lead
    name: str
    kind: CustomerKind
    fields: FieldMap
    record: Mapping[str, Any]
    lines: Sequence[Mapped]
    unmapped: Sequence[Field]
    candidates: Sequence[Candidate]
    conversion: Conversion | None

    def carried(self, side: Side) -> dict[str, Any]:
        """What the map gives to one side."""
        return carried_over(self.fields.lines, self.record, side)


def proposal(actor: Actor, lead_id: UUID) -> Proposal:
    """What the conversion of a lead would do: 9 statements."""
    lead = leads.require_visible(actor, lead_id)
    fields = field_map(actor)
    record = leads.records([lead.id])[lead.id]
    kind = CustomerKind.COMPANY if company_of(lead) is not None else CustomerKind.PERSON
    return Proposal(
        lead=lead,
        name=name_of(lead, kind),
        kind=kind,
        fields=fields,
        record=record,
        lines=[line for line in fields.lines if is_filled(record.get(line.source))],
        unmapped=[field for field in unmapped(fields) if is_filled(record.get(field.key))],
        candidates=candidates(actor, lead),
        conversion=conversion_of(lead),
    )


def name_of(lead: Lead, kind: CustomerKind) -> str:
    """What the customer would be called."""
    company = company_of(lead)
    if kind is CustomerKind.COMPANY and company is not None:
        return company.name
    return lead.contact.name or lead.name


def conversion_of(lead: Lead) -> Conversion | None:
    """The conversion of a lead that holds, with its customer."""
    return lead.conversions.filter(undone_at=None).select_related("customer").first()


def conversion(actor: Actor, conversion_id: UUID) -> Conversion | None:
    """A conversion the actor sees, undone or not."""
    return policy.visible_conversions(actor).filter(id=conversion_id).select_related("customer").first()
