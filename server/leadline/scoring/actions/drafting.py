"""Try other numbers and rules beside those in force, see what they would do, and put them into force."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.db.models import Max

from leadline.infra import lookup
from leadline.infra.language import speaking, worded
from leadline.kit import ids
from leadline.kit.errors import Conflict, Invalid
from leadline.scoring import policy
from leadline.scoring.actions.recounting import recount
from leadline.scoring.actions.setting_up import check_numbers, checked_rule, set_up
from leadline.scoring.counted import open_leads
from leadline.scoring.models import ScoreDraft, ScoreEdition, ScoreRule
from leadline.scoring.presets import PRESETS
from leadline.scoring.rules import Group, Weights
from leadline.workspaces import audit
from leadline.workspaces.actor import Actor
from leadline.workspaces.queries import own_workspace

_MOST_RULES = 200
_KEPT = ("group", "name", "when", "points", "enabled", "position")


def save_draft(
    actor: Actor, numbers: Mapping[str, int], rules: Sequence[Mapping[str, Any]], version: int | None = None
) -> ScoreDraft:
    """Keep these as the draft; what is in force stays as it is until the draft is published."""
    policy.require_can_set_up(actor)
    set_up(actor)
    return _keep(actor, checked_content(numbers, rules), version)


def begin_with_preset(actor: Actor, key: str, version: int | None = None) -> ScoreDraft:
    """Make the draft of a shipped set of rules, named in the language of the workspace."""
    policy.require_can_set_up(actor)
    set_up(actor)
    if key not in PRESETS:
        raise Invalid("There is no such set of rules.", field="preset")
    with speaking(own_workspace(actor).language):
        rules = [{**asdict(spec), "name": worded(spec.name)} for spec in PRESETS[key].rules]
    # A set of rules knows nothing of what this company sells.
    kept = policy.visible_settings(actor).get()
    weights = Weights(price_minor=kept.price_minor, least_budget=kept.least_budget)
    return _keep(actor, checked_content(asdict(weights), rules), version)


def drop_draft(actor: Actor) -> None:
    """Forget the draft; safe to repeat."""
    policy.require_can_set_up(actor)
    policy.visible_drafts(actor).delete()


def publish(actor: Actor, version: int | None = None) -> ScoreEdition:
    """Put the draft into force as a new edition; all open leads are counted anew in the background."""
    policy.require_can_set_up(actor)
    # Who publishes waits for the other one here, so editions are numbered one by one.
    settings = policy.visible_settings(actor).select_for_update().get()
    draft = policy.visible_drafts(actor).select_for_update().first()
    if draft is None:
        raise Conflict("There is no draft to publish.")
    _same(draft, version)
    content = checked_content(draft.content["numbers"], draft.content["rules"])
    for key, value in content["numbers"].items():
        setattr(settings, key, value)
    settings.save()
    _replace_rules(actor, content["rules"])
    edition = _record(actor, content)
    draft.delete()
    audit.record(actor, "scoring.published", "scoring", edition.id, {"edition": edition.number})
    recount.later(workspace_id=str(actor.workspace_id), edition_id=str(edition.id))
    return edition


def take_back(actor: Actor, edition_id: UUID) -> ScoreDraft:
    """Make the draft of an earlier edition, so that it can be tried and published again."""
    policy.require_can_set_up(actor)
    edition = lookup.get(policy.visible_editions(actor), edition_id)
    return _keep(actor, edition.content, None)


def checked_content(numbers: Mapping[str, int], rules: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Numbers and rules as they are kept; Invalid names what is wrong."""
    whole = {**asdict(Weights()), **numbers}
    check_numbers(whole)
    if len(rules) > _MOST_RULES:
        raise Invalid("These are too many rules.", field="rules")
    return {"numbers": whole, "rules": [_checked(rule, n) for n, rule in enumerate(rules)]}


def _checked(rule: Mapping[str, Any], position: int) -> dict[str, Any]:
    group = Group(rule["group"])
    values = {**rule, "enabled": rule.get("enabled", True), "position": position}
    kept = checked_rule(group, values)
    return {"id": str(rule.get("id") or ids.new_id()), "group": group.value, **kept}


def _keep(actor: Actor, content: dict[str, Any], version: int | None) -> ScoreDraft:
    draft, made = ScoreDraft.objects.select_for_update().get_or_create(
        workspace_id=actor.workspace_id, defaults={"content": content}
    )
    if not made:
        _same(draft, version)
        draft.content = content
        draft.save(update_fields=["content"])
    return draft


def _replace_rules(actor: Actor, rules: Sequence[Mapping[str, Any]]) -> None:
    present = {str(rule.id): rule for rule in policy.visible_rules(actor).select_for_update()}
    for wanted in rules:
        rule = present.pop(wanted["id"], None) or ScoreRule(id=UUID(wanted["id"]))
        if rule._state.adding or any(getattr(rule, key) != wanted[key] for key in _KEPT):
            for key in _KEPT:
                setattr(rule, key, wanted[key])
            rule.save()
    policy.visible_rules(actor).filter(id__in=list(present)).delete()


def _record(actor: Actor, content: dict[str, Any]) -> ScoreEdition:
    last = policy.visible_editions(actor).aggregate(last=Max("number"))["last"] or 0
    total = open_leads().count()
    return ScoreEdition.objects.create(number=last + 1, content=content, by_name=actor.name, total=total)


def _same(draft: ScoreDraft, version: int | None) -> None:
    if version is not None and draft.version != version:
        raise Conflict("Somebody changed this meanwhile. Look again.", extra={"version": draft.version})
