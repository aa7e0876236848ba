"""Note who does not want messages any more, and who wants them again."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from leadline.contacts import actions as contacts
from leadline.contacts.models import Contact
from leadline.engines.timeline import actions as timeline
from leadline.kit.sentences import say
from leadline.workspaces.actor import Actor


def note_wish(
    actor: Actor,
    contact: Contact,
    topic: str,
    *,
    allowed: bool,
    source: str,
    at: datetime,
    lead_id: UUID | None = None,
) -> bool:
    """Store with source and time whether the person wants messages on a topic (a channel, or
    `<channel>_marketing`); False when an answer as new or newer is stored already."""
    known = contact.consent.get(topic)
    if isinstance(known, dict) and str(known.get("at", "")) >= at.isoformat():
        return False
    consent = {topic: {"allowed": allowed, "source": source, "at": at.isoformat()}}
    contacts.change_contact(actor, contact, {"consent": consent})
    contact.consent = {**contact.consent, **consent}
    text = say("Wants messages again") if allowed else say("Asked not to get messages any more")
    timeline.record(
        timeline.Entry.by(
            actor,
            "consent",
            about_id=lead_id,
            with_id=contact.id,
            text=text,
            at=at,
            payload={"topic": topic, "allowed": allowed, "source": source},
        )
    )
    return True
