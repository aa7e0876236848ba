"""Find an owner for every lead: the first rule that matches, in turn within a team. Set-based."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from leadline.assignment import queries
from leadline.assignment.actions.clocks import answer_times, new_clocks, start_clocks
from leadline.assignment.actions.setting_up import set_up
from leadline.assignment.actions.turns import take_turns
from leadline.assignment.models import SlaClock
from leadline.assignment.queries import Rulebook
from leadline.assignment.rules import Choice, Person, fallback, sentence, team_of
from leadline.contacts import actions as contacts
from leadline.kit import clock
from leadline.kit.sentences import Sentence, Text, say
from leadline.leads import actions as leads
from leadline.leads.models import Lead
from leadline.leads.ports import AssignmentOf
from leadline.workspaces import queries as workspaces
from leadline.workspaces.actor import Actor

_PIECE = 1000


@dataclass(frozen=True)
class _Placed:
    """A lead with its choice; within a team the turn decides later."""

    lead: Lead
    choice: Choice
    person: Person | None
    turn: Mapping[str, int] = field(default_factory=dict)


def assign_captured(
    workspace_id: UUID, creators: Mapping[UUID, UUID | None], *, quiet: Collection[UUID] = ()
) -> None:
    """Give new leads an owner, a reason and a clock: 4 statements and those of leads.assign, however many.

    Who came in with an active owner keeps it. `creators` names the person, if any, who entered each lead.
    Nobody has to answer the `quiet` ones, so they get no clock.
    """
    book = _rulebook(workspace_id)
    found = _in_order(list(creators))
    if not found:
        return
    placed = _place(workspace_id, book, found, creators=creators)
    clocks = new_clocks(book, [lead for lead in found if lead.id not in quiet], clock.now())
    _assign(workspace_id, placed, clocks)
    start_clocks(clocks.values())


def reassign_leads_of(workspace_id: UUID, member_id: UUID) -> int:
    """Find new owners for the open leads of a member who is no longer active; how many there were."""
    name = workspaces.member(Actor.product(workspace_id), member_id).name
    found = _held(queries.open_lead_ids_of(member_id))
    _decide_again(workspace_id, found, say("{name} is no longer active", name=name))
    return len(found)


def assign_unowned(workspace_id: UUID) -> int:
    """The daily check: whatever has no owner gets one; how many had none."""
    found = _held(queries.unowned_lead_ids(_PIECE))
    _decide_again(workspace_id, found, None)
    return len(found)


def decide_again_when_ready(workspace_id: UUID, lead_ids: Sequence[UUID]) -> None:
    """Leads that a rule kept only until they are ready for sales go through the rules again."""
    kept = [lead.id for lead in queries.leads_to_assign(lead_ids) if _waits(lead)]
    _decide_again(workspace_id, [lead for lead in _held(kept) if _waits(lead)], say("ready for sales"))


def _waits(lead: Lead) -> bool:
    return lead.owner_id is None or bool(lead.assignment_reason.get("until_ready"))


def _held(lead_ids: Sequence[UUID]) -> list[Lead]:
    """These leads, locked as everywhere: persons, leads, and only then anybody's turn."""
    if not lead_ids:
        return []
    contacts.lock_contacts(lead.contact_id for lead in queries.leads_to_assign(lead_ids))
    return queries.leads_to_assign(lead_ids, lock=True)


def _decide_again(workspace_id: UUID, found: Collection[Lead], before: Sentence | None) -> None:
    if found:
        placed = _place(workspace_id, _rulebook(workspace_id), found)
        _assign(workspace_id, placed, {}, before=before)


def _rulebook(workspace_id: UUID) -> Rulebook:
    book = queries.rulebook()
    if book is None:
        set_up(Actor.product(workspace_id))
        book = queries.rulebook()
    assert book is not None
    return book


def _in_order(lead_ids: Sequence[UUID]) -> list[Lead]:
    found = {lead.id: lead for lead in queries.leads_to_assign(lead_ids, lock=True)}
    return [found[lead_id] for lead_id in dict.fromkeys(lead_ids) if lead_id in found]


def _place(
    workspace_id: UUID,
    book: Rulebook,
    found: Collection[Lead],
    *,
    creators: Mapping[UUID, UUID | None] | None = None,
) -> list[_Placed]:
    tests = book.tests(Actor.product(workspace_id), clock.now())
    kept = creators or {}
    chosen = [(lead, _kept(book, lead, kept[lead.id]) if lead.id in kept else None) for lead in found]
    decided = [(lead, choice or _choose(book, tests, lead)) for lead, choice in chosen]
    wanted: dict[UUID, int] = {}
    for _, choice in decided:
        if choice.among and choice.team_id:
            wanted[choice.team_id] = wanted.get(choice.team_id, 0) + 1
    turns = take_turns(wanted)
    placed = []
    for lead, choice in decided:
        if not (choice.among and choice.team_id):
            placed.append(_Placed(lead, choice, choice.person))
            continue
        number = next(turns[choice.team_id]) % len(choice.among)
        turn = {"number": number + 1, "of": len(choice.among)}
        placed.append(_Placed(lead, choice, choice.among[number], turn))
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


def _choose(book: Rulebook, tests: Sequence[tuple[queries.Rule, Any]], lead: Lead) -> Choice:
    skipped: list[Text] = []
    for rule, holds in tests:
        if (rule.until_ready and lead.ready_at is not None) or not holds(lead):
            continue
        choice = book.choice(rule, lead)
        if isinstance(choice, Choice):
            return replace(choice, skipped=tuple(skipped))
        if choice:
            skipped.append(choice)
    person = fallback(book.people.values())
    because = say("nobody else is there") if skipped else say("no rule matches")
    team_id = team_of(person) if person else None
    return Choice(person=person, team_id=team_id, because=because, skipped=tuple(skipped))


def _assign(
    workspace_id: UUID,
    placed: Sequence[_Placed],
    clocks: Mapping[UUID, SlaClock],
    *,
    before: Sentence | None = None,
) -> None:
    rows = []
    for one in placed:
        begun = clocks.get(one.lead.id)
        choice = one.choice
        if before:
            because = say("{first}; {second}", first=before, second=choice.because)
            choice = replace(choice, because=because)
        rows.append(
            AssignmentOf(
                lead_id=one.lead.id,
                owner_id=one.person.id if one.person else None,
                team_id=choice.team_id,
                reason_text=sentence(choice, one.person),
                reason=_reason(choice, one),
                answer=answer_times(begun) if begun else None,
                by_member_id=one.choice.by_member_id,
            )
        )
    leads.assign(Actor.product(workspace_id), rows)


def _reason(choice: Choice, one: _Placed) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "rule_id": str(choice.rule_id) if choice.rule_id else None,
        "rule": choice.rule_name,
        "because": str(choice.because),
        "team": choice.team_name,
        "member": one.person.name if one.person else None,
        "turn": dict(one.turn),
        "skipped": [str(one) for one in choice.skipped],
        "until_ready": choice.until_ready,
    }
    return {key: value for key, value in facts.items() if value}
