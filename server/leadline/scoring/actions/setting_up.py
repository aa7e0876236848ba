"""The rules and numbers of a new workspace and their later changes; leads are counted anew afterwards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from leadline.engines.views import actions as views
from leadline.engines.views.rules import duration
from leadline.infra import lookup
from leadline.infra.language import speaking, worded
from leadline.kit import text
from leadline.kit.errors import Conflict, Invalid
from leadline.kit.sentences import say
from leadline.scoring import policy, queries
from leadline.scoring.defaults import DEFAULT_RULES, QUALIFYING_RULES, RuleSpec
from leadline.scoring.models import ScoreRule, ScoreSettings
from leadline.scoring.rules import MOST_POINTS, EventKind, Group, Template
from leadline.workspaces import audit
from leadline.workspaces.actor import Actor
from leadline.workspaces.queries import own_workspace

LIMITS = {
    "fit_cap": (0, 1000),
    "engagement_cap": (0, 1000),
    "opens_cap": (0, 1000),
    "half_life_days": (1, 3650),
    "hot": (0, 2000),
    "warm": (0, 2000),
    "ready": (0, 2000),
    "price_minor": (0, 10**15),
    "least_budget": (0, 100),
}
_LONGEST_ABOUT = 100


def set_up(actor: Actor) -> None:
    """The default numbers and rules of a workspace; safe to repeat and to race."""
    _, made = ScoreSettings.objects.get_or_create(
        workspace_id=actor.workspace_id, defaults={"template": Template.BANT}
    )
    if not made:
        return
    _add_rules(actor, DEFAULT_RULES, 0)
    audit.record(actor, "scoring.set_up", "scoring", actor.workspace_id, {"rules": len(DEFAULT_RULES)})


def change_settings(actor: Actor, changes: Mapping[str, Any], version: int | None = None) -> ScoreSettings:
    """Other caps, thresholds, half-life or questions; all open leads are counted anew in the background.

    Questions that are chosen bring the rules with them that give points for their answers.
    """
    policy.require_can_set_up(actor)
    set_up(actor)
    row = policy.visible_settings(actor).select_for_update().get()
    _same_version(row, version)
    numbers = {key: value for key, value in changes.items() if key in LIMITS}
    check_numbers({"hot": row.hot, "warm": row.warm, **numbers})
    if changes.get("template", row.template) != row.template:
        _add_missing_rules(actor, Template(changes["template"]))
    _change(actor, row, changes, "scoring")
    return row


def _add_missing_rules(actor: Actor, template: Template) -> None:
    present = [rule.when for rule in policy.visible_rules(actor)]
    missing = [spec for spec in QUALIFYING_RULES.get(template, ()) if spec.when not in present]
    made = _add_rules(actor, missing, len(present))
    draft = policy.visible_drafts(actor).select_for_update().first()
    if draft is not None:
        # Publishing what is being tried must not take them away again.
        draft.content["rules"] += [queries.as_content(rule) for rule in made]
        draft.save(update_fields=["content"])


def _add_rules(actor: Actor, specs: Sequence[RuleSpec], first: int) -> list[ScoreRule]:
    with speaking(own_workspace(actor).language):
        names = [worded(spec.name) for spec in specs]
    return ScoreRule.objects.bulk_create(
        ScoreRule(group=spec.group, name=name, points=spec.points, when=spec.when, position=first + place)
        for place, (spec, name) in enumerate(zip(specs, names, strict=True))
    )


def check_numbers(numbers: Mapping[str, int]) -> None:
    """Invalid unless every number lies within its limits and hot is not below warm."""
    for key, value in numbers.items():
        low, high = LIMITS[key]
        if not low <= value <= high:
            raise Invalid(say("Give a number from {low} to {high}.", low=low, high=high), field=key)
    if numbers["hot"] < numbers["warm"]:
        raise Invalid("Hot must not begin below warm.", field="hot")


def create_rule(actor: Actor, values: Mapping[str, Any]) -> ScoreRule:
    """Another rule; all open leads are counted anew in the background."""
    policy.require_can_set_up(actor)
    rule = ScoreRule(group=Group(values["group"]), when={}, points=0, name="")
    checked = checked_rule(rule.group, values)
    for key, value in checked.items():
        setattr(rule, key, value)
    if "position" not in checked:
        rule.position = policy.visible_rules(actor).count()
    rule.save()
    audit.record(actor, "scoring_rule.created", "scoring_rule", rule.id, checked)
    _count_anew(actor)
    return rule


def change_rule(
    actor: Actor, rule_id: UUID, changes: Mapping[str, Any], version: int | None = None
) -> ScoreRule:
    """Change a rule or switch it off; points for events that were counted already stay as they were."""
    policy.require_can_set_up(actor)
    rule = lookup.lock(policy.visible_rules(actor), rule_id)
    _same_version(rule, version)
    _change(actor, rule, checked_rule(rule.group, changes), "scoring_rule")
    return rule


def delete_rule(actor: Actor, rule_id: UUID) -> None:
    """Remove a rule; what it gave for events stays in the history of the leads."""
    policy.require_can_set_up(actor)
    rule = lookup.lock(policy.visible_rules(actor), rule_id)
    audit.record(actor, "scoring_rule.deleted", "scoring_rule", rule.id, {"name": rule.name})
    rule.delete()
    _count_anew(actor)


def checked_rule(group: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """What was given for a rule of this group, as it is kept; Invalid names what is wrong."""
    checked = {key: values[key] for key in ("enabled", "position", "points") if key in values}
    if abs(checked.get("points", 0)) > MOST_POINTS:
        raise Invalid(say("A rule gives or takes at most {n} points.", n=MOST_POINTS), field="points")
    if not 0 <= checked.get("position", 0) < 32_768:
        raise Invalid("Give a position from 0 to 32767.", field="position")
    if "name" in values:
        checked["name"] = text.clean(values["name"], 200)
        if not checked["name"]:
            raise Invalid("Give it a name.", field="name")
    if "when" in values:
        checked["when"] = _checked_when(group, values["when"])
    return checked


def _checked_when(group: str, when: Mapping[str, Any]) -> dict[str, Any]:
    if group == Group.FIT:
        return dict(views.check(dict(when), "lead"))
    unknown = when.keys() - {"event", "window", "within", "about"}
    if unknown:
        raise Invalid(say("“{key}” does not belong here.", key=min(unknown)), field=f"when.{min(unknown)}")
    if when.get("event") not in {kind.value for kind in EventKind}:
        raise Invalid(say("Name one of: {choices}.", choices=", ".join(EventKind)), field="when.event")
    for key in ("window", "within"):
        if when.get(key) and duration(str(when[key])) is None:
            raise Invalid("Write a time such as 30m, 2h or 7d.", field=f"when.{key}")
    kept = {key: value for key, value in when.items() if value}
    if "about" in kept:
        kept["about"] = text.clean(str(kept["about"]), _LONGEST_ABOUT)
    return kept


def _change(
    actor: Actor, row: ScoreRule | ScoreSettings, changes: Mapping[str, Any], object_type: str
) -> None:
    before = {key: [getattr(row, key), new] for key, new in changes.items() if getattr(row, key) != new}
    if not before:
        return
    for key in before:
        setattr(row, key, changes[key])
    row.save(update_fields=list(before))
    audit.record(actor, f"{object_type}.changed", object_type, row.id, before)
    _count_anew(actor)


def _count_anew(actor: Actor) -> None:
    from leadline.scoring.actions.recounting import recount

    recount.later(workspace_id=str(actor.workspace_id))


def _same_version(row: ScoreRule | ScoreSettings, version: int | None) -> None:
    if version is not None and row.version != version:
        raise Conflict("Somebody changed this meanwhile. Look again.", extra={"version": row.version})
