"""Understand rows of a file as customers, and find out which are known already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from leadline.contacts import queries as contacts
from leadline.contacts.actions import Companies, ReadPerson, WantedCompany, read_person, wanted_company
from leadline.customers import policy
from leadline.customers.columns import PERSON
from leadline.customers.models import Customer
from leadline.customers.rules import CustomerKind, cut
from leadline.engines.schema.actions import ValueCheck
from leadline.engines.schema.rules import CUSTOM
from leadline.engines.transfer.ports import Given
from leadline.kit import text
from leadline.kit.errors import Invalid
from leadline.kit.sentences import Text, say
from leadline.leads.rules import SOURCES
from leadline.workspaces import policy as people
from leadline.workspaces.actor import Actor
from leadline.workspaces.queries import own_workspace

_COMPANY = {text.fold(said) for said in ("company", "organisation", "organization", "business", "חברה")}
_PERSON = {text.fold(said) for said in ("person", "private", "individual", "אדם", "פרטי")}
_OWN = ("status", "about")


@dataclass
class ReadCustomer:
    """A row as a customer: who it is, its own values, and the customer who is that already."""

    number: int
    read: ReadPerson
    kind: CustomerKind
    name: str
    company: WantedCompany | None = None
    owner_id: UUID | None = None
    values: dict[str, Any] = field(default_factory=dict)
    trouble: Text = ""
    known: Customer | None = None
    before: bool = False

    @property
    def keys(self) -> list[Any]:
        """What this customer has in common with others of the file."""
        if self.kind is CustomerKind.COMPANY:
            return [self.company.key] if self.company else []
        return list(self.read.keys)


def read_rows(actor: Actor, rows: Sequence[Given], seen: set[Any]) -> list[ReadCustomer]:
    """The rows as customers, each with the one it is already: a fixed number of statements."""
    check = ValueCheck("customer", {key for row in rows for key in row.values if _is_own(key)})
    region, owners = own_workspace(actor).phone_region, _owners(actor)
    read = [_read(row, region, owners, check) for row in rows]
    good = [one for one in read if not one.trouble]
    holders = contacts.holders({key for one in good for key in one.read.keys})
    companies = Companies.found([one.company for one in good if one.company]).known
    known = _known(actor, set(holders.values()), {company.id for company in companies.values()})
    for one in good:
        ids = [holders[key] for key in one.read.keys if key in holders]
        if one.kind is CustomerKind.COMPANY:
            ids = [companies[key].id for key in one.keys if key in companies]
        one.known = next((known[one.kind, held] for held in ids if (one.kind, held) in known), None)
        one.before = any((one.kind, key) in seen for key in one.keys)
        seen.update((one.kind, key) for key in one.keys)
    return read


def _known(
    actor: Actor, contact_ids: set[UUID], company_ids: set[UUID]
) -> dict[tuple[CustomerKind, UUID], Customer]:
    rows = policy.every_customer(actor).select_related("contact", "company")
    people = rows.filter(kind=CustomerKind.PERSON, contact_id__in=contact_ids)
    firms = rows.filter(kind=CustomerKind.COMPANY, company_id__in=company_ids)
    found: dict[tuple[CustomerKind, UUID], Customer] = {}
    for one in [*people, *firms]:
        kind = CustomerKind(one.kind)
        held = one.company_id if kind is CustomerKind.COMPANY else one.contact_id
        if held is not None:
            found[kind, held] = one
    return found


def _read(row: Given, region: str, owners: Mapping[str, UUID], check: ValueCheck) -> ReadCustomer:
    values = row.values
    name, company = _said(values, "name"), _said(values, "company")
    kind = _kind(_said(values, "kind"), company)
    person = read_person(
        {**values, "company": company or (name if kind == "company" else "")}, region, PERSON
    )
    if kind is CustomerKind.PERSON and not person.person.name:
        person = replace(person, person=replace(person.person, name=name))
    wanted = _company(person, company or name) if kind is CustomerKind.COMPANY else None
    shown = name or (wanted.name if wanted else "") or person.person.name or _first_way(person)
    one = ReadCustomer(
        row.number, person, kind, shown[:200], wanted, owners.get(text.fold(_said(values, "owner")))
    )
    one.trouble = person.trouble or ("" if shown else say("Nothing says who this is."))
    try:
        one.values = {key: value for key, value in _own(values, check).items() if value is not None}
    except Invalid as problem:
        one.trouble = one.trouble or problem.said
    return one


def _company(person: ReadPerson, name: str) -> WantedCompany | None:
    """A company is what the row calls it; the domain of a mail only where nothing does."""
    return WantedCompany(name[:200], "") if name else wanted_company(person.person, person.recognised)


def _own(values: Mapping[str, Any], check: ValueCheck) -> dict[str, Any]:
    own = cut(check({key: value for key, value in values.items() if _is_own(key)}))
    source = text.fold(_said(values, "source"))
    named = {text.fold(label): key for key, label in SOURCES.items()}
    found = named.get(source) or (source if source in SOURCES else "")
    return {**own, "source": found} if found else own


def _is_own(key: str) -> bool:
    return key in _OWN or key.startswith(CUSTOM)


def _kind(said: str, company: str) -> CustomerKind:
    folded = text.fold(said)
    if folded in _COMPANY or (company and folded not in _PERSON):
        return CustomerKind.COMPANY
    return CustomerKind.PERSON


def _first_way(person: ReadPerson) -> str:
    return next((identity.raw for identity in person.person.identities), "")


def _said(values: Mapping[str, Any], key: str) -> str:
    return str(values.get(key) or "").strip()


def _owners(actor: Actor) -> dict[str, UUID]:
    members = people.visible_members(actor).filter(active=True).values_list("id", "name", "user__email")
    return {
        text.fold(called): member_id
        for member_id, name, email in members
        for called in (email, name)
        if called
    }
