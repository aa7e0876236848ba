"""Find or make the organisations that persons work for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from leadline.contacts.models import Company
from leadline.contacts.ports import Person
from leadline.contacts.rules import IdentityKind, Recognised
from leadline.engines.search import actions as search
from leadline.engines.search.ports import Row
from leadline.kit import email, text
from leadline.workspaces.actor import Actor


@dataclass(frozen=True)
class WantedCompany:
    """An organisation as an inquiry names it: by the domain of a mail, by name, or both."""

    name: str
    domain: str

    @property
    def key(self) -> tuple[str, str]:
        """What two inquiries of one company have in common."""
        return ("domain", self.domain) if self.domain else ("company", text.fold(self.name))


def wanted_company(person: Person, ids: Sequence[Recognised]) -> WantedCompany | None:
    """The company a person belongs to; a free-mail domain names none."""
    domains = (email.domain(i.shown) for i in ids if i.kind is IdentityKind.EMAIL and i.value)
    domain = next((d for d in domains if d and not email.is_free_mail(d)), "")
    name = text.clean(person.company, 200)
    return WantedCompany(name or domain, domain) if name or domain else None


@dataclass
class Companies:
    """The known companies of a batch and those that have to be made."""

    known: dict[tuple[str, str], Company] = field(default_factory=dict)
    made: list[Company] = field(default_factory=list)

    @classmethod
    def found(cls, wanted: Sequence[WantedCompany]) -> Companies:
        """The companies among the wanted ones that exist already, in one statement."""
        companies = cls()
        if not wanted:
            return companies
        names = Q(name__in=sorted({c.name for c in wanted if not c.domain}))
        domains = Q(domain__in=sorted({c.domain for c in wanted if c.domain}))
        for row in Company.objects.filter(names | domains).order_by("-created_at"):
            companies._know(row)
        return companies

    def take(self, wanted: WantedCompany) -> Company:
        """The company, made when it is not known yet."""
        company = self.known.get(wanted.key)
        if company is None:
            company = Company(name=wanted.name, domain=wanted.domain)
            self.made.append(company)
            self._know(company)
        return company

    def write(self, actor: Actor) -> None:
        """Insert the new ones; everybody in the workspace finds them."""
        if not self.made:
            return
        Company.objects.bulk_create(self.made)
        search.put(
            [
                Row(
                    object_type="company",
                    object_id=company.id,
                    title=company.name,
                    subtitle=company.domain if company.domain != company.name else "",
                    shared=True,
                )
                for company in self.made
            ]
        )

    def _know(self, company: Company) -> None:
        keys: list[Any] = [("company", text.fold(company.name))]
        if company.domain:
            keys.append(("domain", company.domain))
        self.known.update(dict.fromkeys(keys, company))
