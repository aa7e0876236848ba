"""Make a lead a deal, which is the same record, and a deal a lead again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from leadline.engines.timeline import actions as timeline
from leadline.engines.timeline.ports import Entry
from leadline.infra import events
from leadline.kit import clock
from leadline.kit.errors import Conflict
from leadline.kit.sentences import Sentence
from leadline.leads.events import ConversionUndone, LeadConverted
from leadline.leads.models import Lead
from leadline.leads.rules import LeadStatus
from leadline.workspaces.actor import Actor


def convert(actor: Actor, lead: Lead, told: Sentence, payload: Mapping[str, Any]) -> None:
    """The taken lead is a deal from now on, which its timeline tells; one that is a deal already stays one.

    Spam and lost leads are refused (409).
    """
    require_convertible(lead)
    now = clock.now()
    lead.last_activity_at = now
    became = lead.converted_at is None
    lead.converted_at = lead.converted_at or now
    lead.save(update_fields=["converted_at", "last_activity_at"])
    _tell(actor, lead, told, payload)
    if became:
        events.record(LeadConverted(workspace_id=lead.workspace_id, lead_id=lead.id, at=now))


def undo_conversion(
    actor: Actor, lead: Lead, before: datetime | None, told: Sentence, payload: Mapping[str, Any]
) -> None:
    """The taken deal was converted when `before` says, or is a lead again; one that is won stays a deal."""
    if before is None and lead.status == LeadStatus.WON:
        raise Conflict("This deal was won since. Move it back to an open stage first.", code="deal_won_since")
    lead.converted_at = before
    lead.save(update_fields=["converted_at"])
    _tell(actor, lead, told, payload)
    now = clock.now()
    if before is None:
        events.record(ConversionUndone(workspace_id=lead.workspace_id, lead_id=lead.id, at=now))


def require_convertible(lead: Lead) -> None:
    """Conflict (409) for what is no sale: spam, and what was lost."""
    if lead.status == LeadStatus.SPAM:
        raise Conflict("Spam cannot be converted. Bring it back to a stage first.", code="lead_is_spam")
    if lead.status == LeadStatus.LOST:
        raise Conflict("This lead was lost. Move it to an open stage first.", code="lead_is_lost")


def _tell(actor: Actor, lead: Lead, told: Sentence, payload: Mapping[str, Any]) -> None:
    entry = Entry.by(
        actor, "converted", about_id=lead.id, with_id=lead.contact_id, text=told, payload=payload
    )
    timeline.record(entry)
