"""Leads of known persons, as a channel opens them."""

from __future__ import annotations

from typing import Any

from leadline.contacts import actions as contacts
from leadline.contacts.ports import IdentityIn, Person
from leadline.kit import clock
from leadline.leads import actions as leads
from leadline.leads.models import Lead
from leadline.leads.ports import NewInquiry
from leadline.workspaces.actor import Actor


def inquiry(actor: Actor, name: str, *, person: dict[str, Any] | None = None, **values: Any) -> NewInquiry:
    """An inquiry of a person with a mail address of their own."""
    given = {"identities": (IdentityIn("email", f"{name.replace(' ', '-').lower()}@gmail.com"),)}
    match = contacts.match_or_make(actor, [Person(name=name, **{**given, **(person or {})})], "IL")[0]
    return NewInquiry(
        contact=match.contact, **{"channel": "form", "source": "other", "at": clock.now(), **values}
    )


def lead(actor: Actor, name: str = "Dana Levi", **values: Any) -> Lead:
    """A lead as it is right after its capture."""
    opened = leads.open_or_join(Actor.product(actor.workspace_id), [inquiry(actor, name, **values)])[0]
    return Lead.objects.get(id=opened.lead.id)
