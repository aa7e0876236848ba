"""Recognise persons as contacts, or make new ones: a fixed number of statements for any batch."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import prefetch_related_objects
from django.db.models.functions import Coalesce

from leadline.contacts import rules
from leadline.contacts.actions.companies import Companies, wanted_company
from leadline.contacts.actions.locking import lock_contacts, lock_keys
from leadline.contacts.models import Contact, Identity, PossibleDuplicate
from leadline.contacts.ports import Person
from leadline.contacts.rules import Recognised
from leadline.infra import bulk
from leadline.infra.entity import WorkspaceEntity
from leadline.kit import clock, text
from leadline.workspaces import audit
from leadline.workspaces.actor import Actor

Key = tuple[str, str]
_NUMBERS = (rules.IdentityKind.PHONE, rules.IdentityKind.WHATSAPP)
_FILLED = (
    "phone",
    "email",
    "name",
    "first_name",
    "company",
    "title",
    "city",
    "region",
    "country",
    "language",
    "language_by",
    "postcode",
    "postcode_number",
    "timezone",
)
_GIVEN = ("title", "region", "timezone", "postcode")
_LIMITS = {"postcode": 20}
_WRITTEN = (*_FILLED, "consent", "custom", "deleted_at")


@dataclass(frozen=True)
class Match:
    """The contact a person was recognised as, whether it is new, and why, as a sentence to show.

    `differs` is what the person says otherwise than the contact, which keeps what it has.
    """

    contact: Contact
    created: bool
    reason: str
    differs: Mapping[str, str] = field(default_factory=dict)


@dataclass
class _Batch:
    """What is known while a batch is matched, and what has to be written for it."""

    actor: Actor
    known: dict[Key, Contact]
    companies: Companies
    made: dict[Any, Contact] = field(default_factory=dict)
    changed: dict[Any, Contact] = field(default_factory=dict)
    identities: list[Identity] = field(default_factory=list)
    duplicates: list[PossibleDuplicate] = field(default_factory=list)


def match_or_make(actor: Actor, persons: Sequence[Person], region: str = "") -> list[Match]:
    """One contact per person, in order; persons with a common identity get the same one, also at once.

    The contacts come with their identities loaded. Two existing contacts are never merged here: the older
    one is taken and the possible duplicate is noted.
    """
    read = [_recognised(person, region) for person in persons]
    companies = [wanted_company(person, ids) for person, ids in zip(persons, read, strict=True)]
    keys = {i.key for ids in read for i in ids if i.key}
    lock_keys(actor.workspace_id, [*keys, *(c.key for c in companies if c)])
    batch = _Batch(actor, _known(keys), Companies.found([c for c in companies if c]))
    matches = []
    for person, ids, company in zip(persons, read, companies, strict=True):
        match = _match(batch, ids, apart=person.apart)
        differs = _differing(match.contact, person)
        _fill(batch, match, person, ids, batch.companies.take(company) if company else None)
        matches.append(replace(match, differs=differs))
    _write(batch)
    return matches


def _recognised(person: Person, region: str) -> list[Recognised]:
    found = (rules.recognise(i.kind, i.raw, person.country.upper()[:2], region) for i in person.identities)
    unique: dict[tuple[str, str], Recognised] = {}
    for identity in found:
        if identity is not None:
            unique.setdefault((identity.kind, identity.value or identity.raw), identity)
    return list(unique.values())


def _known(keys: Iterable[Key]) -> dict[Key, Contact]:
    values = sorted({value for _, value in keys})
    if not values:
        return {}
    kinds = [kind.value for kind in rules.IdentityKind]
    rows = Identity.objects.filter(kind__in=kinds, value__in=values).values_list(
        "kind", "value", Coalesce("contact__merged_into_id", "contact_id")
    )
    found = [(rules.key_of(kind, value), contact_id) for kind, value, contact_id in rows]
    contacts = {contact.id: contact for contact in lock_contacts(contact_id for _, contact_id in found)}
    known: dict[Key, Contact] = {}
    for key, contact_id in found:
        contact = contacts[contact_id]
        known[key] = min(contact, known.get(key, contact), key=_age)
    prefetch_related_objects(list(contacts.values()), "identities")
    return known


def _age(contact: Contact) -> tuple[Any, Any]:
    return (contact.created_at, contact.id)


def _match(batch: _Batch, ids: Sequence[Recognised], *, apart: bool = False) -> Match:
    strong = [i for i in ids if i.kind not in rules.WEAK_KINDS and i.key]
    hits = {i: batch.known[i.key] for i in (strong or ids) if i.key and i.key in batch.known}
    if apart or not hits:
        contact = Contact(workspace_id=batch.actor.workspace_id)
        _hold(contact, [])
        batch.made[contact.id] = contact
        _doubt(batch, contact, hits)
        match = Match(contact, created=True, reason="New person: nobody with these details was known.")
    else:
        contact = min(hits.values(), key=_age)
        match = Match(contact, created=False, reason=_reason(batch, contact, hits))
    _learn(batch, contact, ids)
    return match


def _doubt(batch: _Batch, contact: Contact, hits: Mapping[Recognised, Contact]) -> None:
    for identity, other in {other.id: (identity, other) for identity, other in hits.items()}.values():
        why = f"{identity.kind.value} {identity.shown} belongs to {other.name or 'another contact'}"
        batch.duplicates.append(
            PossibleDuplicate(
                workspace_id=batch.actor.workspace_id, contact=other, other=contact, reason=why[:300]
            )
        )


def _reason(batch: _Batch, contact: Contact, hits: Mapping[Recognised, Contact]) -> str:
    seen = ", ".join(f"{i.kind.value.replace('_', ' ')} {i.shown}" for i, c in hits.items() if c is contact)
    reason = f"Known by {seen}."
    for identity, other in hits.items():
        if other is contact:
            continue
        why = f"{identity.kind.value} {identity.shown} belongs to {other.name or 'another contact'}"
        batch.duplicates.append(
            PossibleDuplicate(
                workspace_id=batch.actor.workspace_id, contact=contact, other=other, reason=why[:300]
            )
        )
        reason += f" Possible duplicate: {why}; the older contact was taken."
    return reason


def _learn(batch: _Batch, contact: Contact, ids: Sequence[Recognised]) -> None:
    held = list(contact.identities.all())
    for identity in ids:
        if identity.key is not None and batch.known.setdefault(identity.key, contact) is not contact:
            continue
        value = identity.value or f"unreadable:{contact.id}:{identity.raw}"[:320]
        if any(h.kind == identity.kind and h.value == value for h in held):
            continue
        row = Identity(
            workspace_id=batch.actor.workspace_id,
            contact=contact,
            kind=identity.kind.value,
            value=value,
            shown=identity.shown,
            raw=identity.raw,
            primary=not any(h.kind == identity.kind for h in held),
        )
        held.append(row)
        batch.identities.append(row)
        if contact.id not in batch.made:
            # A new way to reach a person makes the person newer for who sees only the old ways.
            batch.changed[contact.id] = contact
    _hold(contact, held)


def _hold(contact: Contact, identities: list[Identity]) -> None:
    # Fills the prefetch cache, so that nobody has to read back what was just written.
    rows = Identity.objects.none()
    rows._result_cache = identities
    vars(contact)["_prefetched_objects_cache"] = {"identities": rows}


def _differing(contact: Contact, person: Person) -> dict[str, str]:
    told = {
        "name": person.name,
        "company": person.company,
        "city": person.city,
        "country": person.country.upper()[:2],
        # What a text shows is no word of the person.
        "language": "" if person.language_by else person.language,
        **{key: str(value) for key, value in person.fields.items() if key in _GIVEN},
    }
    clean = {key: text.clean(value, 200) for key, value in told.items()}
    present = {key: getattr(contact, key) for key in clean if key != "company"}
    present["company"] = contact.company.name if contact.company else ""
    return {
        key: value
        for key, value in clean.items()
        if value and present[key] and text.fold(value) != text.fold(present[key])
    }


def _fill(batch: _Batch, match: Match, person: Person, ids: Sequence[Recognised], company: Any) -> None:
    contact = match.contact
    wanted: dict[str, Any] = {
        "name": text.clean(person.name, 200),
        "city": text.clean(person.city, 120),
        "country": person.country.upper()[:2] or next((i.country for i in ids if i.country), ""),
        "language": person.language[:10],
        "company": company,
        "phone": next((i.shown[:32] for i in ids if i.kind in _NUMBERS and i.value), ""),
        "email": next((i.shown for i in ids if i.kind is rules.IdentityKind.EMAIL and i.value), ""),
    }
    wanted |= {k: text.clean(str(v), _LIMITS.get(k, 120)) for k, v in person.fields.items() if k in _GIVEN}
    wanted["first_name"] = rules.first_name_of(wanted["name"])
    news = {key: value for key, value in wanted.items() if value and not getattr(contact, key)}
    if wanted["language"] and contact.language_by and not person.language_by:
        news["language"] = wanted["language"]
    if "language" in news:
        news["language_by"] = person.language_by
    if "postcode" in news:
        news["postcode_number"] = rules.postcode_number(news["postcode"])
    custom = {k.removeprefix("custom."): v for k, v in person.fields.items() if k.startswith("custom.")}
    if custom.keys() - contact.custom.keys():
        news["custom"] = {**custom, **contact.custom}
    if person.consent and {**contact.consent, **person.consent} != contact.consent:
        news["consent"] = {**contact.consent, **person.consent}
    if contact.deleted_at is not None:
        news["deleted_at"] = None
    for key, value in news.items():
        setattr(contact, key, value)
    if news and contact.id not in batch.made:
        batch.changed[contact.id] = contact


def _write(batch: _Batch) -> None:
    batch.companies.write(batch.actor)
    _insert(Contact, list(batch.made.values()))
    if batch.changed:
        rows = {c.id: {f: _column(c, f) for f in _WRITTEN} for c in batch.changed.values()}
        bulk.update_rows(Contact, rows, _WRITTEN)
    _insert(Identity, batch.identities)
    if batch.duplicates:
        PossibleDuplicate.objects.bulk_create(batch.duplicates, ignore_conflicts=True)
    if batch.made:
        audit.record_all(
            audit.entry(batch.actor, "created", "contact", contact.id, {"name": contact.name})
            for contact in batch.made.values()
        )


def _column(contact: Contact, name: str) -> Any:
    return contact.company_id if name == "company" else getattr(contact, name)


def _insert(model: type[WorkspaceEntity], rows: Sequence[Any]) -> None:
    now = clock.now()
    for row in rows:
        row.created_at = row.updated_at = now
    if rows:
        model._default_manager.bulk_create(rows)
