"""All writes of the room."""

from leadline.contacts.actions.bringing import (
    read_companies,
    read_contacts,
    take_companies,
    take_companies_back,
    take_contacts,
    take_contacts_back,
)
from leadline.contacts.actions.changing import ContactChange, change_contact, set_owners
from leadline.contacts.actions.changing_companies import change_company
from leadline.contacts.actions.companies import Companies, WantedCompany, wanted_company
from leadline.contacts.actions.importing import ReadPerson, company_column, person_columns, read_person
from leadline.contacts.actions.locking import lock_contacts
from leadline.contacts.actions.matching import Match, match_or_make
from leadline.contacts.actions.taking_rows import (
    Snapshot,
    overwrite,
    put_away,
    put_back,
    snapshot,
    what_changed,
)

__all__ = [
    "Companies",
    "ContactChange",
    "Match",
    "ReadPerson",
    "Snapshot",
    "WantedCompany",
    "change_company",
    "change_contact",
    "company_column",
    "lock_contacts",
    "match_or_make",
    "overwrite",
    "person_columns",
    "put_away",
    "put_back",
    "read_companies",
    "read_contacts",
    "read_person",
    "set_owners",
    "snapshot",
    "take_companies",
    "take_companies_back",
    "take_contacts",
    "take_contacts_back",
    "wanted_company",
    "what_changed",
]
