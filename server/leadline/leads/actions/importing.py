"""Take the rows of a file in as leads: opened like every inquiry, or added to leads that are there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from leadline.contacts import actions as contacts
from leadline.contacts import queries as contact_queries
from leadline.engines.timeline import actions as timeline
from leadline.engines.timeline.ports import Entry
from leadline.engines.transfer.ports import Done, Given, Terms
from leadline.engines.transfer.rules import Duplicates, Mode, Outcome
from leadline.infra import bulk, events
from leadline.kit import text
from leadline.kit.sentences import say
from leadline.leads.actions.capturing import open_or_join
from leadline.leads.actions.finding import refresh_rows
from leadline.leads.columns import PERSON
from leadline.leads.events import LeadChanged
from leadline.leads.models import Lead
from leadline.leads.ports import NewInquiry
from leadline.leads.queries import importing
from leadline.leads.queries.importing import ReadRow
from leadline.leads.queries.reaching import latest_leads_of
from leadline.leads.rules import LeadStatus
from leadline.workspaces import audit
from leadline.workspaces.actor import Actor
from leadline.workspaces.queries import own_workspace

CHANNEL = "import"
_TEXTS = {"campaign": 200, "interest": 300, "next_step": 300, "competitor": 200, "lead_type": 3}
WRITTEN = ("name", "source", "value_minor", "currency", "custom", "extra", *_TEXTS)


def take_rows(actor: Actor, rows: Sequence[Given], terms: Terms) -> list[Done]:
    """What became of each row; a fixed number of statements, however many rows."""
    fresh: list[ReadRow] = []
    again: list[ReadRow] = []
    done: list[Done] = []
    for one in importing.read_rows(actor, rows, terms, set()):
        if one.trouble:
            done.append(Done(one.number, Outcome.BAD, one.trouble))
        elif not one.duplicate or terms.duplicates is Duplicates.CREATE:
            fresh.append(one)
        elif terms.duplicates is Duplicates.UPDATE:
            again.append(one)
        else:
            done.append(Done(one.number, Outcome.SKIPPED, _known(one), one.known.id if one.known else None))
    return [*done, *_open(actor, fresh, terms), *_update(actor, again, terms)]


def _known(one: ReadRow) -> Any:
    if one.known is None:
        return say("An earlier row of the file is the same person.")
    return say("{name} is a lead already.", name=one.known.name)


def _open(actor: Actor, fresh: Sequence[ReadRow], terms: Terms) -> list[Done]:
    if not fresh:
        return []
    region = own_workspace(actor).phone_region
    persons = [importing.apart(one).person if one.duplicate else one.read.person for one in fresh]
    matches = contacts.match_or_make(actor, persons, region)
    inquiries = [_inquiry(one, match, terms) for one, match in zip(fresh, matches, strict=True)]
    opened = open_or_join(actor, inquiries)
    done = []
    for one, match, made in zip(fresh, matches, opened, strict=True):
        facts = {"contact_id": str(match.contact.id)} if match.created else {}
        outcome = Outcome.CREATED if made.created else Outcome.UPDATED
        done.append(Done(one.number, outcome, "", made.lead.id, facts))
    return done


def _inquiry(one: ReadRow, match: contacts.Match, terms: Terms) -> NewInquiry:
    person = one.read.person
    closed = one.placed is not None and one.placed.status != LeadStatus.OPEN
    return NewInquiry(
        contact=match.contact,
        match_reason=match.reason,
        channel=CHANNEL,
        source=one.source,
        at=min(one.at or terms.at, terms.at),
        title=one.title or ("" if person.name or one.read.recognised else person.company),
        text=one.values.get("text", ""),
        interest=one.values.get("interest", ""),
        campaign=one.values.get("campaign", ""),
        value_minor=one.value_minor,
        currency=one.currency,
        fields={**one.fields, **{key: one.values[key] for key in _TEXTS if key in one.values}},
        extra=one.extra,
        owner_id=one.owner_id,
        placed=one.placed,
        # Nobody answers a lead that is closed already.
        quiet=terms.quiet or closed,
    )


def _update(actor: Actor, again: Sequence[ReadRow], terms: Terms) -> list[Done]:
    if not again:
        return []
    holders = contact_queries.holders({key for one in again for key in one.read.keys})
    before = contacts.snapshot(set(holders.values()))
    persons = [one.read.person for one in again]
    matches = contacts.match_or_make(actor, persons, own_workspace(actor).phone_region)
    people = {match.contact.id: match.contact for match in matches}
    wanted: dict[UUID, dict[str, str]] = {}
    for one, match in zip(again, matches, strict=True):
        wanted.setdefault(match.contact.id, {}).update(_overwriting(one, terms))
    contacts.overwrite(actor, wanted, people)
    leads = latest_leads_of(list(people))
    done: list[Done] = []
    old: dict[UUID, dict[str, list[Any]]] = {}
    for one, match in zip(again, matches, strict=True):
        lead = leads[match.contact.id]
        changes = _changes(lead, one, terms)
        facts = contacts.what_changed(before, match.contact)
        done.append(
            Done(
                one.number,
                Outcome.UPDATED,
                "",
                lead.id,
                {**facts, "person_id": str(match.contact.id), "lead": {k: v[0] for k, v in changes.items()}},
            )
        )
        for key, values in changes.items():
            setattr(lead, key, values[1])
            old.setdefault(lead.id, {}).setdefault(key, values)
    _write(actor, {lead.id: lead for lead in leads.values()}, old)
    return done


def _overwriting(one: ReadRow, terms: Terms) -> dict[str, str]:
    person = one.read.person
    said = {"name": person.name, "city": person.city, "country": person.country, "language": person.language}
    said |= {key: str(value) for key, value in person.fields.items()}
    return {k: v for k, v in said.items() if v and terms.modes.get(PERSON + k) is Mode.OVERWRITE}


def _changes(lead: Lead, one: ReadRow, terms: Terms) -> dict[str, list[Any]]:
    """What the row changes in the lead: [old, new] by field."""
    wanted: dict[str, Any] = {"name": one.title} if one.title else {}
    wanted |= {
        key: text.clean(one.values[key], limit) for key, limit in _TEXTS.items() if one.values.get(key)
    }
    if one.value_minor is not None:
        wanted["value_minor"] = one.value_minor
    news = {
        key: value
        for key, value in wanted.items()
        if terms.modes.get(key) is Mode.OVERWRITE or not getattr(lead, key)
    }
    if terms.modes.get("source") is Mode.OVERWRITE and one.source:
        news["source"] = one.source
    if "value_minor" in news:
        news["currency"] = one.currency
    custom = dict(lead.custom)
    for key, value in one.fields.items():
        plain = key.removeprefix("custom.")
        if value is not None and (
            terms.modes.get(key) is Mode.OVERWRITE or custom.get(plain) in (None, "", [])
        ):
            custom[plain] = value
    news["custom"], news["extra"] = custom, {**one.extra, **lead.extra}
    return {k: [getattr(lead, k), v] for k, v in news.items() if v != getattr(lead, k)}


def _write(actor: Actor, leads: dict[UUID, Lead], changes: dict[UUID, dict[str, list[Any]]]) -> None:
    changed = [leads[lead_id] for lead_id in changes if changes[lead_id]]
    bulk.update_rows(
        Lead, {one.id: {name: getattr(one, name) for name in WRITTEN} for one in changed}, WRITTEN
    )
    if not changed:
        return
    shown = say("Filled by an import")
    timeline.record(
        *(Entry.by(actor, "system", about_id=one.id, with_id=one.contact_id, text=shown) for one in changed)
    )
    audit.record_all(audit.entry(actor, "imported", "lead", one.id, changes[one.id]) for one in changed)
    refresh_rows([one.id for one in changed])
    events.record(
        *(
            LeadChanged(workspace_id=one.workspace_id, lead_id=one.id, fields=tuple(changes[one.id]))
            for one in changed
        )
    )
