"""Take back what rows of a file did: leads they opened are put away, leads they changed are as before."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from leadline.contacts import actions as contacts
from leadline.engines.search import actions as search
from leadline.engines.timeline import queries as timeline
from leadline.engines.transfer.ports import Done, Kept, Undone
from leadline.engines.transfer.rules import Outcome
from leadline.infra import bulk, events
from leadline.kit import clock
from leadline.kit.sentences import say
from leadline.leads.actions.finding import refresh_rows
from leadline.leads.actions.importing import CHANNEL, WRITTEN
from leadline.leads.events import LeadChanged, LeadDeleted
from leadline.leads.models import Lead
from leadline.workspaces import audit
from leadline.workspaces.actor import Actor

_OURS = ("imported",)


def take_back(actor: Actor, done: Sequence[Done], since: datetime) -> Undone:
    """Undo the rows, newest first; a lead somebody touched since stays as it is and is listed."""
    leads = {lead.id: lead for lead in _leads(done)}
    touched = _touched(done, leads)
    made = {one.record_id: one for one in done if one.outcome is Outcome.CREATED and one.record_id in leads}
    changed = [one for one in done if one.outcome is Outcome.UPDATED and one.record_id in leads]
    gone = [lead for lead_id, lead in leads.items() if lead_id in made and lead_id not in touched]
    _remove(actor, gone, made)
    restored = [one for one in changed if one.record_id not in touched]
    _restore(actor, leads, [one for one in restored if one.record_id not in {lead.id for lead in gone}])
    kept = [
        Kept(lead.id, lead.name, say("Somebody has worked on it since."))
        for lead_id, lead in leads.items()
        if lead_id in touched
    ]
    return Undone(
        removed=len(gone),
        restored=len({one.record_id for one in restored} - {lead.id for lead in gone}),
        kept=kept,
    )


def _leads(done: Sequence[Done]) -> list[Lead]:
    ids = [one.record_id for one in done if one.record_id]
    return list(
        Lead.objects.filter(id__in=ids, deleted_at=None).select_for_update(of=("self",)).order_by("id")
    )


def _touched(done: Sequence[Done], leads: Mapping[UUID, Lead]) -> set[UUID]:
    """Leads that somebody changed, wrote to or heard from after their row was taken in."""
    people = {lead.contact_id: lead.id for lead in leads.values()}
    changes = audit.last_changes([*leads, *people], but_not=_OURS)
    said = timeline.last_human(leads, but_not=CHANNEL)
    last: dict[UUID, datetime] = {}
    for record_id, at in [*changes.items(), *said.items()]:
        lead_id = people.get(record_id, record_id)
        last[lead_id] = max(at, last.get(lead_id, at))
    taken: dict[UUID, datetime] = {}
    for one in done:
        if one.record_id is not None and one.record_id in leads:
            taken[one.record_id] = max(one.facts["at"], taken.get(one.record_id, one.facts["at"]))
    return {lead_id for lead_id, at in taken.items() if lead_id in last and last[lead_id] > at}


def _remove(actor: Actor, gone: Sequence[Lead], made: Mapping[Any, Done]) -> None:
    if not gone:
        return
    now = clock.now()
    bulk.update_rows(Lead, {lead.id: {"deleted_at": now} for lead in gone}, ["deleted_at"])
    search.remove("lead", [lead.id for lead in gone])
    audit.record_all(audit.entry(actor, "deleted", "lead", lead.id, {"name": lead.name}) for lead in gone)
    events.record(*(LeadDeleted(workspace_id=one.workspace_id, lead_id=one.id, at=now) for one in gone))
    people = {UUID(made[one.id].facts["contact_id"]) for one in gone if "contact_id" in made[one.id].facts}
    contacts.put_away(actor, people - _with_leads(people))


def _with_leads(contact_ids: Collection[UUID]) -> set[UUID]:
    rows = Lead.objects.filter(contact_id__in=contact_ids, deleted_at=None)
    return set(rows.values_list("contact_id", flat=True))


def _restore(actor: Actor, leads: Mapping[UUID, Lead], done: Sequence[Done]) -> None:
    old_people: dict[UUID, dict[str, Any]] = {}
    identities: set[UUID] = set()
    fields: dict[UUID, set[str]] = {}
    for one in done:
        # Newest first, so that the oldest value is written last.
        lead = leads.get(one.record_id) if one.record_id else None
        if lead is None:
            continue
        for key, value in one.facts.get("lead", {}).items():
            setattr(lead, key, value)
            fields.setdefault(lead.id, set()).add(key)
        if "contact" in one.facts:
            old_people.setdefault(UUID(one.facts["person_id"]), {}).update(one.facts["contact"])
        identities |= {UUID(identity) for identity in one.facts.get("identities", ())}
    contacts.put_back(actor, old_people, identities)
    written = {lead_id: {name: getattr(leads[lead_id], name) for name in WRITTEN} for lead_id in fields}
    bulk.update_rows(Lead, written, WRITTEN)
    audit.record_all(
        audit.entry(actor, "imported", "lead", lead_id, {"undone": sorted(names)})
        for lead_id, names in fields.items()
    )
    refresh_rows(list(fields))
    events.record(
        *(
            LeadChanged(workspace_id=actor.workspace_id, lead_id=lead_id, fields=tuple(sorted(names)))
            for lead_id, names in fields.items()
        )
    )
