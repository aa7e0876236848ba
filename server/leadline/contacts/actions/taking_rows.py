"""What the rows of a file do to contacts that are known, written down so that it can be taken back."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from leadline.contacts.events import ContactChanged
from leadline.contacts.models import Contact, Identity
from leadline.contacts.rules import first_name_of
from leadline.infra import bulk, events
from leadline.kit import clock
from leadline.workspaces import audit
from leadline.workspaces.actor import Actor

OVERWRITTEN = ("name", "title", "city", "region", "country", "language")
# What a row may fill or overwrite, by the names of the model and as its rows are read.
_COLUMNS = (*OVERWRITTEN, "first_name", "phone", "email", "company")
FIELDS = (*_COLUMNS[:-1], "company_id")


@dataclass(frozen=True)
class Snapshot:
    """Contacts as they were."""

    values: Mapping[UUID, Mapping[str, Any]]
    identities: Mapping[UUID, frozenset[UUID]]


def snapshot(contact_ids: Collection[UUID]) -> Snapshot:
    """These contacts as they are now; 2 statements."""
    wanted = list(contact_ids)
    rows = Contact.objects.filter(id__in=wanted).values("id", *FIELDS)
    held: dict[UUID, set[UUID]] = {}
    for contact_id, identity_id in Identity.objects.filter(contact_id__in=wanted).values_list(
        "contact_id", "id"
    ):
        held.setdefault(contact_id, set()).add(identity_id)
    values = {row.pop("id"): row for row in rows}
    return Snapshot(values, {contact_id: frozenset(found) for contact_id, found in held.items()})


def overwrite(
    actor: Actor, wanted: Mapping[UUID, Mapping[str, str]], contacts: Mapping[UUID, Contact]
) -> None:
    """Set what rows say instead of what is there; one statement, and the events of those that changed."""
    written: dict[UUID, dict[str, Any]] = {}
    changed: dict[UUID, tuple[str, ...]] = {}
    for contact_id, values in wanted.items():
        contact = contacts[contact_id]
        news = {
            k: v[: _limit(k)]
            for k, v in values.items()
            if k in OVERWRITTEN and v and v != getattr(contact, k)
        }
        if not news:
            continue
        for key, value in news.items():
            setattr(contact, key, value)
        contact.first_name = first_name_of(contact.name)
        written[contact_id] = {name: _value(contact, name) for name in _COLUMNS}
        changed[contact_id] = tuple(news)
    bulk.update_rows(Contact, written, _COLUMNS)
    _tell(actor, changed)


def what_changed(before: Snapshot, contact: Contact) -> dict[str, Any]:
    """What is different now, as JSON: the old values, and the identities that are new."""
    old = before.values.get(contact.id, {})
    now = {name: getattr(contact, name) for name in FIELDS}
    values = {name: _plain(was) for name, was in old.items() if was != now[name]}
    new = {identity.id for identity in contact.identities.all()} - before.identities.get(
        contact.id, frozenset()
    )
    facts: dict[str, Any] = {"contact": values} if values else {}
    return {**facts, "identities": [str(one) for one in sorted(new)]} if new else facts


def put_back(actor: Actor, old: Mapping[UUID, Mapping[str, Any]], identities: Collection[UUID]) -> None:
    """Give contacts their old values and take the identities from them; 4 statements."""
    Identity.objects.filter(id__in=list(identities)).delete()
    contacts = Contact.objects.filter(id__in=list(old), deleted_at=None)
    written = {}
    for contact in contacts:
        for name, value in old[contact.id].items():
            setattr(contact, name, value)
        written[contact.id] = {name: _value(contact, name) for name in _COLUMNS}
    bulk.update_rows(Contact, written, _COLUMNS)
    _tell(actor, {contact_id: tuple(old[contact_id]) for contact_id in written})


def put_away(actor: Actor, contact_ids: Collection[UUID]) -> int:
    """Put contacts into the trash; how many there were."""
    now = clock.now()
    ids = list(Contact.objects.filter(id__in=list(contact_ids), deleted_at=None).values_list("id", flat=True))
    Contact.objects.filter(id__in=ids).update(deleted_at=now, updated_at=now)
    audit.record_all(audit.entry(actor, "deleted", "contact", one) for one in ids)
    return len(ids)


def _tell(actor: Actor, changed: Mapping[UUID, tuple[str, ...]]) -> None:
    audit.record_all(
        audit.entry(actor, "imported", "contact", contact_id, {"fields": list(fields)})
        for contact_id, fields in changed.items()
    )
    events.record(
        *(
            ContactChanged(workspace_id=actor.workspace_id, contact_id=contact_id, fields=fields)
            for contact_id, fields in changed.items()
            if fields
        )
    )


def _value(contact: Contact, name: str) -> Any:
    return contact.company_id if name == "company" else getattr(contact, name)


def _limit(name: str) -> int:
    return int(getattr(Contact._meta.get_field(name), "max_length", None) or 200)


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, UUID) else value
