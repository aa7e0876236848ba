"""Take the rows of a file in as people and companies, and take them back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db.models import Q

from leadline.contacts import queries
from leadline.contacts.actions.companies import Companies, WantedCompany
from leadline.contacts.actions.importing import ReadPerson, read_person
from leadline.contacts.actions.matching import match_or_make
from leadline.contacts.actions.taking_rows import overwrite, put_away, put_back, snapshot, what_changed
from leadline.contacts.models import Company, Contact
from leadline.engines.search import actions as search
from leadline.engines.transfer.ports import Done, Given, Kept, Terms, Undone
from leadline.engines.transfer.rules import Duplicates, Mode, Outcome
from leadline.kit import text
from leadline.kit.sentences import Text, say
from leadline.workspaces import audit
from leadline.workspaces.actor import Actor

_NAMELESS = say("Nothing says who this is: no name, phone, mail address or company.")


@dataclass
class ReadContact:
    """A row as a person, and whether they are known already."""

    number: int
    read: ReadPerson
    trouble: Text = ""
    duplicate: bool = False


@dataclass
class ReadCompany:
    """A row as a company, and whether it is known already."""

    number: int
    wanted: WantedCompany
    trouble: Text = ""
    duplicate: bool = False


def read_contacts(rows: Sequence[Given], region: str, seen: set[Any]) -> list[ReadContact]:
    """The rows as people: one statement."""
    read = [_contact(row, region) for row in rows]
    holders = queries.holders({key for one in read for key in one.read.keys})
    for one in read:
        if not one.trouble:
            one.duplicate = any(key in holders or key in seen for key in one.read.keys)
            seen.update(one.read.keys)
    return read


def _contact(row: Given, region: str) -> ReadContact:
    person = read_person(row.values, region)
    said = person.recognised or person.person.name or person.person.company
    return ReadContact(row.number, person, person.trouble or ("" if said else _NAMELESS))


def take_contacts(actor: Actor, rows: Sequence[Given], terms: Terms, region: str) -> list[Done]:
    """What became of each row; a fixed number of statements."""
    read = read_contacts(rows, region, set())
    done = [Done(one.number, Outcome.BAD, one.trouble) for one in read if one.trouble]
    wanted: list[ReadContact] = []
    for one in read:
        if one.trouble:
            continue
        if one.duplicate and terms.duplicates is Duplicates.SKIP:
            done.append(Done(one.number, Outcome.SKIPPED, say("This person is known already.")))
        else:
            wanted.append(one)
    return [*done, *_take(actor, wanted, terms, region)]


def _take(actor: Actor, wanted: Sequence[ReadContact], terms: Terms, region: str) -> list[Done]:
    if not wanted:
        return []
    holders = queries.holders({key for one in wanted for key in one.read.keys})
    before = snapshot(set(holders.values()))
    apart = terms.duplicates is Duplicates.CREATE
    persons = [replace(one.read.person, apart=apart and one.duplicate) for one in wanted]
    matches = match_or_make(actor, persons, region)
    pairs = list(zip(wanted, matches, strict=True))
    overwriting = {m.contact.id: _overwriting(one.read, terms) for one, m in pairs if not m.created}
    overwrite(actor, overwriting, {match.contact.id: match.contact for match in matches})
    done = []
    for one, match in pairs:
        outcome = Outcome.CREATED if match.created else Outcome.UPDATED
        facts = {} if match.created else what_changed(before, match.contact)
        done.append(Done(one.number, outcome, "", match.contact.id, facts))
    return done


def _overwriting(read: ReadPerson, terms: Terms) -> dict[str, str]:
    person = read.person
    said = {"name": person.name, "city": person.city, "country": person.country, "language": person.language}
    said |= {key: str(value) for key, value in person.fields.items()}
    return {k: v for k, v in said.items() if v and terms.modes.get(k) is Mode.OVERWRITE}


def take_contacts_back(actor: Actor, done: Sequence[Done]) -> Undone:
    """Put away the people the rows made and restore those they filled, apart from whom somebody touched."""
    ids = [one.record_id for one in done if one.record_id is not None]
    changes = audit.last_changes(ids, but_not=("imported",))
    touched = {
        one.record_id for one in done if one.record_id in changes and changes[one.record_id] > one.facts["at"]
    }
    # Whoever has a lead by now has become somebody's business.
    touched |= set(
        Contact.objects.filter(id__in=ids, leads__deleted_at=None, leads__isnull=False).values_list(
            "id", flat=True
        )
    )
    rest = [one for one in done if one.record_id is not None and one.record_id not in touched]
    made = {one.record_id for one in rest if one.outcome is Outcome.CREATED and one.record_id}
    old: dict[UUID, dict[str, Any]] = {}
    identities: set[UUID] = set()
    for one in rest:
        if one.record_id is None or one.record_id in made:
            continue
        old.setdefault(one.record_id, {}).update(one.facts.get("contact", {}))
        identities |= {UUID(identity) for identity in one.facts.get("identities", ())}
    put_back(actor, old, identities)
    names = dict(Contact.objects.filter(id__in=touched).values_list("id", "name"))
    kept = [
        Kept(contact_id, name, say("Somebody has worked on it since.")) for contact_id, name in names.items()
    ]
    return Undone(removed=put_away(actor, made), restored=len(old), kept=kept)


def read_companies(rows: Sequence[Given], seen: set[Any]) -> list[ReadCompany]:
    """The rows as companies: one statement."""
    read = [_company(row) for row in rows]
    known = Companies.found([one.wanted for one in read if not one.trouble]).known
    for one in read:
        if not one.trouble:
            one.duplicate = one.wanted.key in known or one.wanted.key in seen
            seen.add(one.wanted.key)
    return read


def _company(row: Given) -> ReadCompany:
    domain = str(row.values.get("domain") or "").lower().partition("://")[2] or str(
        row.values.get("domain") or ""
    )
    domain = domain.lower().split("/")[0].removeprefix("www.")[:253]
    name = text.clean(str(row.values.get("name") or ""), 200) or domain
    return ReadCompany(
        row.number, WantedCompany(name, domain), "" if name else say("The company has no name.")
    )


def take_companies(actor: Actor, rows: Sequence[Given]) -> list[Done]:
    """What became of each row; a fixed number of statements."""
    read = read_companies(rows, set())
    companies = Companies()
    done = []
    for one in read:
        if one.trouble:
            done.append(Done(one.number, Outcome.BAD, one.trouble))
        elif one.duplicate:
            done.append(
                Done(one.number, Outcome.SKIPPED, say("{name} is known already.", name=one.wanted.name))
            )
        else:
            done.append(Done(one.number, Outcome.CREATED, "", companies.take(one.wanted).id))
    companies.write(actor)
    return done


def take_companies_back(actor: Actor, done: Sequence[Done]) -> Undone:
    """Remove the companies the rows made; one that somebody works for by now stays."""
    made = [one.record_id for one in done if one.outcome is Outcome.CREATED and one.record_id]
    used = Q(contacts__isnull=False) | Q(leads__isnull=False)
    names = dict(Company.objects.filter(used, id__in=made).values_list("id", "name"))
    gone = [company_id for company_id in made if company_id not in names]
    Company.objects.filter(id__in=gone).delete()
    search.remove("company", gone)
    kept = [Kept(company_id, name, say("Somebody works for it.")) for company_id, name in names.items()]
    return Undone(removed=len(gone), kept=kept)
