"""Let leads be found by their name, their person and every way to reach that person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from leadline.contacts.models import Contact
from leadline.contacts.rules import IdentityKind
from leadline.engines.search import actions as search
from leadline.engines.search.ports import Row
from leadline.leads.models import LISTED, Lead

_NUMBERS = (IdentityKind.PHONE, IdentityKind.WHATSAPP)
_READABLE = (IdentityKind.EMAIL, IdentityKind.INSTAGRAM)


def put_rows(leads: Iterable[Lead]) -> None:
    """Describe these leads to the search, in one statement; contacts come with company and identities."""
    search.put([_row(lead, lead.contact) for lead in leads])


def refresh_rows(lead_ids: Sequence[UUID]) -> None:
    """Describe these leads anew; spam and deleted ones are found no more. At most 4 statements."""
    rows = Lead.objects.filter(LISTED, id__in=lead_ids).select_related("contact__company", "company")
    found = list(rows.prefetch_related("contact__identities"))
    put_rows(found)
    gone = set(lead_ids) - {lead.id for lead in found}
    if gone:
        search.remove("lead", gone)


def _row(lead: Lead, contact: Contact) -> Row:
    identities = list(contact.identities.all())
    company = lead.company.name if lead.company else contact.company.name if contact.company else ""
    numbers = [
        i.value if not i.value.startswith("unreadable:") else i.raw for i in identities if i.kind in _NUMBERS
    ]
    return Row(
        object_type="lead",
        object_id=lead.id,
        title=lead.name,
        subtitle=" · ".join(filter(None, [contact.name if contact.name != lead.name else "", company])),
        words=[contact.name, company, lead.interest, *(i.shown for i in identities if i.kind in _READABLE)],
        phones=list(dict.fromkeys(numbers)),
        owner_id=lead.owner_id,
        team_id=lead.team_id,
        rank_at=lead.last_activity_at,
    )
