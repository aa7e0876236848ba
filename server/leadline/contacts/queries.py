"""All reads of the room."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from leadline.contacts import policy
from leadline.contacts.models import Company, Contact, Identity, PossibleDuplicate
from leadline.contacts.rules import IdentityKind, key_of
from leadline.engines.views import actions as views
from leadline.infra import lookup
from leadline.infra.web.shapes import decode_cursor, page
from leadline.kit import phone
from leadline.kit.errors import Invalid
from leadline.workspaces.actor import Actor

Exported = Sequence[tuple[UUID, Mapping[str, Any]]]


def contact_page(actor: Actor, contact_id: UUID) -> Contact:
    """One contact with company and identities: 2 statements."""
    rows = policy.visible_contacts(actor).select_related("company").prefetch_related("identities")
    return lookup.get(rows, contact_id)


def contacts_page(actor: Actor, cursor: str | None, limit: int) -> tuple[list[Contact], str | None]:
    """Contacts, newest first: 2 statements."""
    rows = policy.visible_contacts(actor).select_related("company").prefetch_related("identities")
    if cursor:
        rows = rows.filter(id__lt=_id_in(cursor))
    return page(list(rows.order_by("-id")[: limit + 1]), limit=limit, key=lambda c: [str(c.id)])


def companies_page(actor: Actor, cursor: str | None, limit: int) -> tuple[list[Company], str | None]:
    """Companies, newest first: 1 statement."""
    rows = policy.visible_companies(actor)
    if cursor:
        rows = rows.filter(id__lt=_id_in(cursor))
    return page(list(rows.order_by("-id")[: limit + 1]), limit=limit, key=lambda c: [str(c.id)])


def company_page(actor: Actor, company_id: UUID) -> Company:
    """One company."""
    return lookup.get(policy.visible_companies(actor), company_id)


def possible_duplicates(contact_ids: Sequence[UUID]) -> list[PossibleDuplicate]:
    """The noted doubts about these contacts, with both contacts."""
    doubts = PossibleDuplicate.objects.filter(dismissed_at=None).select_related("contact", "other")
    return list(doubts.filter(Q(contact_id__in=contact_ids) | Q(other_id__in=contact_ids)))


def holders(keys: Collection[tuple[str, str]]) -> dict[tuple[str, str], UUID]:
    """Who is recognised by these keys, trash left out; one statement."""
    values = sorted({value for _, value in keys})
    if not values:
        return {}
    rows = Identity.objects.filter(value__in=values, contact__deleted_at=None).order_by(
        "-contact__created_at"
    )
    found = rows.values_list("kind", "value", Coalesce("contact__merged_into_id", "contact_id"))
    return {key_of(kind, value): contact_id for kind, value, contact_id in found}


def address_of(contact: Contact, *kinds: str) -> str:
    """The contact's address of the first of these kinds that it has (primary first), else empty text."""
    held = sorted(contact.identities.all(), key=lambda i: (not i.primary, i.created_at))
    return next((i.shown for kind in kinds for i in held if i.kind == kind), "")


def search_words(contact: Contact) -> list[str]:
    """Everything by which somebody may look this contact up: names, mails, telephone numbers."""
    words = [contact.name, contact.company.name if contact.company else ""]
    for identity in contact.identities.all():
        if identity.kind in (IdentityKind.PHONE, IdentityKind.WHATSAPP):
            words += [identity.shown, phone.national_digits(identity.value) or ""]
        elif identity.kind in (IdentityKind.EMAIL, IdentityKind.INSTAGRAM):
            words.append(identity.shown)
    return list(dict.fromkeys(filter(None, words)))


def _id_in(cursor: str) -> UUID:
    try:
        return UUID(str(decode_cursor(cursor)[0]))
    except (ValueError, IndexError) as error:
        raise Invalid("This cursor is not valid; start again without it.", field="cursor") from error


def visible_ids(actor: Actor, contact_ids: Collection[UUID]) -> set[UUID]:
    """Which of these contacts the actor may see; one statement."""
    return set(policy.visible_contacts(actor).filter(id__in=contact_ids).values_list("id", flat=True))


def contact_count(actor: Actor, tree: Mapping[str, Any] | None) -> int:
    """How many contacts the filter finds."""
    return _filtered(actor, tree).count()


def contacts_after(actor: Actor, tree: Mapping[str, Any] | None, after: UUID | None, limit: int) -> Exported:
    """The next contacts in order of ids, as rows of a file: 2 statements."""
    rows = _filtered(actor, tree).select_related("company").prefetch_related("identities").order_by("id")
    found = rows.filter(id__gt=after) if after else rows
    return [(contact.id, _contact_row(contact)) for contact in found[:limit]]


def _filtered(actor: Actor, tree: Mapping[str, Any] | None) -> QuerySet[Contact]:
    rows = policy.visible_contacts(actor)
    return rows.filter(views.to_q(dict(tree), "contact", actor)) if tree else rows


def _contact_row(contact: Contact) -> Mapping[str, Any]:
    shown = ("name", "title", "city", "region", "country", "language", "created_at", "phone", "email")
    values = {"id": contact.id, **{name: getattr(contact, name) for name in shown}}
    values["company"] = contact.company.name if contact.company else ""
    for name, kinds in (("phone", ("phone", "whatsapp")), ("email", ("email",))):
        held = [i.shown for i in contact.identities.all() if i.kind in kinds and i.shown != values[name]]
        values[f"{name}_2"] = held[0] if held else ""
    return values


def company_count(actor: Actor, tree: Mapping[str, Any] | None) -> int:
    """How many companies the filter finds."""
    rows = policy.visible_companies(actor)
    return (rows.filter(views.to_q(dict(tree), "company", actor)) if tree else rows).count()


def companies_after(actor: Actor, tree: Mapping[str, Any] | None, after: UUID | None, limit: int) -> Exported:
    """The next companies in order of ids, as rows of a file: 1 statement."""
    rows = policy.visible_companies(actor).order_by("id")
    rows = rows.filter(views.to_q(dict(tree), "company", actor)) if tree else rows
    rows = rows.filter(id__gt=after) if after else rows
    return [(row["id"], row) for row in rows.values("id", "name", "domain", "created_at")[:limit]]


def people_of(actor: Actor, contact_ids: Collection[UUID], company_id: UUID | None) -> list[Contact]:
    """These people and those of the company that the actor sees; at most 100: 1 statement."""
    wanted = Q(id__in=list(contact_ids)) | Q(merged__in=list(contact_ids))
    if company_id is not None:
        wanted |= Q(company_id=company_id)
    return list(policy.visible_contacts(actor).filter(wanted).distinct().order_by("name", "id")[:100])
