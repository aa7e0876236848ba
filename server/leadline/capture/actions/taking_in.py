"""Turn inquiries into people and leads: one way for one inquiry and for a thousand."""

from __future__ import annotations

from collections.abc import Sequence

from leadline.capture.ports import Inquiry, Taken
from leadline.workspaces import policy as workspaces
from leadline.workspaces.actor import Actor


def take_in(actor: Actor, inquiries: Sequence[Inquiry], *, region: str | None = None) -> list[Taken]:
    """Each inquiry with its contact and lead, in the order given; a fixed number of statements per call."""
    # The rooms below are imported late only until the leads room is complete.
    from leadline.contacts import actions as contacts
    from leadline.leads import actions as leads
    from leadline.leads.ports import NewInquiry

    if not inquiries:
        return []
    region = region or workspaces.own_workspace(actor).values_list("phone_region", flat=True).get()
    matches = contacts.match_or_make(actor, [inquiry.person for inquiry in inquiries], region)
    pairs = list(zip(inquiries, matches, strict=True))
    opened = iter(
        leads.open_or_join(actor, [NewInquiry(contact=m.contact, inquiry=i) for i, m in pairs if i.opens_lead])
    )
    taken = []
    for inquiry, match in pairs:
        lead = next(opened) if inquiry.opens_lead else None
        taken.append(
            Taken(
                inquiry=inquiry,
                lead=lead.lead if lead else None,
                contact=match.contact,
                created=bool(lead and lead.created),
                match_reason=match.reason,
            )
        )
    return taken
