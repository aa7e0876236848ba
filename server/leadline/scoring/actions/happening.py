"""Take in what a person did elsewhere: on our pages, with our files, in our product."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from leadline.contacts import queries as contact_queries
from leadline.contacts import rules as contact_rules
from leadline.engines.notices import actions as notices
from leadline.engines.notices.actions import Telling
from leadline.engines.timeline import actions as timeline
from leadline.engines.timeline.models import TimelineEntry
from leadline.engines.timeline.ports import Entry
from leadline.infra import lookup
from leadline.kit import clock, ids, text
from leadline.kit.errors import Invalid
from leadline.kit.sentences import say
from leadline.leads import actions as leads
from leadline.leads import queries as lead_queries
from leadline.leads.models import Lead
from leadline.leads.rules import LeadType
from leadline.scoring.actions.counting import score
from leadline.scoring.actions.qualifying import reach
from leadline.scoring.qualifying import USES_THE_PRODUCT
from leadline.scoring.rules import KIND_SENTENCES, EventKind, Happening
from leadline.workspaces.actor import Actor

_LONGEST = 500


@dataclass(frozen=True, kw_only=True)
class Told:
    """What somebody else tells us that a person did; the time is now unless it is given."""

    kind: EventKind
    lead_id: UUID | None = None
    email: str = ""
    what: str = ""
    at: datetime | None = None
    ref: str = ""


def take_happening(actor: Actor, told: Told) -> Lead:
    """Put it on the timeline and count its points; the same ref told again changes nothing.

    Whoever uses the product is a PQL from then on, unless they were that already, and the owner is told.
    NotFound (404) when nobody with an open lead is meant.
    """
    lead = leads.take(actor, _lead_meant(actor, told))
    now = clock.now()
    if told.at is not None and (told.at.tzinfo is None or told.at > now):
        raise Invalid("Give a moment that has been, with its time zone.", field="at")
    at, what = told.at or now, text.clean(told.what, _LONGEST)
    entry_id = uuid5(lead.id, f"{told.kind}:{told.ref}") if told.ref else ids.new_id()
    if told.ref and TimelineEntry.objects.filter(id=entry_id).exists():
        return lead
    _write_down(actor, lead, told.kind, what, at, entry_id)
    leads.note_activity([lead.id], at)
    happened = Happening(kind=told.kind, lead_id=lead.id, at=at, ref=f"{told.kind}:{entry_id}", what=what)
    score(lead.workspace_id, [], [happened])
    if told.kind is EventKind.PRODUCT and reach(lead, LeadType.PQL, USES_THE_PRODUCT):
        _tell_owner(lead, what)
    lead.refresh_from_db()
    return lead


def _lead_meant(actor: Actor, told: Told) -> UUID:
    if told.lead_id is not None:
        return told.lead_id
    recognised = contact_rules.recognise("email", told.email)
    if recognised is None or recognised.key is None:
        raise Invalid("Name a lead or an e-mail address.", field="email")
    held = contact_queries.holders([recognised.key])
    found = lead_queries.open_leads_of(list(held.values()))
    lead = next(iter(found.values()), None)
    if lead is None:
        raise lookup.missing(Lead)
    return lead.id


def _write_down(actor: Actor, lead: Lead, kind: EventKind, what: str, at: datetime, entry_id: UUID) -> None:
    words = say(KIND_SENTENCES[kind])
    timeline.record(
        Entry.by(
            actor,
            "activity",
            id=entry_id,
            about_id=lead.id,
            with_id=lead.contact_id,
            text=say("{what}: {which}", what=words, which=what) if what else words,
            at=at,
            direction="in",
            automatic=True,
            payload={"activity": kind.value, "what": what},
        )
    )


def _tell_owner(lead: Lead, what: str) -> None:
    if lead.owner_id is None:
        return
    notices.tell(
        [
            Telling(
                member_id=lead.owner_id,
                kind="pql",
                title=say("{name} uses the product now", name=lead.name),
                text=what,
                link_object="lead",
                link_id=lead.id,
            )
        ]
    )
