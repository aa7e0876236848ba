"""Tell owners what they got and managers what was missed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from leadline.assignment import queries
from leadline.assignment.models import SlaClock
from leadline.assignment.queries.clocks import policy_words
from leadline.assignment.rules import Mark
from leadline.engines.notices import actions as notices
from leadline.engines.notices.ports import Telling
from leadline.kit.sentences import Sentence, Text, say, word
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
    """Warnings go to the owner, breaches to the managers and the owner; each is told once."""
    managers = [manager.id for manager in workspaces.managers(Actor.product(workspace_id))]
    tellings = []
    for row, mark in said:
        owner = [row.lead.owner_id] if row.lead.owner_id else []
        whom = dict.fromkeys([*managers, *owner] if mark == Mark.BREACH or not owner else owner)
        for member_id in whom:
            title = Sentence(_TITLES[mark], {"name": row.lead.name})
            once = f"sla:{row.id}:{mark.value}:{row.due_at.isoformat()}"
            tellings.append(_about(row.lead, member_id, f"sla.{mark.value}", title, _state(row), once))
    notices.tell(tellings)


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
