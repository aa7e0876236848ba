"""Take the rows of a file in as customers, and take them back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import ProtectedError

from leadline.contacts import actions as contacts
from leadline.contacts.models import Company, Contact
from leadline.customers import policy
from leadline.customers.actions.finding import put_rows
from leadline.customers.actions.making import columns, put, read
from leadline.customers.events import CustomerChanged, CustomerRemoved
from leadline.customers.models import Customer
from leadline.customers.queries.importing import ReadCustomer, read_rows
from leadline.customers.rules import CustomerKind, is_filled
from leadline.engines.search import actions as search
from leadline.engines.transfer.ports import Done, Given, Kept, Terms, Undone
from leadline.engines.transfer.rules import Duplicates, Mode, Outcome
from leadline.infra import events
from leadline.infra.entity import save_all
from leadline.kit import clock
from leadline.kit.sentences import Text, say
from leadline.leads import queries as leads
from leadline.workspaces import audit
from leadline.workspaces.actor import Actor
from leadline.workspaces.models import Member
from leadline.workspaces.queries import own_workspace

# What a row says of a customer through the person it names.
_OF_PERSON = ("phone", "email", "city", "country")


def take_rows(actor: Actor, rows: Sequence[Given], terms: Terms) -> list[Done]:
    """What became of each row; a fixed number of statements. Somebody is a customer once."""
    done: list[Done] = []
    fresh: list[ReadCustomer] = []
    again: list[tuple[ReadCustomer, Customer]] = []
    for one in read_rows(actor, rows, set()):
        if one.trouble:
            done.append(Done(one.number, Outcome.BAD, one.trouble))
        elif one.before or (one.known and terms.duplicates is not Duplicates.UPDATE):
            known = one.known.id if one.known else None
            done.append(Done(one.number, Outcome.SKIPPED, _why(one), known))
        elif one.known:
            again.append((one, one.known))
        else:
            fresh.append(one)
    return [*done, *_make(actor, fresh, terms), *_update(actor, again, terms)]


def _why(one: ReadCustomer) -> Text:
    if one.before:
        return say("An earlier row of the file is the same customer.")
    return say("{name} is a customer already.", name=one.known.name if one.known else "")


def _make(actor: Actor, fresh: Sequence[ReadCustomer], terms: Terms) -> list[Done]:
    if not fresh:
        return []
    people = _people(actor, [one for one in fresh if one.kind is CustomerKind.PERSON or _says_person(one)])
    firms = _companies(actor, fresh)
    teams = _teams([one.owner_id or terms.owner_id for one in fresh])
    made: dict[Any, Customer] = {}
    done = []
    for one in fresh:
        match, company = people.get(one.number), firms.get(one.number)
        contact = match.contact if match else None
        held = (one.kind, company.id if company else contact.id if contact else None)
        if held in made:
            done.append(Done(one.number, Outcome.SKIPPED, _why(one), made[held].id))
            continue
        owner_id = one.owner_id or terms.owner_id
        made[held] = _customer(one, contact, company, owner_id, teams.get(owner_id))
        facts = {"contact_id": str(contact.id)} if contact and match and match.created else {}
        done.append(Done(one.number, Outcome.CREATED, "", made[held].id, facts))
    _insert(actor, list(made.values()))
    return done


def _people(actor: Actor, rows: Sequence[ReadCustomer]) -> dict[int, contacts.Match]:
    persons = [one.read.person for one in rows]
    matches = contacts.match_or_make(actor, persons, own_workspace(actor).phone_region) if persons else []
    return {one.number: match for one, match in zip(rows, matches, strict=True)}


def _says_person(one: ReadCustomer) -> bool:
    return bool(one.read.person.identities or one.read.person.name)


def _companies(actor: Actor, fresh: Sequence[ReadCustomer]) -> dict[int, Company]:
    wanted = {one.number: one.company for one in fresh if one.company is not None}
    companies = contacts.Companies.found(list(wanted.values()))
    found = {number: companies.take(company) for number, company in wanted.items()}
    companies.write(actor)
    return found


def _teams(owner_ids: Sequence[UUID | None]) -> dict[UUID | None, UUID | None]:
    owners = Member.objects.filter(id__in={one for one in owner_ids if one}).prefetch_related("teams")
    return {owner.id: next((team.id for team in owner.teams.all()), None) for owner in owners}


def _customer(
    one: ReadCustomer,
    contact: Contact | None,
    company: Company | None,
    owner_id: UUID | None,
    team_id: UUID | None,
) -> Customer:
    customer = Customer(
        kind=one.kind, contact=contact, company=company, owner_id=owner_id, team_id=team_id, name=one.name
    )
    put(customer, {**_of_person(contact), **one.values})
    return customer


def _of_person(contact: Contact | None) -> dict[str, Any]:
    return {key: getattr(contact, key) for key in _OF_PERSON} if contact else {}


def _insert(actor: Actor, customers: Sequence[Customer]) -> None:
    Customer.objects.bulk_create(customers)
    audit.record_all(
        audit.entry(actor, "created", "customer", one.id, {"name": one.name}) for one in customers
    )
    put_rows(customers)
    _tell(actor, {one.id: ("name",) for one in customers})


def _update(actor: Actor, again: Sequence[tuple[ReadCustomer, Customer]], terms: Terms) -> list[Done]:
    if not again:
        return []
    # A row that gives no way to reach anybody would make a person of nothing.
    people = _people(actor, [one for one, _ in again if one.read.person.identities])
    done, changed, written = [], {}, set()
    for one, customer in again:
        match = people.get(one.number)
        news = {**_of_person(match.contact if match else None), **one.values}
        before: dict[str, Any] = {}
        for key, value in news.items():
            was = read(customer, key)
            overwritten = terms.modes.get(key) is Mode.OVERWRITE
            if is_filled(value) and value != was and (overwritten or not is_filled(was)):
                before[key] = was
        put(customer, {key: news[key] for key in before})
        facts = {"before": before, "after": {key: news[key] for key in before}}
        done.append(Done(one.number, Outcome.UPDATED, "", customer.id, facts))
        if before:
            changed[customer.id] = customer
            written |= columns(before)
            audit.record(
                actor, "imported", "customer", customer.id, {k: [v, news[k]] for k, v in before.items()}
            )
    save_all(changed.values(), written)
    put_rows(list(changed.values()))
    _tell(actor, {customer_id: tuple(sorted(written)) for customer_id in changed})
    return done


def take_rows_back(actor: Actor, done: Sequence[Done]) -> Undone:
    """Remove the customers the rows made and restore those they filled, apart from whom somebody touched."""
    ids = [one.record_id for one in done if one.record_id is not None]
    rows = policy.every_customer(actor).filter(id__in=ids).select_related("contact", "company")
    customers = {one.id: one for one in rows.select_for_update(of=("self",)).order_by("id")}
    touched = audit.last_changes(list(customers), but_not=("created", "imported"))
    kept, gone, back = [], [], []
    for one in done:
        customer = customers.get(one.record_id) if one.record_id else None
        if customer is None:
            continue
        if customer.id in touched and touched[customer.id] > one.facts["at"]:
            kept.append(Kept(customer.id, customer.name, say("Somebody has worked on it since.")))
        elif one.outcome is Outcome.UPDATED:
            back.append(_put_back(customer, one))
        elif _remove(actor, customer):
            gone.append(one)
        else:
            kept.append(Kept(customer.id, customer.name, say("It has other deals by now.")))
    save_all(back, ["custom", *(name for name in _FILLED)])
    put_rows(back)
    search.remove("customer", [one.record_id for one in gone if one.record_id])
    _put_people_away(actor, gone)
    return Undone(removed=len(gone), restored=len(back), kept=kept)


_FILLED = ("status", "phone", "email", "city", "country", "source", "about")


def _put_back(customer: Customer, done: Done) -> Customer:
    before, after = done.facts.get("before", {}), done.facts.get("after", {})
    put(customer, {key: was for key, was in before.items() if read(customer, key) == after[key]})
    return customer


def _remove(actor: Actor, customer: Customer) -> bool:
    if customer.conversions.exists():
        return False
    customer_id, now = customer.id, clock.now()
    try:
        with transaction.atomic():
            customer.delete()
    except ProtectedError:
        return False
    audit.record(actor, "removed", "customer", customer_id, {"name": customer.name})
    events.record(CustomerRemoved(workspace_id=actor.workspace_id, customer_id=customer_id, at=now))
    return True


def _put_people_away(actor: Actor, gone: Sequence[Done]) -> None:
    people = {UUID(one.facts["contact_id"]) for one in gone if "contact_id" in one.facts}
    if people:
        contacts.put_away(actor, people - {lead.contact_id for lead in leads.leads_of_contacts(people)})


def _tell(actor: Actor, changed: dict[UUID, tuple[str, ...]]) -> None:
    events.record(
        *(
            CustomerChanged(workspace_id=actor.workspace_id, customer_id=one, fields=fields)
            for one, fields in changed.items()
        )
    )
