"""Write down calls and meetings, which happen outside of the product."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from leadline.conversations import rules
from leadline.conversations.events import CallNoted
from leadline.engines.timeline import actions as timeline
from leadline.engines.timeline.models import TimelineEntry
from leadline.engines.timeline.ports import Entry
from leadline.infra import events
from leadline.kit import clock, text
from leadline.kit.errors import Conflict, Invalid
from leadline.leads import actions as leads
from leadline.leads.actions.locked import take
from leadline.leads.models import Lead
from leadline.workspaces import audit
from leadline.workspaces.actor import Actor

_LONGEST_TALK = 24 * 3600


@dataclass(frozen=True, kw_only=True)
class Call:
    """A call as somebody tells of it; the time is now unless it is given."""

    direction: str
    outcome: rules.CallOutcome
    id: UUID | None = None
    started_at: datetime | None = None
    seconds: int | None = None
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """A meeting as somebody tells of it."""

    starts_at: datetime
    outcome: rules.MeetingOutcome
    id: UUID | None = None
    ends_at: datetime | None = None
    text: str = ""


@transaction.atomic
def write_down_call(actor: Actor, lead_id: UUID, call: Call) -> TimelineEntry:
    """Put a call on the timeline; trying to reach the person is a touch. The same id twice is one call."""
    lead = take(actor, lead_id)
    if (same := _same(lead, "call", call.id)) is not None:
        return same
    now = clock.now()
    at = _moment(call.started_at, "started_at") or now
    if at > now:
        raise Invalid("A call that has not begun yet cannot be written down.", field="started_at")
    if call.seconds is not None and not 0 <= call.seconds <= _LONGEST_TALK:
        raise Invalid("Give the length of the call in seconds, at most a day.", field="seconds")
    payload = {"outcome": call.outcome.value, "started_at": at.isoformat(), "seconds": call.seconds}
    entry = _write(actor, lead, "call", call, at, payload, direction=call.direction, channel="phone")
    if call.direction == "out":
        _touch(actor, lead, "phone", at)
    noted = CallNoted(
        workspace_id=lead.workspace_id,
        lead_id=lead.id,
        direction=call.direction,
        outcome=call.outcome.value,
        at=at,
    )
    events.record(noted)
    return entry


@transaction.atomic
def write_down_meeting(actor: Actor, lead_id: UUID, meeting: Meeting) -> TimelineEntry:
    """Put a meeting on the timeline; one that was held is a touch. The same id twice is one meeting."""
    lead = take(actor, lead_id)
    if (same := _same(lead, "meeting", meeting.id)) is not None:
        return same
    now = clock.now()
    starts, ends = _moment(meeting.starts_at, "starts_at"), _moment(meeting.ends_at, "ends_at")
    assert starts is not None
    if ends is not None and ends < starts:
        raise Invalid("A meeting cannot end before it begins.", field="ends_at")
    past = meeting.outcome in rules.OVER
    if past and starts > now:
        raise Invalid("This meeting has not begun yet. Write it down as planned.", field="starts_at")
    payload = {
        "outcome": meeting.outcome.value,
        "starts_at": starts.isoformat(),
        "ends_at": ends.isoformat() if ends else None,
    }
    # What is only planned, or was called off, happens at the moment somebody says so.
    entry = _write(actor, lead, "meeting", meeting, starts if past else now, payload, channel="meeting")
    if meeting.outcome is rules.MeetingOutcome.HELD:
        _touch(actor, lead, "meeting", starts)
    return entry


def _moment(value: datetime | None, field: str) -> datetime | None:
    if value is not None and value.tzinfo is None:
        raise Invalid("Give a moment with its time zone.", field=field)
    return value


def _same(lead: Lead, kind: str, entry_id: UUID | None) -> TimelineEntry | None:
    if entry_id is None:
        return None
    return TimelineEntry.objects.filter(id=entry_id, about_id=lead.id, kind=kind).first()


def _write(
    actor: Actor,
    lead: Lead,
    kind: str,
    told: Call | Meeting,
    at: datetime,
    payload: Mapping[str, Any],
    **rest: str,
) -> TimelineEntry:
    shown = text.clean(told.text)
    known = {key: value for key, value in payload.items() if value is not None}
    chosen = {"id": told.id} if told.id else {}
    entry = Entry.by(
        actor,
        kind,
        about_id=lead.id,
        with_id=lead.contact_id,
        text=shown,
        at=at,
        payload=known,
        **rest,
        **chosen,
    )
    audit.record(actor, f"{kind}_noted", "lead", lead.id, {**known, "text": shown[:300]})
    leads.note_activity([lead.id], at)
    try:
        with transaction.atomic():
            return timeline.record(entry)[0]
    except IntegrityError as error:
        if "timeline_timelineentry_pkey" not in str(error):
            raise
        raise Conflict("This id is taken. Use a new one.", code="id_taken", field="id") from error


def _touch(actor: Actor, lead: Lead, channel: str, at: datetime) -> None:
    # Only people touch; and what was said before the person asked is no answer to the question.
    if actor.human and at >= lead.inbound_at:
        leads.note_touch([lead.id], actor.member_id, channel, at)
