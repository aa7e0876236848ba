"""Turn inquiries into people and leads: one way for one inquiry and for a thousand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from leadline.capture import rules
from leadline.capture.ports import Inquiry, Taken
from leadline.contacts import actions as contacts
from leadline.contacts.ports import Person
from leadline.kit import clock
from leadline.kit.language_of_text import detect_language
from leadline.leads import actions as leads
from leadline.leads import queries as lead_queries
from leadline.leads.models import Lead
from leadline.leads.ports import NewInquiry
from leadline.workspaces import audit
from leadline.workspaces.actor import Actor
from leadline.workspaces.queries import own_workspace


def take_in(actor: Actor, inquiries: Sequence[Inquiry], *, region: str = "") -> list[Taken]:
    """Each inquiry with its contact and lead, in the order given; a fixed number of statements per call.

    It runs in the caller's transaction: when that fails, nobody ever heard of the inquiries. Numbers are
    read with the habits of the region, the workspace's own if none is given.
    """
    if not inquiries:
        return []
    with audit.in_one():
        matches = contacts.match_or_make(
            actor, [_speaking(inquiry) for inquiry in inquiries], own_workspace(actor).phone_region
        )
        pairs = list(zip(inquiries, matches, strict=True))
        opened = iter(leads.open_or_join(actor, [_new(i, m) for i, m in pairs if i.opens_lead]))
    known = _open_leads([m.contact.id for i, m in pairs if not i.opens_lead])
    taken: list[Taken] = []
    for inquiry, match in pairs:
        made = next(opened) if inquiry.opens_lead else None
        taken.append(
            Taken(
                inquiry=inquiry,
                lead=made.lead if made else known.get(match.contact.id),
                contact=match.contact,
                created=made.created if made else False,
                match_reason=match.reason,
            )
        )
    return taken


def _speaking(inquiry: Inquiry) -> Person:
    """The person with the language in which they wrote, by its script and its most common words, unless they
    said which; a channel that files messages has looked itself."""
    person = inquiry.person
    if person.language or not inquiry.text or inquiry.message_follows:
        return person
    language = detect_language(inquiry.text)
    return replace(person, language=language, language_by="text") if language else person


def _new(inquiry: Inquiry, match: contacts.Match) -> NewInquiry:
    return NewInquiry(
        contact=match.contact,
        first_seen=match.created,
        match_reason=match.reason,
        differs=match.differs,
        id=inquiry.lead_id,
        owner_id=inquiry.owner_id,
        team_id=inquiry.team_id,
        channel=inquiry.channel,
        # No lead is without a source: the channel is one when nothing better is known.
        source=rules.source_key(inquiry.source) or rules.source_key(inquiry.channel),
        # A sender's clock may be wrong; nothing arrives before it was written.
        at=min(inquiry.at, clock.now()),
        title=inquiry.title,
        text=inquiry.text,
        interest=inquiry.interest,
        value_minor=inquiry.value_minor,
        currency=inquiry.currency,
        campaign=inquiry.campaign,
        utm=inquiry.utm,
        page=inquiry.page,
        referrer=inquiry.referrer,
        fields=inquiry.fields,
        extra=inquiry.extra,
        message_follows=inquiry.message_follows,
    )


def _open_leads(contact_ids: Sequence[UUID]) -> Mapping[UUID, Lead]:
    return lead_queries.open_leads_of(contact_ids) if contact_ids else {}
