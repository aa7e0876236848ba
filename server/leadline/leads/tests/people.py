"""Inquiries of known persons."""

from __future__ import annotations

from typing import Any

from leadline.contacts import actions as contacts
from leadline.contacts.ports import IdentityIn, Person
from leadline.kit import clock
from leadline.leads import actions
from leadline.leads.models import Lead, Stage
from leadline.leads.ports import NewInquiry
from leadline.workspaces.actor import Actor


def person(name: str = "", **identities: str) -> Person:
    """Somebody with these identities: `person("Dana", phone="050-1234567")`."""
    return Person(name=name, identities=tuple(IdentityIn(kind, raw) for kind, raw in identities.items()))


def lead(actor: Actor, name: str = "Dana Levi", **values: Any) -> Lead:
    """A lead of a new person, owned by the actor unless an owner is named."""
    values.setdefault("owner_id", actor.member_id)
    values.setdefault("team_id", next(iter(actor.team_ids), None))
    identities = values.pop("identities", {"email": f"{name.replace(' ', '.').lower()}@gmail.com"})
    match = contacts.match_or_make(actor, [person(name, **identities)], "IL")[0]
    given = {"channel": "form", "source": "website", "at": clock.now(), **values}
    return actions.open_or_join(actor, [NewInquiry(contact=match.contact, **given)])[0].lead


def stage(name: str) -> Stage:
    """A default stage by its name."""
    return Stage.objects.get(name=name)
