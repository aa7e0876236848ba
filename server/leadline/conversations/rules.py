"""Pure decisions of conversations: states of a message, who may be written to, what a template needs."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from leadline.kit.sentences import Text, say


class Direction(StrEnum):
    """Where a message goes."""

    IN = "in"
    OUT = "out"


# A mail by the server of the house; mails of mailboxes are texts like those of other channels.
HOUSE_MAIL = "mail"


class State(StrEnum):
    """How far a message is. Uncertain: it was handed over, but no answer came back."""

    RECEIVED = "received"
    QUEUED = "queued"
    SENDING = "sending"
    UNCERTAIN = "uncertain"
    SENT = "sent"
    FAILED = "failed"
    DELIVERED = "delivered"
    READ = "read"


class TemplateState(StrEnum):
    """Whether a template may be sent."""

    APPROVED = "approved"
    PENDING = "pending"
    REJECTED = "rejected"
    PAUSED = "paused"
    DISABLED = "disabled"
    DELETED = "deleted"


class CallOutcome(StrEnum):
    """How a call ended."""

    ANSWERED = "answered"
    INTERESTED = "interested"
    NO_ANSWER = "no_answer"
    BUSY = "busy"
    LEFT_MESSAGE = "left_message"
    WRONG_NUMBER = "wrong_number"


class MeetingOutcome(StrEnum):
    """What came of a meeting."""

    HELD = "held"
    NO_SHOW = "no_show"
    PLANNED = "planned"
    CANCELLED = "cancelled"


# Meetings of which the hour has come.
OVER = frozenset({MeetingOutcome.HELD, MeetingOutcome.NO_SHOW})

# A message only ever climbs, so that statuses in any order end in the same state. Failed stands below
# delivered: what has arrived has not failed, whatever was reported before.
_RANK = {
    State.RECEIVED: 0,
    State.QUEUED: 0,
    State.SENDING: 1,
    State.UNCERTAIN: 2,
    State.SENT: 3,
    State.FAILED: 4,
    State.DELIVERED: 5,
    State.READ: 6,
}
_STATUS_STATES = {
    "sent": State.SENT,
    "delivered": State.DELIVERED,
    "read": State.READ,
    "played": State.READ,
    "failed": State.FAILED,
}

MOST_ATTEMPTS = 6
# A send ends within 10 s; one still "sending" after this was interrupted between the call and its record.
INTERRUPTED_AFTER = timedelta(minutes=2)
LONGEST_BODY = 4096
LONGEST_SUBJECT = 200
# Who writes says so every 10 s; a browser that says nothing for this long is gone.
COMPOSING_FOR = timedelta(seconds=25)
_SPACES = re.compile(r"[\n\t\r]| {5,}")
_VARIABLE = re.compile(r"\{\{\s*([\w.]+)\s*\}\}")


def later(current: str, new: State) -> State:
    """The state after hearing of `new`; never a step backwards."""
    now = State(current)
    return new if _RANK[new] > _RANK[now] else now


def state_of_status(status: str) -> State | None:
    """The state a provider's status word means; None for words that change nothing."""
    return _STATUS_STATES.get(status)


def earlier(a: datetime | None, b: datetime | None) -> datetime | None:
    """The earlier of two times, where one may be unknown."""
    return min(a, b) if a is not None and b is not None else a or b


@dataclass(frozen=True)
class Objection:
    """Why a message may not be sent: a stable code and a sentence that says what to do."""

    code: str
    text: Text


def objection_to_writing(consent: Mapping[str, Any], channel: str, *, marketing: bool) -> Objection | None:
    """Whether the person asked not to be written to on this channel."""
    if _refused(consent.get(channel)):
        return Objection("opted_out", "This person asked not to get messages here. Call, or use another way.")
    if marketing and _refused(consent.get(f"{channel}_marketing")):
        return Objection("opted_out", "This person stopped marketing messages. Send service messages only.")
    return None


def objection_to_address(label: str, address: str, unreachable: str) -> Objection | None:
    """Whether the provider has said that nobody can be reached at this address."""
    if not address or address != unreachable:
        return None
    if "@" in address:
        words = say(
            "{label} cannot reach anybody at {address}. Call, or ask for another address.",
            label=label,
            address=address,
        )
    else:
        words = say(
            "{label} cannot reach anybody at {address}. Call, use another channel, or correct the number.",
            label=label,
            address=address,
        )
    return Objection("unreachable", words)


def _refused(consent: Any) -> bool:
    return isinstance(consent, Mapping) and consent.get("allowed") is False


def objection_to_variables(names: Sequence[str], values: Mapping[str, str]) -> tuple[str, Text] | None:
    """The first variable that is missing, unknown or not sendable, with a sentence; None when all fit."""
    for name in names:
        if not values.get(name, "").strip():
            return name, say("Fill in the variable “{name}” of the template.", name=name)
        if _SPACES.search(values[name]):
            return name, say("The variable “{name}” must be one line without long gaps.", name=name)
    unknown = next((name for name in values if name not in names), None)
    return (unknown, say("The template has no variable “{name}”.", name=unknown)) if unknown else None


def variables_in(body: str) -> list[str]:
    """The names of the variables in a template's text, in order, each once."""
    return list(dict.fromkeys(_VARIABLE.findall(body)))


def filled_in(body: str, values: Mapping[str, str]) -> str:
    """The template's text with its variables; a missing one stays as it is."""
    return _VARIABLE.sub(lambda found: values.get(found[1], found[0]), body)
