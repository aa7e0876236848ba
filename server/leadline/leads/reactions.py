"""What leads do when something happens elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

from leadline.contacts.events import CompanyChanged, ContactChanged
from leadline.infra.events import reaction
from leadline.leads import actions
from leadline.leads.events import InquiryJoined


@reaction(to=ContactChanged)
def leads_are_found_by_the_new_details_of_their_person(changed: Sequence[ContactChanged]) -> None:
    """The search follows, and the rooms above learn that their leads changed."""
    actions.contact_changed({event.contact_id: event.fields for event in changed})


@reaction(to=CompanyChanged)
def leads_know_the_new_details_of_their_company(changed: Sequence[CompanyChanged]) -> None:
    """Rules ask about companies, and lists show their names."""
    actions.company_changed({event.company_id: event.fields for event in changed})


@reaction(to=InquiryJoined, later=True)
def the_owner_hears_of_another_inquiry(joined: Sequence[InquiryJoined]) -> None:
    """Told once per inquiry; who has no owner yet is told about by the assignment."""
    actions.tell_of_joined({(event.lead_id, event.at): event.channel for event in joined})
