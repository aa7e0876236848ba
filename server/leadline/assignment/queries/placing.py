"""Decide for leads, in their order, who gets them: what the capture does and what the simulator shows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, TypeAlias
from uuid import UUID

from leadline.assignment.queries.rulebook import Rule, Rulebook
from leadline.assignment.rules import (
    Choice,
    Person,
    Queue,
    TargetKind,
    Turns,
    fallback,
    team_of,
)
from leadline.kit import clock
from leadline.kit.sentences import Text, say
from leadline.leads.models import Lead
from leadline.workspaces.actor import Actor

# Hands out the turns of these teams.
TurnsOf: TypeAlias = Callable[[Collection[UUID]], Mapping[UUID, Turns]]


@dataclass(frozen=True)
class Placed:
    """A lead with its choice; without a person it waits in the queue of the chosen team."""

    lead: Lead
    choice: Choice
    person: Person | None
    turn: Mapping[str, int] = field(default_factory=dict)


def place(
    actor: Actor,
    book: Rulebook,
    found: Collection[Lead],
    turns: TurnsOf,
    *,
    creators: Mapping[UUID, UUID | None] | None = None,
    to_others: bool = False,
) -> list[Placed]:
    """Who gets each lead. Owners who came in with the leads of `creators` keep them; with `to_others` the
    present owners are passed over.

    Turns are taken only where somebody is free; nobody gets more than there is room for.
    """
    now, kept = clock.now(), creators or {}
    tests = book.tests(actor, now)
    book.know_companies(found)
    chosen = [(lead, _kept(book, lead, kept[lead.id]) if lead.id in kept else None) for lead in found]
    decided = [
        (lead, choice or _choose(book, tests, lead, now, to_others=to_others)) for lead, choice in chosen
    ]
    wanted = {
        choice.team_id
        for _, choice in decided
        if choice.team_id and any(book.is_free(person) for person in choice.among)
    }
    taken = turns(wanted)
    left = dict(book.rooms)
    return [_seat(book, lead, choice, taken, left) for lead, choice in decided]


def _seat(
    book: Rulebook,
    lead: Lead,
    choice: Choice,
    taken: Mapping[UUID, Turns],
    left: dict[UUID, int],
) -> Placed:
    if choice.with_company and (colleague := book.has_company(lead)):
        # An earlier lead of this batch is of the same company.
        placed = Placed(lead, replace(choice.with_company, person=colleague), colleague)
    elif not (choice.among and choice.team_id):
        placed = Placed(lead, choice, choice.person)
    else:
        free = [person for person in choice.among if book.is_free(person, left)]
        if not free or choice.team_id not in taken:
            return Placed(lead, replace(choice, among=(), queue=Queue.FULL), None)
        turns = taken[choice.team_id]
        placed = Placed(lead, choice, turns.take(free), {"number": turns.given, "free": len(free)})
    if placed.person is not None and placed.person.id in left:
        left[placed.person.id] -= 1
    book.note_company(lead, placed.person)
    return placed


def _kept(book: Rulebook, lead: Lead, by_member_id: UUID | None) -> Choice | None:
    person = book.people.get(lead.owner_id) if lead.owner_id else None
    if person is None:
        return None
    return Choice(
        person=person,
        team_id=lead.team_id or team_of(person),
        because=say("chosen with the inquiry"),
        by_member_id=by_member_id,
    )


def _choose(
    book: Rulebook, tests: Sequence[tuple[Rule, Any]], lead: Lead, now: datetime, *, to_others: bool
) -> Choice:
    skipped: list[Text] = []
    with_company: Choice | None = None
    for rule, holds in tests:
        if (rule.until_ready and lead.ready_at is not None) or not holds(lead):
            continue
        choice = choice_of(book, rule, lead, now)
        if to_others and isinstance(choice, Choice):
            choice = _without_owner(rule, choice, lead)
        if isinstance(choice, Choice):
            return replace(choice, skipped=tuple(skipped), with_company=with_company)
        if choice:
            skipped.append(choice)
        elif rule.target_kind == TargetKind.COMPANY_OWNER and lead.company_id:
            with_company = with_company or book.choice_for(rule)
    others = [one for one in book.people.values() if not (to_others and one.id == lead.owner_id)]
    person = fallback(others)
    because = say("nobody else is there") if skipped else say("no rule matches")
    team_id = team_of(person) if person else None
    return Choice(person=person, team_id=team_id, because=because, skipped=tuple(skipped))


def _without_owner(rule: Rule, choice: Choice, lead: Lead) -> Choice | Text:
    """The choice among all but the present owner, or that there is nobody else."""
    if choice.person is not None and choice.person.id == lead.owner_id:
        return say("{rule}: {name} has it already", rule=rule.name, name=choice.person.name)
    if not choice.among:
        return choice
    others = [person for person in choice.among if person.id != lead.owner_id]
    if not others:
        return say("{rule}: nobody else in {team}", rule=rule.name, team=rule.team_name)
    return replace(choice, among=others)


def choice_of(book: Rulebook, rule: Rule, lead: Lead, now: datetime) -> Choice | Text:
    """Who a matching rule gives a lead to, or why to nobody."""
    return _claimable(rule, lead, now) or book.choice(rule, lead)


def _claimable(rule: Rule, lead: Lead, now: datetime) -> Choice | None:
    """The queue of the rule's team; nothing once the time to claim the lead is over: then it goes in turn."""
    if rule.target_kind != TargetKind.QUEUE:
        return None
    before = lead.assignment_reason
    asked = lead.owner_id is None and before.get("rule_id") == str(rule.id)
    over = asked and before.get("claim_until")
    if over and datetime.fromisoformat(over) <= now:
        return None
    until = now + timedelta(minutes=rule.claim_minutes) if rule.claim_minutes else None
    return Choice(
        team_id=rule.team_id,
        team_name=rule.team_name,
        because=rule.because,
        rule_id=rule.id,
        rule_name=rule.name,
        until_ready=rule.until_ready,
        queue=Queue.CLAIM,
        claim_until=until,
    )
