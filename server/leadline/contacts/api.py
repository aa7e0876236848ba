"""Contacts and companies over HTTP."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from ninja import Router
from pydantic import Field

from leadline.contacts import actions, queries, shapes
from leadline.contacts.models import Company, Contact
from leadline.infra.web import Page, showing_current
from leadline.workspaces.queries import own_workspace
from leadline.workspaces.requests import ActorRequest

Limit = Annotated[int, Field(ge=1, le=200)]
router = Router(tags=["contacts"])


@router.get("/contacts", response=Page[shapes.ContactOut])
def get_contacts(request: ActorRequest, cursor: str | None = None, limit: Limit = 50) -> dict[str, Any]:
    """Contacts, newest first."""
    rows, next_cursor = queries.contacts_page(request.auth, cursor, limit)
    return {"items": [_shown(row) for row in rows], "next_cursor": next_cursor}


@router.get("/contacts/{uuid:contact_id}", response=shapes.ContactOut)
def get_contact(request: ActorRequest, contact_id: UUID) -> shapes.ContactOut:
    """One contact."""
    return _shown(queries.contact_page(request.auth, contact_id))


@router.patch("/contacts/{uuid:contact_id}", response=shapes.ContactOut)
def change_contact(request: ActorRequest, contact_id: UUID, body: shapes.ContactIn) -> shapes.ContactOut:
    """Change what is sent; 409 with the present record when somebody changed it meanwhile."""
    contact = queries.contact_page(request.auth, contact_id)
    wanted = body.model_dump(exclude_unset=True, exclude={"version"})
    region = own_workspace(request.auth).phone_region if "phone" in wanted else ""
    with showing_current(lambda: get_contact(request, contact_id)):
        actions.change_contact(request.auth, contact, wanted, region=region, version=body.version)
    return _shown(queries.contact_page(request.auth, contact_id))


@router.get("/companies", response=Page[shapes.CompanyOut])
def get_companies(request: ActorRequest, cursor: str | None = None, limit: Limit = 50) -> dict[str, Any]:
    """Companies, newest first."""
    rows, next_cursor = queries.companies_page(request.auth, cursor, limit)
    return {"items": rows, "next_cursor": next_cursor}


@router.get("/companies/{uuid:company_id}", response=shapes.CompanyOut)
def get_company(request: ActorRequest, company_id: UUID) -> Company:
    """One company."""
    return queries.company_page(request.auth, company_id)


@router.patch("/companies/{uuid:company_id}", response=shapes.CompanyOut)
def change_company(request: ActorRequest, company_id: UUID, body: shapes.CompanyIn) -> Company:
    """Change what is sent; the leads of the company are counted anew."""
    wanted = body.model_dump(exclude_unset=True, exclude={"version"})
    with showing_current(lambda: shapes.CompanyOut.model_validate(get_company(request, company_id))):
        return actions.change_company(request.auth, company_id, wanted, body.version)


def _shown(contact: Contact) -> shapes.ContactOut:
    return shapes.ContactOut.model_validate(contact)
