"""What happened in the last days that an automation would have taken notice of."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from leadline.engines.automation import checking, queries
from leadline.engines.automation.models import Automation
from leadline.engines.automation.ports import Happening, Timed, TimerTrigger, Trigger, offers
from leadline.engines.automation.rules import BURST, BURST_WINDOW
from leadline.infra.events import forgetting
from leadline.kit import clock

MOST_STARTS = 20_000
# What the recorded events and a room's own rows both know may differ by a moment.
_EVENTS_KEPT = forgetting.KEPT - timedelta(minutes=1)


@dataclass(frozen=True)
class Start:
    """A moment at which the automation would have started for a subject."""

    subject_type: str
    subject_id: UUID
    occurrence: str
    at: datetime
    event: Mapping[str, Any] = field(default_factory=dict)
    # It would have been stopped as a burst.
    one_too_many: bool = False


@dataclass(frozen=True)
class Past:
    """What happened to which subject, as far as waits and endings care; oldest first."""

    happened: Sequence[tuple[datetime, str, UUID]] = ()
    until: datetime | None = None  # nothing is known after it; None: time runs on and nothing happens

    def next(self, keys: Collection[str], subject_id: UUID, after: datetime) -> tuple[datetime, str] | None:
        """The first of these events for the subject after that moment."""
        for at, key, subject in self.happened:
            if at > after and subject == subject_id and key in keys:
                return at, key
        return None


def starts(automation: Automation, since: datetime, until: datetime) -> list[Start]:
    """When the automation would have started, its conditions aside; oldest first, each occurrence once."""
    timer = offers.timers.get(automation.trigger_key)
    trigger = offers.triggers.get(automation.trigger_key)
    if timer is not None:
        found = _fallen_due(timer, automation, since, until)
    else:
        found = _started_by(trigger, automation, since, until) if trigger else []
    once: dict[tuple[UUID, str], Start] = {}
    for start in sorted(found, key=lambda one: one.at):
        once.setdefault((start.subject_id, start.occurrence), start)
    return _without_bursts(list(once.values())[:MOST_STARTS])


def past(automation: Automation, since: datetime, until: datetime) -> Past:
    """What could have woken or ended the automation's runs."""
    keys = {*automation.ends_on, *checking.events_waited_for(automation.steps)} & offers.triggers.keys()
    happened = [
        (one.at, key, subject)
        for key in sorted(keys)
        for one in _happenings(offers.triggers[key], since, until)
        if offers.triggers[key].matches(one.event, {})
        and (subject := offers.triggers[key].subject(one.event))
    ]
    return Past(sorted(happened, key=lambda one: one[0]), until)


def known_since(automation: Automation, since: datetime) -> datetime:
    """From when on it is known what would have started the automation."""
    offer = offers.timers.get(automation.trigger_key) or offers.triggers.get(automation.trigger_key)
    if isinstance(offer, Trigger) and offer.recall is None:
        return max(since, clock.now() - _EVENTS_KEPT)
    return since


def _started_by(trigger: Trigger, automation: Automation, since: datetime, until: datetime) -> list[Start]:
    found = []
    for place, one in enumerate(_happenings(trigger, since, until)):
        subject_id = trigger.subject(one.event)
        if subject_id is None or not trigger.matches(one.event, automation.trigger_options):
            continue
        occurrence = trigger.occurrence(one.event) if trigger.occurrence else f"{place}"
        event = one.event.to_json()
        found.append(Start(trigger.subject_type, subject_id, occurrence, one.at, event))
    return found


def _happenings(trigger: Trigger, since: datetime, until: datetime) -> Iterable[Happening]:
    """Recorded events for as long as they are kept; before that, what the room can tell."""
    kept = max(since, clock.now() - _EVENTS_KEPT)
    if trigger.recall is not None and since < kept:
        yield from trigger.recall(since, kept)
    for at, payload in queries.recorded_events(trigger.event.__name__, kept, until):
        yield Happening(at, trigger.event.from_json(dict(payload)))


@dataclass
class _AsIfOn:
    """An automation that ran nothing yet and was switched on at that moment."""

    id: UUID
    workspace_id: UUID
    trigger_options: dict[str, Any]
    enabled_at: datetime | None


def _fallen_due(timer: TimerTrigger, automation: Automation, since: datetime, until: datetime) -> list[Start]:
    asked = _AsIfOn(automation.id, automation.workspace_id, automation.trigger_options, since)
    return [
        Start(timer.subject_type, subject_id, what, at)
        for subject_id, what, at in _recalled(timer)(asked, since, until, MOST_STARTS)
    ]


def _recalled(
    timer: TimerTrigger,
) -> Callable[[Timed, datetime, datetime, int], Iterable[tuple[UUID, str, datetime]]]:
    if timer.recall is not None:
        return timer.recall
    return lambda asked, since, until, limit: [
        (subject_id, what, until) for _, subject_id, what in timer.due(asked, until, limit)
    ]


def _without_bursts(found: list[Start]) -> list[Start]:
    """The same, with those marked that the guard against bursts would have stopped."""
    recent: dict[UUID, list[datetime]] = {}
    told = []
    for start in found:
        near = [at for at in recent.get(start.subject_id, []) if at > start.at - BURST_WINDOW]
        recent[start.subject_id] = [*near, start.at]
        too_many = len(near) >= BURST
        told.append(Start(**{**start.__dict__, "one_too_many": too_many}) if too_many else start)
    return told
