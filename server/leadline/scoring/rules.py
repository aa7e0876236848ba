"""Pure arithmetic of scores: caps, half-life, bands, windows and the reasons that add up to the score."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol
from uuid import UUID

from leadline.kit.sentences import Text, say, word
from leadline.leads.rules import Band


class Group(StrEnum):
    """What points are about; faded points explain the history and are not part of the sum."""

    FIT = "fit"
    ENGAGEMENT = "engagement"
    FADING = "fading"


class EventKind(StrEnum):
    """What can happen that changes the engagement of a lead."""

    MESSAGE = "message"
    REPLY = "reply"
    INQUIRY = "inquiry"
    CALL = "call"
    MEETING = "meeting"
    OPEN = "open"
    WEBINAR = "webinar"
    STAY = "stay"
    OPT_OUT = "opt_out"
    BOUNCE = "bounce"
    VISIT = "visit"
    CLICK = "click"
    DOWNLOAD = "download"
    PRODUCT = "product"


class Template(StrEnum):
    """Which questions qualify a lead."""

    NONE = ""
    BANT = "bant"
    MEDDIC = "meddic"


KIND_SENTENCES = {
    EventKind.MESSAGE: word("The person writes to us"),
    EventKind.REPLY: word("The person answers our message"),
    EventKind.INQUIRY: word("The person inquires again"),
    EventKind.CALL: word("The person talks to us on the phone for 30 seconds or more"),
    EventKind.MEETING: word("The person meets us"),
    EventKind.OPEN: word("The person opens our message"),
    EventKind.WEBINAR: word("The person signs up for a webinar"),
    EventKind.STAY: word("The person reads on our website for 2 minutes or more"),
    EventKind.OPT_OUT: word("The person does not want messages any more"),
    EventKind.BOUNCE: word("A message cannot reach the person"),
    EventKind.VISIT: word("The person visits a page"),
    EventKind.CLICK: word("The person follows a link in our message"),
    EventKind.DOWNLOAD: word("The person downloads something"),
    EventKind.PRODUCT: word("The person uses the product"),
}

# Error codes of a message whose recipient does not exist at that address.
UNREACHABLE = frozenset({"131026", "bounced", "unreachable"})
# A message in one of these channels counts as a message, not as another inquiry too.
WRITTEN_CHANNELS = frozenset({"whatsapp", "sms", "email", "chat"})
# The label of every entry that time alone made.
FADES = word("Interest fades with time")
SHORTEST_TALK_SECONDS = 30
MOST_POINTS = 100
SHORTEST_FADE = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Weights:
    """The numbers of a workspace."""

    fit_cap: int = 50
    engagement_cap: int = 50
    opens_cap: int = 5
    half_life_days: int = 30
    hot: int = 70
    warm: int = 50
    ready: int = 50
    price_minor: int = 0
    least_budget: int = 50

    def band(self, score: int, *, poor_fit: bool = False) -> Band:
        """Hot, warm or cold; a poor fit is cold whatever its score."""
        if poor_fit:
            return Band.COLD
        return Band.HOT if score >= self.hot else Band.WARM if score >= self.warm else Band.COLD

    def is_poor_fit(self, budget_minor: int | None, price_minor: int) -> bool:
        """Whether a stated budget covers too little of the price; nobody is judged without both."""
        known = budget_minor is not None and price_minor > 0
        return known and (budget_minor or 0) * 100 < price_minor * self.least_budget


class Points(Protocol):
    """One entry of the sum, as it is stored."""

    group: Any
    kind: Any
    rule_id: Any
    label: Any
    points: Any
    at: Any


@dataclass(frozen=True, kw_only=True)
class Happening:
    """Something a person did; `ref` names it, so that it counts once however often it is told."""

    kind: EventKind
    lead_id: UUID
    at: datetime
    ref: str
    what: str = ""


@dataclass(frozen=True, kw_only=True)
class Reason:
    """A line of the explanation; all lines add up to the score."""

    label: Text
    points: int
    group: str
    at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Standing:
    """The score at one moment, why, and when time alone will change it."""

    fit: int
    engagement: int
    reasons: Sequence[Reason]
    fades_at: datetime | None

    @property
    def score(self) -> int:
        """Fit and engagement together."""
        return self.fit + self.engagement


def standing(entries: Sequence[Points], weights: Weights, now: datetime) -> Standing:
    """The score that these entries give now, with its reasons."""
    fit, fit_reasons = _fit(entries, weights)
    exact, reasons = _engagement(entries, weights, now)
    engagement = whole(exact)
    return Standing(
        fit=fit,
        engagement=engagement,
        reasons=[*fit_reasons, *reasons],
        fades_at=fades_at(exact, engagement, weights, now),
    )


def faded(points: int, at: datetime, now: datetime, half_life_days: int) -> float:
    """What is left of points given at a moment; nothing is more than whole."""
    age = max((now - at).total_seconds(), 0.0)
    return points * math.pow(0.5, age / (half_life_days * 86_400.0))


def in_window(at: datetime, counted: Sequence[datetime], window: timedelta | None) -> bool:
    """Whether something counted already lies within the window around this moment."""
    return window is not None and any(abs(at - other) < window for other in counted)


def fit_changes(
    matching: Mapping[UUID, tuple[str, int]], given: Mapping[UUID, tuple[str, int]]
) -> list[tuple[UUID, str, int]]:
    """What to write (rule, label, points) so that what a lead was given sums up to its matching rules."""
    changes = []
    for rule_id, (label, points) in matching.items():
        before = given[rule_id][1] if rule_id in given else 0
        if points != before:
            changes.append((rule_id, label, points - before))
    gone = [
        (rule_id, label, -points) for rule_id, (label, points) in given.items() if rule_id not in matching
    ]
    return [*changes, *(change for change in gone if change[2])]


def differences(content: Mapping[str, Any], other: Mapping[str, Any]) -> int:
    """How many numbers and rules differ between two contents; the order of the rules is not one."""
    numbers = sum(bool(value != other["numbers"].get(key)) for key, value in content["numbers"].items())
    ours, theirs = ({rule["id"]: _unplaced(rule) for rule in one["rules"]} for one in (content, other))
    return numbers + sum(ours.get(key) != theirs.get(key) for key in ours.keys() | theirs.keys())


def _unplaced(rule: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in rule.items() if key != "position"}


def given_for_fit(entries: Sequence[Points]) -> dict[UUID, tuple[str, int]]:
    """What a lead was given by each fit rule: the last label and the sum."""
    given: dict[UUID, tuple[str, int]] = {}
    for entry in entries:
        if entry.group == Group.FIT and entry.rule_id is not None:
            before = given.get(entry.rule_id, ("", 0))[1]
            given[entry.rule_id] = (entry.label, before + entry.points)
    return given


def _fit(entries: Sequence[Points], weights: Weights) -> tuple[int, list[Reason]]:
    by_rule: dict[UUID | None, list[Points]] = {}
    for entry in entries:
        if entry.group == Group.FIT:
            by_rule.setdefault(entry.rule_id, []).append(entry)
    reasons = []
    for given in by_rule.values():
        points = sum(entry.points for entry in given)
        if points:
            last = given[-1]
            reasons.append(Reason(label=last.label, points=points, group=Group.FIT, at=last.at))
    total = sum(reason.points for reason in reasons)
    fit = int(capped(total, weights.fit_cap))
    if fit < total:
        reasons.append(
            _limit(say("The profile counts at most {n} points", n=weights.fit_cap), fit - total, Group.FIT)
        )
    elif fit > total:
        reasons.append(_limit(say("The profile never counts less than 0 points"), fit - total, Group.FIT))
    return fit, reasons


def _engagement(entries: Sequence[Points], weights: Weights, now: datetime) -> tuple[float, list[Reason]]:
    counted = [entry for entry in entries if entry.group == Group.ENGAGEMENT]
    left = [(entry, faded(entry.points, entry.at, now, weights.half_life_days)) for entry in counted]
    lines: list[tuple[Text, float, datetime | None]] = [(e.label, value, e.at) for e, value in left]
    opens = sum(value for entry, value in left if entry.kind == EventKind.OPEN)
    if opens > weights.opens_cap:
        text = say("Opened messages count at most {n} points", n=weights.opens_cap)
        lines.append((text, weights.opens_cap - opens, None))
    total = sum(value for _, value, _ in lines)
    exact = float(capped(total, weights.engagement_cap))
    if exact < total:
        lines.append(
            (say("Interest counts at most {n} points", n=weights.engagement_cap), exact - total, None)
        )
    elif exact > total:
        lines.append((say("Interest never counts less than 0 points"), exact - total, None))
    return exact, _whole(lines)


def _whole(lines: Sequence[tuple[Text, float, datetime | None]]) -> list[Reason]:
    """Whole points whose sum is the rounded sum: each line gets what it adds to the running total."""
    reasons, running = [], 0.0
    for label, value, at in lines:
        points = whole(running + value) - whole(running)
        running += value
        if points:
            reasons.append(Reason(label=label, points=points, group=Group.ENGAGEMENT, at=at))
    return reasons


def _limit(label: Text, points: int, group: Group) -> Reason:
    return Reason(label=label, points=points, group=group, at=None)


def whole(value: float) -> int:
    """The whole number that is shown for exact points."""
    # Halves go up, for negative values too, and a hair of floating point does not decide.
    return math.floor(value + 0.5 + 1e-9)


def capped(total: float, cap: int) -> float:
    """The points that count of a sum: none below zero, none above the cap."""
    return min(max(total, 0), cap)


def fades_at(exact: float, shown: int, weights: Weights, now: datetime) -> datetime | None:
    """Not before the shown whole number can have dropped by one, and at most once a day."""
    if shown <= 0:
        return None
    days = weights.half_life_days * math.log2(max(exact, shown - 0.5) / (shown - 0.5))
    return now + max(timedelta(days=days, seconds=1), SHORTEST_FADE)
