"""Who gets a lead, and why, in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from leadline.kit.sentences import Sentence, Text, Value, say, word
from leadline.workspaces.rules import Role


class TargetKind(StrEnum):
    """Who gets the leads of a rule."""

    TEAM = "team"
    MEMBER = "member"
    CONTACT_OWNER = "contact_owner"
    # Who has, or had last, a lead of the same company.
    COMPANY_OWNER = "company_owner"
    # Whoever of the team claims the lead first.
    QUEUE = "queue"


class Queue(StrEnum):
    """Why a lead waits in the queue of a team: until somebody claims it, or until somebody is free."""

    CLAIM = "claim"
    FULL = "full"


class LanguageBy(StrEnum):
    """How the language of a person is known."""

    SAID = "said"
    TEXT = "text"
    COUNTRY = "country"


# Names of data: written once, in the language of the workspace.
DEFAULT_TEAM = word("Sales")
KNOWN_PEOPLE_RULE = word("People we know")
DEFAULT_RULE = word("Everyone else")
# Who gets leads, in this order: the next kind only where nobody of the one before is there.
LADDER: tuple[frozenset[str], ...] = (
    frozenset({Role.REP}),
    frozenset({Role.MANAGER}),
    frozenset({Role.ADMIN}),
    frozenset({Role.OWNER}),
)
_TOLD_BY = {
    LanguageBy.TEXT: word("{because} (language by what they wrote)"),
    LanguageBy.COUNTRY: word("{because} (language by the country)"),
}
_FALLBACK = LADDER[1:] + LADDER[:1]


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
    # How the language was known that the rule asked about.
    language_by: LanguageBy | None = None
    # What to choose instead when an earlier lead of the same batch turns out to be of the same company.
    with_company: Choice | None = None


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
    if choice.language_by in _TOLD_BY:
        told = Sentence(_TOLD_BY[choice.language_by], {"because": choice.because})
        choice = replace(choice, because=told, language_by=None)
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
