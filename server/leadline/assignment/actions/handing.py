"""Give a lead away by hand, and call the managers."""

from __future__ import annotations

from uuid import UUID

from leadline.assignment import queries
from leadline.assignment.actions.turns import HeldTurns
from leadline.assignment.rules import Choice, sentence
from leadline.engines.notices import actions as notices
from leadline.engines.notices.ports import Telling
from leadline.infra import lookup
from leadline.kit.errors import Conflict, Invalid
from leadline.kit.sentences import Value, moment, say
from leadline.leads import actions as leads
from leadline.leads.actions.locked import take
from leadline.leads.models import Lead
from leadline.leads.ports import AssignmentOf
from leadline.workspaces import policy as people
from leadline.workspaces import queries as workspaces
from leadline.workspaces.actor import Actor


def hand_to(
    actor: Actor, lead_id: UUID, *, owner_id: UUID | None = None, team_id: UUID | None = None
) -> Lead:
    """Give a lead to a member, or to the member of a team whose turn it is."""
    if (owner_id is None) == (team_id is None):
        raise Invalid("Name either owner_id or team_id.", field="owner_id")
    lead = take(actor, lead_id)
    if owner_id is not None:
        owner = people.visible_members(actor).filter(id=owner_id).first()
        if owner is None:
            raise Invalid("There is no such member.", field="owner_id")
        if not owner.active:
            raise Conflict(
                say("{name} is no longer active.", name=owner.name), code="member_inactive", field="owner_id"
            )
        leads.hand_over(actor, lead, owner.id)
    elif team_id is not None:
        _hand_to_team(actor, lead, team_id)
    lead.refresh_from_db()
    return lead


def claim(actor: Actor, lead_id: UUID) -> Lead:
    """Take a lead out of the queue of a team; Conflict (409) when somebody was faster."""
    lead = take(actor, lead_id)
    if actor.member_id is None or not actor.human:
        raise Invalid("Only a person can claim a lead.", field="owner_id")
    if lead.owner is not None:
        raise Conflict(say("{name} has this lead already.", name=lead.owner.name), code="already_claimed")
    leads.hand_over(actor, lead, actor.member_id, lead.team_id)
    lead.refresh_from_db()
    return lead


def escalate(actor: Actor, lead_id: UUID, *, carriers: tuple[str, ...] = (), once: str | None = None) -> int:
    """Flag a lead as escalated and tell the managers; how many were told, with `once` nobody twice."""
    lead = lookup.get(Lead.objects.select_related("owner"), lead_id)
    leads.mark_escalated(lead_id)
    whom = workspaces.managers(actor)
    owner: Value = lead.owner.name if lead.owner else say("nobody")
    text = say("Owner: {owner}. Waiting since {since}.", owner=owner, since=moment(lead.inbound_at))
    told = notices.tell(
        [
            Telling(
                member_id=manager.id,
                kind="lead.escalated",
                title=say("{name} waits for an answer", name=lead.name),
                text=text,
                link_object="lead",
                link_id=lead.id,
                carriers=carriers,
                once=once,
            )
            for manager in whom
        ]
    )
    return len(told)


def _hand_to_team(actor: Actor, lead: Lead, team_id: UUID) -> None:
    team = people.visible_teams(actor).filter(id=team_id).first()
    if team is None:
        raise Invalid("There is no such team.", field="team_id")
    book = queries.rulebook()
    receivers = book.receivers(team_id) if book else []
    if not receivers:
        raise Conflict(say("Nobody in {team} is active.", team=team.name), code="team_empty", field="team_id")
    # By hand one may give more than somebody has room for, but to those who are there first.
    among = [one for one in receivers if book and book.is_free(one)] or receivers
    held = HeldTurns()
    person = held.hold([team_id])[team_id].take(among)
    held.keep()
    because = say("given by {actor}", actor=actor.name)
    row = AssignmentOf(
        lead_id=lead.id,
        owner_id=person.id,
        team_id=team_id,
        reason_text=sentence(Choice(because=because, team_name=team.name), person),
        reason={"by": actor.name, "team": team.name, "member": person.name},
        by_rule=False,
        by_member_id=actor.member_id if actor.human else None,
    )
    leads.assign(actor, [row])
