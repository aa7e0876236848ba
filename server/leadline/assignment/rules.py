"""Pure decisions about owners and clocks: whose turn it is, when an answer is due, what happens next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from math import gcd
from uuid import UUID

from leadline.kit.business_hours import ALWAYS, Calendar, add_working_time, working_time_between
from leadline.kit.sentences import Sentence, Text, Value, say, word
from leadline.workspaces.rules import Role


class TargetKind(StrEnum):
    """Who gets the leads of a rule."""

    TEAM = "team"
    MEMBER = "member"
    CONTACT_OWNER = "contact_owner"
    # Whoever of the team claims the lead first.
    QUEUE = "queue"


class Queue(StrEnum):
    """Why a lead waits in the queue of a team: until somebody claims it, or until somebody is free."""

    CLAIM = "claim"
    FULL = "full"


class ClockKind(StrEnum):
    """Which time counts."""

    BUSINESS = "business"
    CALENDAR = "calendar"


class Mark(StrEnum):
    """What a clock says on its way."""

    HALF = "half"
    MOST = "most"
    BREACH = "breach"


# Names of data: written once, in the language of the workspace.
DEFAULT_TEAM = word("Sales")
KNOWN_PEOPLE_RULE = word("People we know")
DEFAULT_RULE = word("Everyone else")
DEFAULT_POLICIES = (
    ("hot", 60, ClockKind.BUSINESS),
    ("warm", 24 * 60, ClockKind.CALENDAR),
    ("cold", 48 * 60, ClockKind.CALENDAR),
)
# One second late is late, the due moment itself is in time.
_LATE = timedelta(seconds=1)
# Who gets leads, in this order: the next kind only where nobody of the one before is there.
LADDER: tuple[frozenset[str], ...] = (
    frozenset({Role.REP}),
    frozenset({Role.MANAGER}),
    frozenset({Role.ADMIN}),
    frozenset({Role.OWNER}),
)
_FALLBACK = LADDER[1:] + LADDER[:1]
_LONGEST_LOOK_BACK = timedelta(days=400)


@dataclass(frozen=True, kw_only=True)
class Person:
    """An active member, and whether leads may come in turn: `room` is how many more, None without a limit."""

    id: UUID
    name: str
    role: str
    team_ids: frozenset[UUID]
    present: bool = True
    on_duty: bool = True
    room: int | None = None
    weight: int = 1


@dataclass(frozen=True, kw_only=True)
class Times:
    """The moments of a clock."""

    warn_50_at: datetime
    warn_80_at: datetime
    due_at: datetime


@dataclass(frozen=True, kw_only=True)
class Choice:
    """Who a rule chose, or the team whose turn decides; and why."""

    person: Person | None = None
    among: Sequence[Person] = ()
    team_id: UUID | None = None
    team_name: str = ""
    because: Text = ""
    rule_id: UUID | None = None
    rule_name: str = ""
    skipped: Sequence[Text] = ()
    until_ready: bool = False
    by_member_id: UUID | None = None
    queue: Queue | None = None
    claim_until: datetime | None = None


def receivers(people: Iterable[Person]) -> list[Person]:
    """Those among active members who get leads in turn: reps; where there are none, managers, and so on."""
    everybody = sorted(people, key=lambda person: person.id)
    return next(filter(None, ([p for p in everybody if p.role in step] for step in LADDER)), [])


def receivers_of_everything(inside: Iterable[Person], everybody: Iterable[Person]) -> list[Person]:
    """Who gets what no other rule wanted: a team's reps or managers, else all reps, else who is in the team.

    The founder alone in the first team must not get the leads of reps who were put into other teams.
    """
    own = receivers(inside)
    if any(person.role in step for person in own for step in LADDER[:2]):
        return own
    reps = [person for person in receivers(everybody) if person.role in LADDER[0]]
    return reps or own


def shares(free: Sequence[Person]) -> list[Person]:
    """One round of turns: everybody as often as the weight says, as evenly spread as can be.

    Equal weights give everybody one turn, in order; whoever walks the round fairly shares leads by weight.
    """
    common = gcd(*(person.weight for person in free)) or 1
    weights = [person.weight // common for person in free]
    whole, credit, turns = sum(weights), [0] * len(free), []
    for _ in range(whole):
        credit = [one + weight for one, weight in zip(credit, weights, strict=True)]
        chosen = max(range(len(free)), key=lambda at: (credit[at], -at))
        credit[chosen] -= whole
        turns.append(free[chosen])
    return turns


def fallback(people: Iterable[Person]) -> Person | None:
    """Who gets what no rule placed: a manager, else an administrator, an owner, a rep; the away come last."""
    everybody = sorted(people, key=lambda person: person.id)
    there = [person for person in everybody if person.present] or everybody
    return next((p for step in _FALLBACK for p in there if p.role in step), None)


def team_of(person: Person) -> UUID | None:
    """The team a lead belongs to when a person was chosen; nobody can say it of somebody in several."""
    return next(iter(person.team_ids)) if len(person.team_ids) == 1 else None


def sentence(choice: Choice, person: Person | None) -> Sentence:
    """Why somebody got a lead, in one line."""
    if choice.queue:
        team = team_words(choice.team_name)
        waits = say("to the queue of {team}: {because}", team=team, because=choice.because)
        return say("{queue}; nobody is free", queue=waits) if choice.queue is Queue.FULL else waits
    who: Value = person.name if person else say("nobody")
    if choice.team_name:
        team = team_words(choice.team_name)
        return say("to {who}: {because} → {team}, next in turn", who=who, because=choice.because, team=team)
    return say("to {who}: {because}", who=who, because=choice.because)


def team_words(name: str) -> Value:
    """A team as a sentence names it: nobody says “team Team A”."""
    called_so = any(team in name.lower() for team in ("team", "צוות"))
    return name if called_so else say("team {name}", name=name)


def times(start: datetime, minutes: int, kind: str, calendar: Calendar | None) -> Times:
    """When a clock warns and when the answer is due; business time only once there are hours."""
    counted = calendar if kind == ClockKind.BUSINESS and calendar else ALWAYS
    if counted.never_opens:
        counted = ALWAYS
    whole = timedelta(minutes=minutes)
    return Times(
        warn_50_at=add_working_time(start, whole * 0.5, counted),
        warn_80_at=add_working_time(start, whole * 0.8, counted),
        due_at=add_working_time(start, whole, counted),
    )


def marks(when: Times) -> list[tuple[Mark, datetime]]:
    """What the clock says, in order, and from which moment on."""
    return [(Mark.HALF, when.warn_50_at), (Mark.MOST, when.warn_80_at), (Mark.BREACH, when.due_at + _LATE)]


def next_mark(when: Times, said: Iterable[str]) -> tuple[Mark, datetime] | None:
    """The first thing the clock has not said yet."""
    done = set(said)
    return next(((mark, at) for mark, at in marks(when) if mark not in done), None)


def moment_before(now: datetime, span: timedelta, calendar: Calendar | None) -> datetime:
    """The latest moment since which `span` has passed: of open time with a calendar, of plain time without.

    Everything that came before it has waited long enough. Exact to the second; never more than 400 days ago.
    """
    if calendar is None or calendar.never_opens or calendar.always_open:
        return now - span
    early, late = now - _LONGEST_LOOK_BACK, now - span
    if working_time_between(late, now, calendar) >= span:
        return late
    while late - early > timedelta(seconds=1):
        middle = early + timedelta(seconds=(late - early) // timedelta(seconds=2))
        if working_time_between(middle, now, calendar) >= span:
            early = middle
        else:
            late = middle
    return early
