"""Change contacts by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F

from leadline.contacts import policy, rules
from leadline.contacts.actions.companies import Companies, WantedCompany
from leadline.contacts.actions.locking import lock_contacts, lock_keys
from leadline.contacts.events import ContactChanged
from leadline.contacts.models import Contact, Identity
from leadline.contacts.rules import IdentityKind, Recognised
from leadline.infra import events
from leadline.infra.bulk import update_rows
from leadline.kit import text
from leadline.kit.errors import Conflict, Invalid
from leadline.kit.sentences import say
from leadline.workspaces import audit
from leadline.workspaces.actor import Actor

_PLAIN = {
    "name": 200,
    "title": 200,
    "city": 120,
    "region": 120,
    "country": 2,
    "language": 10,
    "timezone": 64,
    "postcode": 20,
}
# Written along with what they follow from.
_FOLLOWING = {"name": "first_name", "language": "language_by", "postcode": "postcode_number"}
_IDENTITIES = {"phone": IdentityKind.PHONE, "email": IdentityKind.EMAIL}


@dataclass(frozen=True)
class ContactChange:
    """The contact after a change and what was different before: field → [old, new]."""

    contact: Contact
    changes: Mapping[str, Any]


def change_contact(
    actor: Actor,
    contact: Contact,
    wanted: Mapping[str, Any],
    *,
    region: str = "",
    version: int | None = None,
    once_locked: Callable[[], None] | None = None,
) -> ContactChange:
    """Set fields, company (by name), phone and e-mail; an identity of somebody else is a Conflict (409).

    So is a version that is not the present one. The caller has looked the contact up among those the actor
    may see, and may look at more, and refuse, `once_locked`: nobody changes the contact from then on.
    """
    policy.require_can_change(actor)
    identities = {k: _read(k, str(v or ""), contact, region) for k, v in wanted.items() if k in _IDENTITIES}
    company = text.clean(str(wanted.get("company") or ""), 200)
    keys = [i.key for i in identities.values() if i is not None and i.key]
    lock_keys(actor.workspace_id, [*keys, *([("company", text.fold(company))] if company else [])])
    contact = lock_contacts([contact.id])[0]
    if version is not None and contact.version != version:
        raise Conflict("Somebody changed this contact meanwhile. Look at it again.", code="conflict")
    if once_locked is not None:
        once_locked()
    changes = _set_plain(contact, wanted)
    if "company" in wanted:
        changes |= _set_company(actor, contact, company)
    if changes:
        contact.save(update_fields=[*changes, *(_FOLLOWING[name] for name in changes if name in _FOLLOWING)])
    for name, identity in identities.items():
        changes |= _set_identity(contact, name, identity)
    if changes:
        audit.record(actor, "changed", "contact", contact.id, _readable(changes))
        events.record(
            ContactChanged(workspace_id=contact.workspace_id, contact_id=contact.id, fields=tuple(changes))
        )
    return ContactChange(contact, _readable(changes))


def set_owners(owners: Mapping[UUID, tuple[UUID | None, UUID | None]]) -> None:
    """Give each contact the owner and team of its latest lead, in one statement."""
    update_rows(Contact, {c: {"owner": o, "team": t} for c, (o, t) in owners.items()}, ("owner", "team"))


def _read(name: str, raw: str, contact: Contact, region: str) -> Recognised | None:
    if not raw.strip():
        return None
    identity = rules.recognise(_IDENTITIES[name], raw, region, contact.country)
    if identity is None or identity.value is None:
        kind = say("telephone number") if name == "phone" else say("mail address")
        raise Invalid(
            say("“{raw}” is not a {kind}. Check it and try again.", raw=raw[:60], kind=kind),
            field=f"contact.{name}",
        )
    return identity


def _set_plain(contact: Contact, wanted: Mapping[str, Any]) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    for name, limit in _PLAIN.items():
        if name not in wanted:
            continue
        new = text.clean(str(wanted[name] or ""), limit)
        if new != (old := getattr(contact, name)):
            changes[name] = [old, new]
            setattr(contact, name, new)
    if "name" in changes:
        contact.first_name = rules.first_name_of(contact.name)
    if "language" in changes:
        contact.language_by = ""
    if "postcode" in changes:
        contact.postcode_number = rules.postcode_number(contact.postcode)
    for name in ("custom", "consent"):
        before = getattr(contact, name)
        if wanted.get(name) and (after := {**before, **wanted[name]}) != before:
            changes[name] = [before, after]
            setattr(contact, name, after)
    return changes


def _set_company(actor: Actor, contact: Contact, name: str) -> dict[str, Any]:
    old = contact.company
    if (old.name if old else "") == name:
        return {}
    contact.company = None
    if name:
        wanted = WantedCompany(name, "")
        companies = Companies.found([wanted])
        contact.company = companies.take(wanted)
        companies.write(actor)
    return {"company": [old, contact.company]}


def _set_identity(contact: Contact, name: str, new: Recognised | None) -> dict[str, Any]:
    held = list(Identity.objects.filter(contact=contact))
    old = next((i for i in held if i.kind == name and i.primary), None)
    if (old.value if old else None) == (new.value if new else None):
        return {}
    if new is not None:
        _require_free(contact, name, new)
    if old is not None:
        old.delete()
    if new is not None:
        same = next((i for i in held if i is not old and i.kind == name and i.value == new.value), None)
        if same is not None:
            Identity.objects.filter(id=same.id).update(primary=True, version=F("version") + 1)
        else:
            Identity.objects.create(
                contact=contact, kind=name, value=new.value or "", shown=new.shown, raw=new.raw, primary=True
            )
    setattr(contact, name, new.shown if new else _remaining(contact, name))
    contact.save(update_fields=[name])
    return {name: [old.shown if old else "", new.shown if new else ""]}


def _remaining(contact: Contact, name: str) -> str:
    kinds = [name, IdentityKind.WHATSAPP.value] if name == "phone" else [name]
    rows = Identity.objects.filter(contact=contact, kind__in=kinds).exclude(value__startswith="unreadable:")
    left = rows.order_by("-primary", "created_at").first()
    return left.shown if left else ""


def _require_free(contact: Contact, name: str, new: Recognised) -> None:
    rows = Identity.objects.filter(value=new.value).exclude(contact=contact).select_related("contact")
    holder = next((row for row in rows if rules.key_of(row.kind, row.value) == new.key), None)
    if holder is not None:
        raise Conflict(
            say(
                "{shown} belongs to {owner}.",
                shown=new.shown,
                owner=holder.contact.name or say("another contact"),
            ),
            code="identity_taken",
            field=f"contact.{name}",
            extra={"contact_id": str(holder.contact_id)},
        )


def _readable(changes: Mapping[str, Any]) -> dict[str, Any]:
    def plain(value: Any) -> Any:
        return getattr(value, "name", value)

    return {key: [plain(old), plain(new)] for key, (old, new) in changes.items()}
