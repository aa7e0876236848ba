"""Persons as rows of files describe them: where their columns go, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

from leadline.contacts import rules
from leadline.contacts.ports import IdentityIn, Person
from leadline.contacts.rules import IdentityKind, Recognised
from leadline.engines.schema.ports import Field, FieldType
from leadline.engines.transfer.ports import Column
from leadline.kit import text
from leadline.kit.sentences import Text, say, word
from leadline.workspaces.countries import countries

_T = FieldType


# What people call such columns, in the languages we speak.
_CALLED = {
    "name": "full name|contact name|contact|person|customer|client|שם|שם מלא|איש קשר|לקוח|שם לקוח",
    "first_name": "given name|firstname|fname|first|שם פרטי",
    "last_name": "surname|family name|lastname|lname|last|שם משפחה",
    "phone": "telephone|phone number|mobile|mobile phone|cell|cell phone|cellphone|tel|whatsapp|"
    "contact number|contact phone number|טלפון|נייד|טלפון נייד|מספר טלפון|סלולרי",
    "phone_2": "phone 2|work phone|home phone|other phone|טלפון נוסף|טלפון 2",
    "email": "email|mail|email address|e mail address|mail address|מייל|אימייל|דוא ל|דואל|דואר אלקטרוני",
    "email_2": "email 2|e mail 2|work email|other email|secondary email|מייל נוסף",
    "title": "position|job|role|occupation|what is your current occupation|תפקיד",
    "city": "town|seller city|עיר|יישוב",
    "postcode": "postal code|post code|zip|zip code|pin code|plz|מיקוד",
    "region": "state|province|county|seller state|מחוז|אזור",
    "country": "nation|office location|מדינה|ארץ",
    "language": "locale|שפה",
    "company": "company name|organisation|organization|account|account name|business|employer|firm|"
    "חברה|שם חברה|ארגון|עסק",
}
_LABELS = {
    "name": word("Name"),
    "first_name": word("First name"),
    "last_name": word("Last name"),
    "phone": word("Phone"),
    "phone_2": word("Another phone"),
    "email": word("E-mail"),
    "email_2": word("Another e-mail"),
    "title": word("Job title"),
    "city": word("City"),
    "postcode": word("Postcode"),
    "region": word("Region"),
    "country": word("Country"),
    "language": word("Language"),
    "company": word("Company"),
}
_TYPES = {"phone": _T.PHONE, "phone_2": _T.PHONE, "email": _T.EMAIL, "email_2": _T.EMAIL}
_ONLY_ADDS = {*_TYPES, "company"}
_IDENTIFIES = {"name", "first_name", "phone", "email"}


def person_columns(prefix: str = "") -> list[Column]:
    """The places for what files say about a person."""
    return [_column(key, prefix) for key in _LABELS if key != "company"]


def company_column() -> Column:
    """The place for the company a person works for."""
    return _column("company")


def _column(key: str, prefix: str = "") -> Column:
    return Column(
        field=Field(key=prefix + key, type=_TYPES.get(key, _T.TEXT), label=_LABELS[key]),
        synonyms=tuple(_CALLED[key].split("|")),
        only_adds=key in _ONLY_ADDS,
        identifies=key in _IDENTIFIES,
    )


@dataclass(frozen=True)
class ReadPerson:
    """A person of a row, what they are recognised by, and what is wrong with the row, if anything is."""

    person: Person
    recognised: Sequence[Recognised] = ()
    trouble: Text = ""
    extra: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def keys(self) -> list[tuple[str, str]]:
        """What the person has in common with who is known already."""
        return [one.key for one in self.recognised if one.key is not None]


def read_person(
    values: Mapping[str, Any], region: str, prefix: str = "", company: str = "company"
) -> ReadPerson:
    """The person of a row; an address or number that cannot be read is its trouble."""

    def said(key: str) -> str:
        return str(values.get(prefix + key) or "").strip()

    country = country_code(said("country"))
    identities: list[IdentityIn] = []
    recognised: list[Recognised] = []
    trouble: Text = ""
    for key, kind in _WAYS:
        raw = said(key)
        found = rules.recognise(kind, raw, country, region) if raw else None
        if found is None:
            continue
        if found.value is None:
            trouble = trouble or _unreadable(raw, kind)
            continue
        identities.append(IdentityIn(kind, raw))
        recognised.append(found)
    name = said("name") or " ".join(filter(None, [said("first_name"), said("last_name")]))
    person = Person(
        name=name,
        company=str(values.get(company) or ""),
        identities=tuple(identities),
        city=said("city"),
        country=country,
        language=_language(said("language")),
        fields={key: said(key) for key in ("title", "region", "postcode") if said(key)},
    )
    unknown = {"Country": said("country")} if said("country") and not country else {}
    return ReadPerson(person, recognised, trouble, unknown)


_WAYS = (
    ("phone", IdentityKind.PHONE.value),
    ("phone_2", IdentityKind.PHONE.value),
    ("email", IdentityKind.EMAIL.value),
    ("email_2", IdentityKind.EMAIL.value),
)


def _unreadable(raw: str, kind: str) -> Text:
    if kind == IdentityKind.EMAIL.value:
        return say("“{text}” is not a mail address", text=raw[:60])
    return say("“{text}” is not a telephone number", text=raw[:60])


def country_code(named: str) -> str:
    """The ISO code of a country that is named by its code or its English name; empty when it is neither."""
    if len(named) == 2 and named.upper() in countries():
        return named.upper()
    return _by_name().get(text.fold(named), "")


@lru_cache(maxsize=1)
def _by_name() -> dict[str, str]:
    names = {text.fold(country.name): code for code, country in countries().items()}
    return {**names, "usa": "US", "united states of america": "US", "uk": "GB", "korea": "KR", "ישראל": "IL"}


def _language(named: str) -> str:
    return named.lower() if len(named) in (2, 5) else ""
