"""Open leads for inquiries, or let inquiries join open leads: a fixed number of statements per batch."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import prefetch_related_objects

from leadline.contacts import queries as contact_queries
from leadline.contacts.actions import lock_contacts, set_owners
from leadline.contacts.models import Contact
from leadline.engines.timeline import actions as timeline
from leadline.engines.timeline.ports import Entry
from leadline.infra import bulk, events
from leadline.kit import text
from leadline.kit.errors import Conflict
from leadline.leads import queries
from leadline.leads.actions.finding import put_rows
from leadline.leads.actions.setting_up import set_up_pipeline
from leadline.leads.events import InquiryJoined, LeadCaptured
from leadline.leads.fresh import just_captured
from leadline.leads.models import Lead, Stage, StageVisit
from leadline.leads.ports import NewInquiry
from leadline.leads.rules import LeadStatus, last_source, source_label
from leadline.workspaces import audit
from leadline.workspaces.actor import Actor
from leadline.workspaces.queries import own_workspace

_JOIN_WRITES = (
    "name",
    "company",
    "source",
    "campaign",
    "interest",
    "value_minor",
    "currency",
    "custom",
    "extra",
    "last_activity_at",
    "lead_type",
    "next_step",
    "competitor",
)
_PLAIN_FIELDS = {"lead_type": 3, "next_step": 300, "competitor": 200}


@dataclass(frozen=True)
class Opened:
    """The lead an inquiry belongs to, and whether the inquiry opened it."""

    lead: Lead
    created: bool


@dataclass
class _Batch:
    actor: Actor
    stage: Stage
    currency: str
    open: dict[UUID, Lead]
    own_ids: bool = False
    made: list[Lead] = field(default_factory=list)
    joined: dict[UUID, Lead] = field(default_factory=dict)
    tags: dict[UUID, tuple[str, str]] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    happened: list[events.Event] = field(default_factory=list)


def open_or_join(actor: Actor, inquiries: Sequence[NewInquiry]) -> list[Opened]:
    """One lead per inquiry, in order: the contact's open lead, or a new one in the first stage.

    An inquiry with the id of a lead that exists already changes nothing.
    """
    if not inquiries:
        return []
    known = queries.leads_by_id([i.id for i in inquiries if i.id])
    fresh = [i for i in inquiries if i.id not in known]
    batch = _begin(actor, fresh) if fresh else None
    opened = []
    for inquiry in inquiries:
        lead = known.get(inquiry.id) if inquiry.id else None
        if lead is not None:
            opened.append(Opened(lead, created=False))
        elif batch is not None:
            opened.append(_take(batch, inquiry))
    if batch is not None:
        _write(batch)
    return opened


def _begin(actor: Actor, inquiries: Sequence[NewInquiry]) -> _Batch:
    contacts = list({i.contact.id: i.contact for i in inquiries}.values())
    known = {i.contact.id for i in inquiries if not i.first_seen}
    # Two inquiries of one person wait here for each other, whatever they were recognised by.
    lock_contacts(known)
    prefetch_related_objects(contacts, "identities")
    stage = queries.first_stage() or set_up_pipeline(actor)
    priced = any(i.value_minor and not i.currency for i in inquiries)
    currency = own_workspace(actor).currency if priced else ""
    return _Batch(actor, stage, currency, queries.open_leads_of(list(known), lock=True) if known else {})


def _take(batch: _Batch, inquiry: NewInquiry) -> Opened:
    closed = inquiry.placed is not None and inquiry.placed.status != LeadStatus.OPEN
    lead = None if closed else batch.open.get(inquiry.contact.id)
    if lead is None:
        lead = _new_lead(batch, inquiry)
        if not closed:
            batch.open[inquiry.contact.id] = lead
        batch.made.append(lead)
        batch.entries.append(_entry(batch.actor, lead, inquiry, joined=False))
        who = _person(batch.actor)
        batch.happened.append(LeadCaptured(by_member_id=who, quiet=inquiry.quiet, **_facts(lead, inquiry)))
        return Opened(lead, created=True)
    lead.contact = inquiry.contact
    differs = _differing(lead, inquiry)
    _join(batch, lead, inquiry)
    if not inquiry.message_follows:
        batch.entries.append(_entry(batch.actor, lead, inquiry, joined=True, differs=differs))
    batch.happened.append(InquiryJoined(**_facts(lead, inquiry)))
    return Opened(lead, created=False)


def _new_lead(batch: _Batch, inquiry: NewInquiry) -> Lead:
    contact = inquiry.contact
    shown = contact.name or _address(contact)
    lead = Lead(
        workspace_id=batch.actor.workspace_id,
        name=text.clean(inquiry.title, 200) or shown[:200] or "Unknown",
        contact=contact,
        company=contact.company,
        pipeline_id=batch.stage.pipeline_id,
        stage=batch.stage,
        entered_stage_at=inquiry.at,
        owner_id=inquiry.owner_id,
        team_id=inquiry.team_id,
        value_minor=inquiry.value_minor or 0,
        currency=(inquiry.currency or batch.currency)[:3],
        source=_source(inquiry),
        first_source=_source(inquiry),
        channel=inquiry.channel[:30],
        campaign=text.clean(inquiry.campaign, 200),
        utm=dict(inquiry.utm),
        page=text.clean(inquiry.page, 2000),
        referrer=text.clean(inquiry.referrer, 2000),
        interest=text.clean(inquiry.interest, 300),
        text=text.clean(inquiry.text),
        extra=dict(inquiry.extra),
        custom=_custom(inquiry),
        inbound_at=inquiry.at,
        last_activity_at=inquiry.at,
    )
    if inquiry.placed is not None:
        lead.pipeline_id, lead.stage_id = inquiry.placed.pipeline_id, inquiry.placed.stage_id
        lead.status = inquiry.placed.status
        lead.closed_at = inquiry.at if lead.status != LeadStatus.OPEN else None
    if inquiry.id:
        lead.id = inquiry.id
        batch.own_ids = True
    _set_plain(lead, inquiry)
    return lead


def _set_plain(lead: Lead, inquiry: NewInquiry) -> None:
    for name, limit in _PLAIN_FIELDS.items():
        if inquiry.fields.get(name) and not getattr(lead, name):
            setattr(lead, name, text.clean(str(inquiry.fields[name]), limit))


def _address(contact: Contact) -> str:
    return contact_queries.address_of(contact, "phone", "whatsapp", "email", "instagram")


def _differing(lead: Lead, inquiry: NewInquiry) -> dict[str, Any]:
    """What the inquiry says otherwise than the lead and its person, who keep what they have."""
    told: dict[str, Any] = {**inquiry.extra, **{f"custom.{k}": v for k, v in _custom(inquiry).items()}}
    held: dict[str, Any] = {**lead.extra, **{f"custom.{k}": v for k, v in lead.custom.items()}}
    if inquiry.value_minor and lead.value_minor:
        told["value_minor"], held["value_minor"] = inquiry.value_minor, lead.value_minor
    plain = {name for name in _PLAIN_FIELDS if inquiry.fields.get(name) and getattr(lead, name)}
    told |= {name: inquiry.fields[name] for name in plain}
    held |= {name: getattr(lead, name) for name in plain}
    others = {key: value for key, value in told.items() if key in held and held[key] != value}
    return {**others, **inquiry.differs}


def _join(batch: _Batch, lead: Lead, inquiry: NewInquiry) -> None:
    batch.tags.setdefault(lead.id, (lead.source, lead.campaign))
    answered = bool(lead.first_touch_at or lead.first_auto_reply_at)
    lead.source = last_source(lead.source, _source(inquiry), channel=inquiry.channel, answered=answered)
    lead.campaign = text.clean(inquiry.campaign, 200) or lead.campaign
    lead.company = lead.company or inquiry.contact.company
    if inquiry.contact.name and lead.name in ("Unknown", _address(inquiry.contact)[:200]):
        # Whoever was only a number has a name now.
        lead.name = inquiry.contact.name
    _set_plain(lead, inquiry)
    lead.interest = lead.interest or text.clean(inquiry.interest, 300)
    if not lead.value_minor and inquiry.value_minor:
        lead.value_minor = inquiry.value_minor
        lead.currency = (inquiry.currency or batch.currency)[:3]
    lead.custom = {**_custom(inquiry), **lead.custom}
    lead.extra = {**inquiry.extra, **lead.extra}
    lead.last_activity_at = max(lead.last_activity_at, inquiry.at)
    if not lead._state.adding:
        batch.joined[lead.id] = lead


def _source(inquiry: NewInquiry) -> str:
    return (inquiry.source or inquiry.channel)[:60]


def _custom(inquiry: NewInquiry) -> dict[str, Any]:
    given = inquiry.fields.items()
    return {key.removeprefix("custom."): value for key, value in given if key.startswith("custom.")}


def _entry(
    actor: Actor,
    lead: Lead,
    inquiry: NewInquiry,
    *,
    joined: bool,
    differs: Mapping[str, Any] | None = None,
) -> Entry:
    details = {
        "joined": joined,
        "source": inquiry.source,
        "source_label": source_label(inquiry.source),
        "campaign": inquiry.campaign,
        "interest": inquiry.interest,
        "page": inquiry.page,
        "match": inquiry.match_reason,
        "differs": differs,
    }
    return Entry(
        kind="inquiry",
        about_id=lead.id,
        with_id=lead.contact_id,
        direction="in",
        channel=inquiry.channel,
        actor_name=actor.name if actor.human else lead.contact.name,
        member_id=_person(actor),
        text="" if inquiry.message_follows else text.clean(inquiry.text),
        payload={key: value for key, value in details.items() if value},
        at=inquiry.at,
    )


def _person(actor: Actor) -> UUID | None:
    return actor.member_id if actor.human else None


def _facts(lead: Lead, inquiry: NewInquiry) -> dict[str, Any]:
    return {
        "workspace_id": lead.workspace_id,
        "lead_id": lead.id,
        "contact_id": lead.contact_id,
        "channel": inquiry.channel,
        "source": inquiry.source,
        "at": inquiry.at,
    }


def _write(batch: _Batch) -> None:
    if batch.made:
        _insert(batch.made, own_ids=batch.own_ids)
        StageVisit.objects.bulk_create(_visits(batch))
        set_owners({lead.contact_id: (lead.owner_id, lead.team_id) for lead in batch.made if lead.owner_id})
    if batch.joined:
        rows = {lead.id: {f: _column(lead, f) for f in _JOIN_WRITES} for lead in batch.joined.values()}
        bulk.update_rows(Lead, rows, _JOIN_WRITES)
        for lead in batch.joined.values():
            lead.version += 1
    audit.record_all(_audited(batch))
    with just_captured(batch.made), events.together():
        timeline.record(*batch.entries)
        events.record(*batch.happened)
    # Only now it is known whose they are.
    put_rows([*batch.made, *batch.joined.values()])


def _column(lead: Lead, name: str) -> Any:
    return lead.company_id if name == "company" else getattr(lead, name)


def _insert(leads: Sequence[Lead], *, own_ids: bool) -> None:
    if not own_ids:
        Lead.objects.bulk_create(leads)
        return
    try:
        with transaction.atomic():
            Lead.objects.bulk_create(leads)
    except IntegrityError as error:
        if "leads_lead_pkey" not in str(error):
            raise
        raise Conflict("This id is taken. Use a new one.", code="id_taken", field="id") from error


def _visits(batch: _Batch) -> Iterable[StageVisit]:
    for lead in batch.made:
        yield StageVisit(
            workspace_id=lead.workspace_id,
            lead=lead,
            stage_id=lead.stage_id,
            entered_at=lead.entered_stage_at,
            by_name=batch.actor.name,
            by_member_id=batch.actor.member_id,
        )


def _audited(batch: _Batch) -> Iterable[Any]:
    for lead in batch.made:
        facts = {"name": lead.name, "source": lead.source, "channel": lead.channel}
        yield audit.entry(batch.actor, "created", "lead", lead.id, facts)
    for lead in batch.joined.values():
        news: dict[str, Any] = {"contact": str(lead.contact_id), **_retagged(lead, *batch.tags[lead.id])}
        yield audit.entry(batch.actor, "joined", "lead", lead.id, news)


def _retagged(lead: Lead, source: str, campaign: str) -> dict[str, list[str]]:
    tags = {"source": [source, lead.source], "campaign": [campaign, lead.campaign]}
    return {key: values for key, values in tags.items() if values[0] != values[1]}
