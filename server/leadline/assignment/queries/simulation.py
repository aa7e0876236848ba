"""Explain what the rules would do with a lead now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from leadline.assignment.models import AssignmentRule
from leadline.assignment.queries.people import leads_to_assign, newest_leads
from leadline.assignment.queries.placing import Placed, choice_of, place
from leadline.assignment.queries.rulebook import Rule, Rulebook, enabled, rulebook, rules
from leadline.assignment.queries.turns import turns_now
from leadline.assignment.rules import Choice, Person, TargetKind, fallback
from leadline.kit import clock
from leadline.kit.sentences import Text, say
from leadline.leads.models import Lead
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


@dataclass(frozen=True, kw_only=True)
class Rehearsed:
    """A lead, where the rules send it now, and where they would send it then."""

    lead: Lead
    now: Placed
    then: Placed

    @property
    def elsewhere(self) -> bool:
        """Whether somebody else, or another queue, would get it."""
        return _place_of(self.now) != _place_of(self.then)


def simulate(actor: Actor, lead_id: UUID) -> Simulation:
    """What the rules would do with an open lead now; nothing is changed, no turn is taken."""
    book, found = rulebook(), leads_to_assign([lead_id])
    if book is None or not found:
        return Simulation(tried=[], person=None, team_name="")
    lead, tried = found[0], []
    now = clock.now()
    book.know_companies([lead])
    for rule, holds in book.tests(actor, now):
        matched = holds(lead)
        choice = choice_of(book, rule, lead, now) if matched else say("does not match")
        outcome = say("decides") if isinstance(choice, Choice) else choice or _unknown(rule)
        tried.append(
            Tried(rule_id=rule.id, name=rule.name, sentence=rule.said, matched=matched, outcome=outcome)
        )
        if isinstance(choice, Choice):
            person = choice.person or _whose_turn(book, choice)
            return Simulation(tried=tried, person=person, team_name=choice.team_name)
    return Simulation(tried=tried, person=fallback(book.people.values()), team_name="")


def rehearse(actor: Actor, draft: AssignmentRule | None = None, *, limit: int = 100) -> list[Rehearsed]:
    """Who would get the newest leads, oldest first, by the rules as they are and with the draft of one.

    It decides like a capture, from the present turns on, with everybody there; nothing is changed.
    """
    book, present = rulebook(), rules(actor)
    if book is None:
        return []
    wanted = [row for row in present if draft is None or row.id != draft.id] + ([draft] if draft else [])
    found = newest_leads(actor, limit)
    now, then = (
        place(Actor.product(actor.workspace_id), book.with_rules(enabled(rows)), found, turns_now)
        for rows in (present, wanted)
    )
    return [Rehearsed(lead=one.lead, now=one, then=other) for one, other in zip(now, then, strict=True)]


def _unknown(rule: Rule) -> Text:
    if rule.target_kind == TargetKind.COMPANY_OWNER:
        return say("nobody has a lead of the company")
    return say("nobody knows the person")


def _place_of(placed: Placed) -> tuple[UUID | None, UUID | None]:
    return (placed.person.id, None) if placed.person else (None, placed.choice.team_id)


def _whose_turn(book: Rulebook, choice: Choice) -> Person | None:
    free = [person for person in choice.among if book.is_free(person)]
    if choice.team_id is None or not free:
        return None
    return turns_now([choice.team_id])[choice.team_id].take(free)
