"""Rules, policies and hours: the defaults of a new workspace and their later changes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from leadline.assignment import policy, queries
from leadline.assignment.actions.saving import require_first, save_changes
from leadline.assignment.models import AssignmentRule, BusinessHours, SlaPolicy, TeamHours
from leadline.assignment.queries.weeks import calendar_of
from leadline.assignment.rules import (
    DEFAULT_POLICIES,
    DEFAULT_RULE,
    DEFAULT_TEAM,
    KNOWN_PEOPLE_RULE,
    LADDER,
    ClockKind,
    TargetKind,
)
from leadline.engines.views import actions as views
from leadline.infra import lookup
from leadline.infra.language import speaking, worded
from leadline.kit import text
from leadline.kit.errors import Invalid
from leadline.kit.sentences import say
from leadline.workspaces import audit
from leadline.workspaces import policy as people
from leadline.workspaces.actor import Actor
from leadline.workspaces.models import Member, Team, TeamMember
from leadline.workspaces.queries import own_workspace

_LONGEST_SLA = 366 * 24 * 60
_PLAIN = ("enabled", "position", "until_ready", "claim_minutes")
_SELLERS = frozenset().union(*LADDER)


def set_up(actor: Actor) -> None:
    """A team with everybody, two rules for all leads, the SLA policies; safe to repeat and to race."""
    workspace = own_workspace(actor)
    # The one who makes this row sets up; a rival waits here and then finds everything done.
    _, made = BusinessHours.objects.get_or_create(
        workspace_id=actor.workspace_id, defaults={"timezone": workspace.timezone}
    )
    if not made:
        return
    with speaking(workspace.language):
        team_name, known, everyone = map(worded, (DEFAULT_TEAM, KNOWN_PEOPLE_RULE, DEFAULT_RULE))
    team, _ = Team.objects.get_or_create(workspace_id=actor.workspace_id, name=team_name)
    members = people.visible_members(actor).filter(active=True, role__in=_SELLERS)
    _join(team, members)
    # Who knows a person keeps them, before anybody else's turn.
    AssignmentRule.objects.create(name=known, target_kind=TargetKind.CONTACT_OWNER)
    AssignmentRule.objects.create(name=everyone, position=100, target_kind=TargetKind.TEAM, team=team)
    SlaPolicy.objects.bulk_create(
        [SlaPolicy(band=band, minutes=m, clock=kind) for band, m, kind in DEFAULT_POLICIES],
        ignore_conflicts=True,
    )
    audit.record(actor, "assignment.set_up", "assignment", actor.workspace_id, {"team": team.name})


def rulebook_of(workspace_id: UUID) -> queries.Rulebook:
    """How the running workspace assigns, in one statement; a workspace without rules gets the defaults."""
    book = queries.rulebook()
    if book is None:
        set_up(Actor.product(workspace_id))
        book = queries.rulebook()
    assert book is not None
    return book


def join_default_team(workspace_id: UUID, member_ids: Collection[UUID]) -> None:
    """Who sells but belongs to no team joins the team that gets everyone else's leads."""
    catch_all = AssignmentRule.objects.filter(when={}, target_kind=TargetKind.TEAM, enabled=True)
    rule = catch_all.select_related("team").order_by("-position").first()
    lonely = Member.objects.filter(id__in=member_ids, teams=None, role__in=_SELLERS)
    if rule is not None and rule.team is not None:
        _join(rule.team, lonely)


def create_rule(actor: Actor, values: Mapping[str, Any]) -> AssignmentRule:
    """Another rule; without a position it comes before the rules for every lead."""
    rule = draft_rule(actor, values)
    rule.save()
    audit.record(actor, "assignment_rule.created", "assignment_rule", rule.id, {"name": rule.name})
    return rule


def draft_rule(actor: Actor, values: Mapping[str, Any], rule_id: UUID | None = None) -> AssignmentRule:
    """A rule, or the one with this id, as it would be with these values; nothing is saved."""
    policy.require_can_set_up(actor)
    if rule_id is not None:
        rule = lookup.get(policy.visible_rules(actor), rule_id)
    else:
        rule = AssignmentRule(name="", target_kind=TargetKind.CONTACT_OWNER)
    checked = _checked(actor, values)
    for key, value in checked.items():
        setattr(rule, key, value)
    if rule_id is None and "position" not in checked:
        specific = policy.visible_rules(actor).exclude(when={}).order_by("-position")
        rule.position = specific.values_list("position", flat=True).first() or 0
    return rule


def change_rule(
    actor: Actor, rule_id: UUID, changes: Mapping[str, Any], version: int | None = None
) -> AssignmentRule:
    """Change, reorder or switch off a rule; leads that have an owner keep it."""
    policy.require_can_set_up(actor)
    rule = lookup.lock(policy.visible_rules(actor), rule_id)
    save_changes(actor, rule, _checked(actor, changes), version, "assignment_rule")
    return rule


