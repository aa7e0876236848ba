"""Tell owners what they got and managers what was missed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from leadline.assignment import queries
from leadline.assignment.models import SlaClock
from leadline.assignment.queries.clocks import policy_words
from leadline.assignment.rules import ChainStep, Mark, Person
from leadline.engines.notices import actions as notices
from leadline.engines.notices.ports import Telling
from leadline.kit.sentences import Sentence, Text, say, span, word
from leadline.leads.models import Lead
from leadline.leads.rules import source_words
from leadline.workspaces import queries as workspaces
from leadline.workspaces.actor import Actor

_LONGEST_QUOTE = 160
_TITLES = {
    Mark.HALF: word("Half of the time to answer {name} is gone"),
    Mark.MOST: word("Answer {name} now: most of the time is gone"),
    Mark.BREACH: word("Nobody answered {name} in time"),
}


def tell_new_owners(owners: Mapping[UUID, UUID]) -> None:
    """Tell the owner (by lead) of a lead that is theirs now."""
    found = {lead.id: lead for lead in queries.leads_to_assign(list(owners))}
    told = [
        (lead, owner_id)
        for lead_id, owner_id in owners.items()
        if (lead := found.get(lead_id)) is not None and lead.owner_id == owner_id
    ]
    notices.tell(
        [
            _about(lead, owner_id, "lead.assigned", say("New lead: {name}", name=lead.name), _summary(lead))
            for lead, owner_id in told
        ]
    )


def tell_about_clocks(workspace_id: UUID, said: Iterable[tuple[SlaClock, Mark]]) -> None:
    """The owner hears of warnings and breaches, the managers of those without an owner; each is told once."""
    rows = list(said)
    unowned = any(row.lead.owner_id is None for row, _ in rows)
    managers = workspaces.managers(Actor.product(workspace_id)) if unowned else []
    tellings = []
    for row, mark in rows:
        whom = [row.lead.owner_id] if row.lead.owner_id else [manager.id for manager in managers]
        for member_id in whom:
            title = Sentence(_TITLES[mark], {"name": row.lead.name})
            once = _once(row, mark.value)
            tellings.append(_about(row.lead, member_id, f"sla.{mark.value}", title, _state(row), once))
    notices.tell(tellings)


def tell_about_steps(taken: Iterable[tuple[SlaClock, ChainStep, int, Sequence[Person]]]) -> None:
    """Each step of the chain tells its people once; what is told at once is the breach itself."""
    tellings = []
    for row, step, number, told in taken:
        title = Sentence(_TITLES[Mark.BREACH], {"name": row.lead.name})
        if step.after_minutes:
            late = span(step.after)
            title = say("Still nobody answered {name}: {time} late", name=row.lead.name, time=late)
        once = _once(row, f"step{number}" if step.after_minutes else Mark.BREACH.value)
        for person in told:
            about = _about(row.lead, person.id, "sla.breach", title, _state(row), once)
            tellings.append(replace(about, carriers=step.carriers))
    notices.tell(tellings)


def _once(row: SlaClock, word_: str) -> str:
    return f"sla:{row.id}:{word_}:{row.due_at.isoformat()}"


def _about(
    lead: Lead, member_id: UUID, kind: str, title: Sentence, text: Text, once: str | None = None
) -> Telling:
    return Telling(
        member_id=member_id, kind=kind, title=title, text=text, link_object="lead", link_id=lead.id, once=once
    )


def _summary(lead: Lead) -> Text:
    said = lead.text if len(lead.text) <= _LONGEST_QUOTE else lead.text[:_LONGEST_QUOTE].rstrip() + "…"
    if not lead.source:
        return said
    source = source_words(lead.source)
    return say("{source}: {text}", source=source, text=said) if said else source


def _state(row: SlaClock) -> Sentence:
    policy = policy_words(row)
    if row.lead.owner is None:
        return say("It has no owner. {policy}.", policy=policy)
    return say("Owner: {owner}. {policy}.", owner=row.lead.owner.name, policy=policy)
