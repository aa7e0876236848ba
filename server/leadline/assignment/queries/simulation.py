"""Explain what the rules would do with a lead now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from leadline.assignment.models import Rotation
from leadline.assignment.queries.people import leads_to_assign
from leadline.assignment.queries.rulebook import rulebook
from leadline.assignment.rules import Choice, Person, fallback
from leadline.kit import clock
from leadline.kit.sentences import Text, say
from leadline.workspaces.actor import Actor


@dataclass(frozen=True, kw_only=True)
class Tried:
    """One rule and what it said about the lead."""

    rule_id: UUID
    name: str
    sentence: Text
    matched: bool
    outcome: Text


@dataclass(frozen=True, kw_only=True)
class Simulation:
    """Every rule in order up to the one that decides, and who would get the lead."""

    tried: Sequence[Tried]
    person: Person | None
    team_name: str


def simulate(actor: Actor, lead_id: UUID) -> Simulation:
    """What the rules would do with an open lead now; nothing is changed, no turn is taken."""
    book, found = rulebook(), leads_to_assign([lead_id])
    if book is None or not found:
        return Simulation(tried=[], person=None, team_name="")
    lead, tried = found[0], []
    for rule, holds in book.tests(actor, clock.now()):
        matched = holds(lead)
        choice = book.choice(rule, lead) if matched else say("does not match")
        outcome = say("decides") if isinstance(choice, Choice) else choice or say("nobody knows the person")
        tried.append(
            Tried(rule_id=rule.id, name=rule.name, sentence=rule.said, matched=matched, outcome=outcome)
        )
        if isinstance(choice, Choice):
            person = choice.person or _whose_turn(choice)
            return Simulation(tried=tried, person=person, team_name=choice.team_name)
    return Simulation(tried=tried, person=fallback(book.people.values()), team_name="")


def _whose_turn(choice: Choice) -> Person | None:
    if choice.team_id is None or not choice.among:
        return None
    turn = Rotation.objects.filter(team_id=choice.team_id).values_list("turn", flat=True).first() or 0
    return choice.among[turn % len(choice.among)]
