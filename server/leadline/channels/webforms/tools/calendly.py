"""Calendly: an invitee booked or cancelled; a rescheduling is both, in any order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from leadline.channels.webforms.bodies import Body
from leadline.channels.webforms.filled import Filled, moment, plain, record, records


def read(body: Body) -> Sequence[Filled] | None:
    """The one invitee of the delivery; a cancellation opens no lead."""
    value = record(body.value)
    event = str(value.get("event"))
    if not event.startswith("invitee.") or not isinstance(value.get("payload"), dict):
        return None
    payload = record(value["payload"])
    meeting = record(payload.get("scheduled_event"))
    answers: dict[str, Any] = {
        plain(asked.get("question")): plain(asked.get("answer"))
        for asked in records(payload.get("questions_and_answers"))
    }
    people = {"name": plain(payload.get("name")), "email": plain(payload.get("email"))}
    people["phone"] = plain(payload.get("text_reminder_number"))
    answers |= {label: given for label, given in people.items() if given}
    answers |= {"meeting": plain(meeting.get("name")), "meeting_start": plain(meeting.get("start_time"))}
    cancelled = event != "invitee.created"
    moved = bool(payload.get("rescheduled")) or bool(payload.get("old_invitee"))
    return [
        Filled(
            key=f"{plain(payload.get('uri'))}:{event}",
            answers=answers,
            kinds={label: label for label in people if label in answers},
            attribution={k: plain(v) for k, v in record(payload.get("tracking")).items() if v},
            form_name=plain(meeting.get("name")),
            at=moment(payload.get("created_at")),
            text=_sentence(plain(meeting.get("name")), plain(meeting.get("start_time")), cancelled, moved),
            opens_lead=not cancelled,
        )
    ]


def _sentence(meeting: str, start: str, cancelled: bool, moved: bool) -> str:
    at = moment(start)
    when = f" for {at:%Y-%m-%d %H:%M} UTC" if at else ""
    if cancelled:
        return f"{'Rescheduled' if moved else 'Cancelled'}: {meeting}{when}"
    return f"{'Rescheduled' if moved else 'Booked'}: {meeting}{when}"
