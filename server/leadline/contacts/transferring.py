"""People and companies as records that are brought in and given out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from leadline.contacts import actions, queries
from leadline.engines.schema.ports import Field, FieldType
from leadline.engines.transfer.ports import Column, Done, Given, Source, Terms, Undone, Verdict
from leadline.infra.language import worded
from leadline.kit.sentences import word
from leadline.workspaces.actor import Actor
from leadline.workspaces.queries import own_workspace

Rows = Sequence[tuple[UUID, Mapping[str, Any]]]


class ContactTarget:
    """Rows become people without a lead; who is known already is a duplicate."""

    object_type = "contact"
    label = word("Contacts")

    def columns(self) -> Sequence[Column]:
        """The places for columns."""
        named, *rest = actions.person_columns()
        return [
            Column(field=named.field, synonyms=named.synonyms, names=True),
            *rest,
            actions.company_column(),
        ]

    def judge(self, actor: Actor, rows: Sequence[Given], terms: Terms, seen: set[Any]) -> list[Verdict]:
        """What would become of each row."""
        read = actions.read_contacts(rows, own_workspace(actor).phone_region, seen)
        return [
            Verdict(row, duplicate=one.duplicate, trouble=one.trouble)
            for row, one in zip(rows, read, strict=True)
        ]

    def take(self, actor: Actor, rows: Sequence[Given], terms: Terms) -> list[Done]:
        """Take the rows in."""
        return actions.take_contacts(actor, rows, terms, own_workspace(actor).phone_region)

    def undo(self, actor: Actor, done: Sequence[Done], since: datetime) -> Undone:
        """Take back what these rows did."""
        return actions.take_contacts_back(actor, done)


class CompanyTarget:
    """Rows become companies; one with the same domain, or else the same name, is a duplicate."""

    object_type = "company"
    label = word("Companies")

    def columns(self) -> Sequence[Column]:
        """The places for columns."""
        named = actions.company_column()
        name = Field(key="name", type=FieldType.TEXT, label=word("Name"))
        domain = Field(key="domain", type=FieldType.TEXT, label=word("Domain"))
        return [
            Column(field=name, synonyms=(*named.synonyms, "company"), names=True),
            Column(field=domain, synonyms=("website", "web", "url", "site", "אתר")),
        ]

    def judge(self, actor: Actor, rows: Sequence[Given], terms: Terms, seen: set[Any]) -> list[Verdict]:
        """What would become of each row."""
        read = actions.read_companies(rows, seen)
        return [
            Verdict(row, duplicate=one.duplicate, trouble=one.trouble)
            for row, one in zip(rows, read, strict=True)
        ]

    def take(self, actor: Actor, rows: Sequence[Given], terms: Terms) -> list[Done]:
        """Take the rows in; a duplicate is always left alone, for a company is nothing but its name."""
        return actions.take_companies(actor, rows)

    def undo(self, actor: Actor, done: Sequence[Done], since: datetime) -> Undone:
        """Take back the companies that nobody works for by now."""
        return actions.take_companies_back(actor, done)


_CONTACT = (
    ("id", "Id"),
    ("name", word("Name")),
    ("phone", word("Phone")),
    ("phone_2", word("Another phone")),
    ("email", word("E-mail")),
    ("email_2", word("Another e-mail")),
    ("company", word("Company")),
    ("title", word("Job title")),
    ("city", word("City")),
    ("region", word("Region")),
    ("country", word("Country")),
    ("language", word("Language")),
    ("created_at", word("Created")),
)
_COMPANY = (("id", "Id"), ("name", word("Name")), ("domain", word("Domain")), ("created_at", word("Created")))


def _labels(columns: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(key, worded(label)) for key, label in columns]


CONTACTS = Source(
    object_type="contact",
    label=word("Contacts"),
    headers=lambda actor: _labels(_CONTACT),
    count=lambda actor, tree: queries.contact_count(actor, tree),
    rows=lambda actor, tree, after, limit: queries.contacts_after(actor, tree, after, limit),
)
COMPANIES = Source(
    object_type="company",
    label=word("Companies"),
    headers=lambda actor: _labels(_COMPANY),
    count=lambda actor, tree: queries.company_count(actor, tree),
    rows=lambda actor, tree, after, limit: queries.companies_after(actor, tree, after, limit),
)