def delete_rule(actor: Actor, rule_id: UUID) -> None:
    """Remove a rule; the leads it placed keep their owners and reasons."""
    policy.require_can_set_up(actor)
    rule = lookup.lock(policy.visible_rules(actor), rule_id)
    audit.record(actor, "assignment_rule.deleted", "assignment_rule", rule.id, {"name": rule.name})
    rule.delete()


def change_policy(
    actor: Actor, policy_id: UUID, changes: Mapping[str, Any], version: int | None = None
) -> SlaPolicy:
    """Another time for a band; clocks that run keep the policy they began with."""
    policy.require_can_set_up(actor)
    row = lookup.lock(policy.visible_policies(actor), policy_id)
    if not 1 <= changes.get("minutes", row.minutes) <= _LONGEST_SLA:
        raise Invalid("Give between 1 minute and one year.", field="minutes")
    if changes.get("clock", row.clock) not in {kind.value for kind in ClockKind}:
        raise Invalid("The clock is either business or calendar.", field="clock")
    save_changes(actor, row, changes, version, "sla_policy")
    return row


def change_hours(actor: Actor, changes: Mapping[str, Any], version: int | None = None) -> BusinessHours:
    """Set when the business is open; new clocks count by it."""
    policy.require_can_set_up(actor)
    set_up(actor)
    row = policy.visible_hours(actor).select_for_update().get()
    wanted = {key: changes.get(key, getattr(row, key)) for key in ("timezone", "weekly", "holidays")}
    calendar_of(wanted["timezone"], wanted["weekly"], wanted["holidays"])
    save_changes(actor, row, changes, version, "business_hours")
    return row


def change_team_hours(
    actor: Actor, team_id: UUID, changes: Mapping[str, Any], version: int | None = None
) -> TeamHours:
    """Set when a team works, where it differs from the business; new clocks count by it."""
    policy.require_can_set_up(actor)
    set_up(actor)
    team = lookup.get(people.visible_teams(actor), team_id)
    rows = policy.visible_team_hours(actor).select_for_update()
    row = rows.filter(team=team).first()
    require_first(row, version)
    if row is None:
        TeamHours.objects.get_or_create(workspace_id=actor.workspace_id, team=team)
        row, version = rows.get(team=team), None
    business = policy.visible_hours(actor).get()
    wanted = {key: changes.get(key, getattr(row, key)) for key in ("timezone", "weekly", "holidays")}
    calendar_of(wanted["timezone"] or business.timezone, wanted["weekly"], wanted["holidays"])
    save_changes(actor, row, changes, version, "team_hours")
    return row


def _join(team: Team, members: Any) -> None:
    places = [TeamMember(team=team, member=member) for member in members]
    TeamMember.objects.bulk_create(places, ignore_conflicts=True)


def _checked(actor: Actor, values: Mapping[str, Any]) -> dict[str, Any]:
    checked = {key: values[key] for key in _PLAIN if key in values}
    if not 0 <= checked.get("position", 0) < 32_768:
        raise Invalid("Give a position from 0 to 32767.", field="position")
    if not 1 <= (checked.get("claim_minutes") or 1) <= _LONGEST_SLA:
        raise Invalid("Give between 1 minute and one year.", field="claim_minutes")
    if "name" in values:
        checked["name"] = text.clean(values["name"], 200)
        if not checked["name"]:
            raise Invalid("Give it a name.", field="name")
    if "when" in values:
        checked["when"] = dict(views.check(values["when"], "lead"))
        said = queries.sentence(checked["when"])
        checked["sentence"], checked["words"] = str(said), said.data
    if "target" in values:
        checked |= _checked_target(actor, values["target"])
    return checked


def _checked_target(actor: Actor, target: Mapping[str, Any]) -> dict[str, Any]:
    kind = target.get("kind")
    if kind not in {known.value for known in TargetKind}:
        raise Invalid(say("Name one of: {choices}.", choices=", ".join(TargetKind)), field="target.kind")
    team = member = None
    if kind in (TargetKind.TEAM, TargetKind.QUEUE):
        team = people.visible_teams(actor).filter(id__in=_named(target, "team_id")).first()
        if team is None:
            raise Invalid("Name a team of this workspace.", field="target.team_id")
    if kind == TargetKind.MEMBER:
        member = people.visible_members(actor).filter(id__in=_named(target, "member_id")).first()
        if member is None:
            raise Invalid("Name a member of this workspace.", field="target.member_id")
    return {"target_kind": kind, "team": team, "member": member}


def _named(target: Mapping[str, Any], key: str) -> list[UUID]:
    return [target[key]] if target.get(key) else []
