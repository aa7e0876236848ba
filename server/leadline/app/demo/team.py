"""The team of the story: invited and joined as anybody else, with rules that give them their leads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from leadline.app.demo.cast import COLLEAGUES, HEBREW, NORTH, SOUTH, Colleague
from leadline.assignment import actions as assignment
from leadline.kit import text
from leadline.workspaces import access, actions
from leadline.workspaces.actor import Actor
from leadline.workspaces.models import Workspace

_LARGE_DOLLARS = 30_000


def hire(actor: Actor, workspace: Workspace, *, password: str, dollar: int) -> dict[UUID, Actor]:
    """Everybody of the story as a member, the owner too, by member id."""
    teams = {name: actions.save_team(actor, name=name).id for name in (NORTH, SOUTH)}
    hired = [_join(actor, workspace, one, teams, password) for one in COLLEAGUES]
    _set_rules(actor, teams, _LARGE_DOLLARS * dollar)
    everybody = [*hired, replace(actor, team_ids=actor.team_ids | frozenset(teams.values()))]
    return {one.member_id: one for one in everybody if one.member_id is not None}


def mail_domain(workspace: Workspace) -> str:
    """Where the people of the story have their mailboxes: nowhere in the real world."""
    return f"{text.slug(workspace.name) or 'company'}.test"


def _join(
    actor: Actor, workspace: Workspace, one: Colleague, teams: Mapping[str, UUID], password: str
) -> Actor:
    _, link = access.invite(
        actor,
        email=f"{one.mailbox}@{mail_domain(workspace)}",
        name=one.name,
        role=one.role,
        team_ids=[teams[name] for name in one.teams],
    )
    token = link.rpartition("/")[2]
    joined, _ = access.accept_invitation(token=token, name=one.name, password=password)
    if one.phone and joined.member_id is not None:
        actions.change_member(actor, joined.member_id, {"phone": one.phone}, None)
    return joined


def _set_rules(actor: Actor, teams: Mapping[str, UUID], large_minor: int) -> None:
    rules = (
        ("Hebrew speakers", {"field": "contact.language", "op": "eq", "value": HEBREW}, NORTH),
        ("Large projects", {"field": "value_minor", "op": "gte", "value": large_minor}, SOUTH),
        ("From the website", {"field": "channel", "op": "eq", "value": "form"}, SOUTH),
        ("WhatsApp and the rest", {"field": "channel", "op": "is_not_empty"}, NORTH),
    )
    for position, (name, when, team) in enumerate(rules, start=1):
        target = {"kind": "team", "team_id": teams[team]}
        assignment.create_rule(actor, {"name": name, "when": when, "target": target, "position": position})
