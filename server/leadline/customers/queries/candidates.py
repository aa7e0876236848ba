"""Whether somebody is a customer already, and how we know."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from leadline.contacts import queries as contacts
from leadline.contacts.models import Company
from leadline.customers import policy
from leadline.customers.models import Customer
from leadline.kit.sentences import Sentence, say
from leadline.leads.models import Lead
from leadline.workspaces.actor import Actor

_MOST = 10


@dataclass(frozen=True)
class Candidate:
    """A customer that may be meant; `same` = it certainly is the same person or company."""

    customer: Customer
    reason: Sentence
    same: bool = False


def company_of(lead: Lead) -> Company | None:
    """The company a lead is about: its own, else that of its person."""
    return lead.company or lead.contact.company


def candidates(actor: Actor, lead: Lead) -> list[Candidate]:
    """Customers who may be the person or company of this lead, the surest first: 2 statements.

    The whole workspace is asked: that a colleague has this customer is what one needs to know.
    """
    company, contact = company_of(lead), lead.contact
    doubts = {
        one.id
        for doubt in contacts.possible_duplicates([contact.id])
        for one in (doubt.contact, doubt.other)
        if one.id != contact.id
    }
    conditions = Q(contact_id=contact.id) | Q(contact_id__in=doubts) | Q(name__iexact=lead.contact.name)
    if company is not None:
        conditions |= Q(company_id=company.id) | Q(name__iexact=company.name)
    if contact.phone:
        conditions |= Q(phone=contact.phone)
    if contact.email:
        conditions |= Q(email__iexact=contact.email)
    rows = policy.every_customer(actor).filter(conditions).select_related("owner").order_by("id")
    found = [_judged(row, lead, company, doubts) for row in rows[: _MOST * 2]]
    return sorted(found, key=lambda one: not one.same)[:_MOST]


def _judged(row: Customer, lead: Lead, company: Company | None, doubts: set[UUID]) -> Candidate:
    contact = lead.contact
    if company is not None and row.company_id == company.id:
        return Candidate(row, say("The same company"), same=True)
    if row.contact_id == contact.id:
        return Candidate(row, say("The same person"), same=company is None or row.kind == "person")
    if row.contact_id in doubts:
        return Candidate(row, say("May be the same person: they were named together"))
    if contact.phone and row.phone == contact.phone:
        return Candidate(row, say("The same phone number"))
    if contact.email and row.email.lower() == contact.email.lower():
        return Candidate(row, say("The same mail address"))
    return Candidate(row, say("The same name"))
