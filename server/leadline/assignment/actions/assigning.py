"""Find an owner for every lead: the first rule that matches, in turn within a team. Set-based."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from leadline.assignment import queries
from leadline.assignment.actions.clocks import new_clocks, start_clocks
from leadline.assignment.actions.first_steps import first_step
from leadline.assignment.actions.setting_up import rulebook_of
from leadline.assignment.actions.turns import HeldTurns
from leadline.assignment.actions.winding import answer_times
from leadline.assignment.models import SlaClock
from leadline.assignment.queries import Placed, Rulebook
from leadline.assignment.rules import Choice, Queue, Turns, sentence
from leadline.contacts import actions as contacts
from leadline.kit import clock
from leadline.kit.sentences import Sentence, say
from leadline.leads import actions as leads
from leadline.leads.models import Lead
from leadline.leads.ports import AssignmentOf
from leadline.workspaces import queries as workspaces
from leadline.workspaces.actor import Actor

_PIECE = 1000


def assign_captured(
    workspace_id: UUID, creators: Mapping[UUID, UUID | None], *, quiet: Collection[UUID] = ()
) -> None:
    """Give new leads an owner, a reason and a clock: 5 statements and those of leads.assign, however many.

    Who came in with an active owner keeps it. `creators` names the person, if any, who entered each lead.
    Nobody has to answer the `quiet` ones, so they get no clock.
    """
    book = rulebook_of(workspace_id)
    found = _in_order(list(creators))
    if not found:
        return
    placed = _place(workspace_id, book, found, creators=creators)
    waiting = [one for one in placed if one.lead.id not in quiet]
    clocks = new_clocks(Actor.product(workspace_id), book, waiting, clock.now())
    _assign(Actor.product(workspace_id), book, placed, clocks, quiet=quiet)
    start_clocks(clocks.values())


def reassign_leads_of(workspace_id: UUID, member_id: UUID) -> int:
    """Find new owners for the open leads of a member who is no longer active; how many there were."""
    name = workspaces.member(Actor.product(workspace_id), member_id).name
    found = _held(queries.open_lead_ids_of(member_id))
    _decide_again(workspace_id, found, say("{name} is no longer active", name=name))
    return len(found)


def replace_gone_owners(workspace_id: UUID, lead_ids: Sequence[UUID]) -> None:
    """Leads that came back, such as from the trash, find new owners where theirs have left meanwhile."""
    gone = [lead.id for lead in queries.leads_to_assign(lead_ids) if lead.owner and not lead.owner.active]
    _decide_again(workspace_id, _held(gone), say("its owner is no longer active"))


def decide_for_others(actor: Actor, lead: Lead, why: Sentence) -> bool:
    """Let the rules decide anew for a lead that is held, its owner left out; False when nobody else can take
    it, so that it stays with them."""
    workspace_id = lead.workspace_id
    book, found = rulebook_of(workspace_id), queries.leads_to_assign([lead.id], lock=True)
    placed = _place(workspace_id, book, found, to_others=True)
    given = [one for one in placed if one.person or one.choice.queue is Queue.CLAIM]
    if given:
        _assign(actor, book, given, {}, before=why)
    return bool(given)


def assign_unowned(workspace_id: UUID, lead_ids: Sequence[UUID] | None = None) -> int:
    """Whoever waits longest, or these in their order, get owners as far as somebody is free; how many leads
    had none."""
    found = _held(queries.unowned_lead_ids(_PIECE) if lead_ids is None else lead_ids)
    _decide_again(workspace_id, [lead for lead in found if lead.owner_id is None], None)
    return len(found)


def decide_again_when_ready(workspace_id: UUID, lead_ids: Sequence[UUID]) -> None:
    """Leads that a rule kept only until they are ready for sales go through the rules again."""
    kept = queries.waiting_lead_ids(lead_ids)
    _decide_again(workspace_id, [lead for lead in _held(kept) if queries.waits(lead)], say("ready for sales"))


def _waits_on(one: Placed) -> bool:
    """Whether a lead that waits in a queue just goes on waiting there."""
    before = one.lead.assignment_reason.get("queue")
    there = before is not None and before == one.choice.queue and one.lead.team_id == one.choice.team_id
    return one.person is None and one.lead.owner_id is None and there


def _held(lead_ids: Sequence[UUID]) -> list[Lead]:
    """These leads, locked as everywhere: persons, leads, and only then anybody's turn."""
    if not lead_ids:
        return []
    contacts.lock_contacts(lead.contact_id for lead in queries.leads_to_assign(lead_ids))
    return queries.leads_to_assign(lead_ids, lock=True)


def _decide_again(workspace_id: UUID, found: Collection[Lead], before: Sentence | None) -> None:
    if found:
        book = rulebook_of(workspace_id)
        placed = _place(workspace_id, book, found)
        waiting = [one for one in placed if not _waits_on(one)]
        _assign(Actor.product(workspace_id), book, waiting, {}, before=before)


def _in_order(lead_ids: Sequence[UUID]) -> list[Lead]:
    found = {lead.id: lead for lead in queries.leads_to_assign(lead_ids, lock=True)}
    return [found[lead_id] for lead_id in dict.fromkeys(lead_ids) if lead_id in found]


def _place(
    workspace_id: UUID,
    book: Rulebook,
    found: Collection[Lead],
    *,
    creators: Mapping[UUID, UUID | None] | None = None,
    to_others: bool = False,
) -> list[Placed]:
    held = HeldTurns()

    def hold(team_ids: Collection[UUID]) -> Mapping[UUID, Turns]:
        turns = held.hold(team_ids)
        if turns and book.rooms:
            # Nobody else of these teams is served until we are done: now the limits can be trusted.
            book.rooms = queries.rooms()
        return turns

    placed = queries.place(
        Actor.product(workspace_id), book, found, hold, creators=creators, to_others=to_others
    )
    held.keep()
    return placed


def _assign(
    actor: Actor,
    book: Rulebook,
    placed: Sequence[Placed],
    clocks: Mapping[UUID, SlaClock],
    *,
    before: Sentence | None = None,
    quiet: Collection[UUID] = (),
) -> None:
    rows, now = [], clock.now()
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
                step=first_step(book, one, now) if one.lead.id not in quiet else None,
                by_rule=not actor.human,
                by_member_id=actor.member_id if actor.human else one.choice.by_member_id,
            )
        )
    leads.assign(actor, rows)


def _reason(choice: Choice, one: Placed) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "rule_id": str(choice.rule_id) if choice.rule_id else None,
        "rule": choice.rule_name,
        "because": str(choice.because),
        "team": choice.team_name,
        "member": one.person.name if one.person else None,
        "turn": dict(one.turn),
        "skipped": [str(one) for one in choice.skipped],
        "until_ready": choice.until_ready,
        "language_by": choice.language_by and choice.language_by.value,
        "queue": choice.queue and choice.queue.value,
        "claim_until": choice.claim_until and choice.claim_until.isoformat(),
    }
    return {key: value for key, value in facts.items() if value}
