"""What was handed in as inquiries of the house."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from leadline.capture.ports import Inquiry
from leadline.channels.api.shapes import NewLead
from leadline.contacts.ports import IdentityIn, Person
from leadline.workspaces.actor import Actor

API = "api"
MANUAL = "manual"


@dataclass(frozen=True, kw_only=True)
class Hand:
    """Who hands in, and when."""

    actor: Actor
    at: datetime

    @property
    def channel(self) -> str:
        """A person in the browser adds by hand, a program through the API."""
        return MANUAL if self.actor.human else API


def inquiry_of(lead: NewLead, custom: Mapping[str, Any], hand: Hand, natural_key: str) -> Inquiry:
    """The inquiry with its checked custom values."""
    channel = lead.channel or hand.channel
    kinds = [(kind, raw) for kind, raw in (("phone", lead.phone), ("email", lead.email)) if raw]
    owner_id, team_id = _owner(lead, hand.actor, channel)
    return Inquiry(
        natural_key=natural_key,
        lead_id=lead.id,
        channel=channel,
        source=lead.source or (channel if channel != MANUAL else MANUAL),
        at=hand.at,
        person=Person(
            name=lead.name,
            company=lead.company,
            identities=tuple(IdentityIn(kind, raw) for kind, raw in kinds),
            city=lead.city,
            country=lead.country,
            language=lead.language,
            consent=lead.consent,
            fields={"postcode": lead.postcode} if lead.postcode else {},
        ),
        title=lead.title,
        text=lead.text,
        interest=lead.interest,
        value_minor=lead.value_minor,
        currency=lead.currency,
        campaign=lead.campaign,
        utm=lead.utm,
        page=lead.page,
        referrer=lead.referrer,
        consent=lead.consent,
        fields=custom,
        extra=lead.extra,
        owner_id=owner_id,
        team_id=team_id,
    )


def _owner(lead: NewLead, actor: Actor, channel: str) -> tuple[UUID | None, UUID | None]:
    """The owner asked for; who adds by hand owns it unless an assignment rule decides otherwise."""
    if lead.owner_id is not None:
        return lead.owner_id, None
    if channel != MANUAL or not actor.human:
        return None, None
    return actor.member_id, next(iter(actor.team_ids)) if len(actor.team_ids) == 1 else None
