"""Set what happens around the answer: the chain, the pauses and the first task."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from leadline.assignment import policy
from leadline.assignment.actions.pausing import look_again_everywhere
from leadline.assignment.actions.saving import require_first, save_changes
from leadline.assignment.models import AnswerPlan
from leadline.assignment.rules import Whom
from leadline.engines.views import actions as views
from leadline.infra.language import speaking, worded
from leadline.kit import text
from leadline.kit.errors import Invalid
from leadline.kit.sentences import say, word
from leadline.workspaces import policy as people
from leadline.workspaces.actor import Actor
from leadline.workspaces.queries import own_workspace

_LONGEST = 366 * 24 * 60
_MOST = 10
_CARRIERS = ("email", "sms")
# The name of the task where nobody gave it one, written in the language of the workspace.
_FIRST_STEP = word("First contact")


def change_plan(actor: Actor, changes: Mapping[str, Any], version: int | None = None) -> AnswerPlan:
    """Change the plan. The chain counts for every clock that has not yet come to its end, pauses for every
    clock that runs, and the first task for leads that get an owner from now on."""
    policy.require_can_set_up(actor)
    rows = policy.visible_plans(actor).select_for_update()
    row = rows.first()
    require_first(row, version)
    if row is None:
        AnswerPlan.objects.get_or_create(workspace_id=actor.workspace_id)
        row, version = rows.get(), None
    before = row.pauses
    save_changes(actor, row, _checked(actor, row, changes), version, "answer_plan")
    if row.pauses != before:
        look_again_everywhere(actor.workspace_id)
    return row


def _checked(actor: Actor, row: AnswerPlan, changes: Mapping[str, Any]) -> dict[str, Any]:
    checked: dict[str, Any] = {}
    if "chain" in changes:
        checked["chain"] = _chain(actor, changes["chain"])
    if "pauses" in changes:
        checked["pauses"] = _pauses(changes["pauses"])
    if "first_step" in changes:
        checked["first_step"] = text.clean(changes["first_step"], 300)
    if "first_step_minutes" in changes:
        minutes = changes["first_step_minutes"]
        if minutes is not None and not 1 <= minutes <= _LONGEST:
            raise Invalid("Give between 1 minute and one year.", field="first_step_minutes")
        checked["first_step_minutes"] = minutes
    if checked.get("first_step_minutes") and not checked.get("first_step", row.first_step):
        with speaking(own_workspace(actor).language):
            checked["first_step"] = worded(_FIRST_STEP)
    return checked


def _chain(actor: Actor, steps: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    if len(steps) > _MOST:
        raise Invalid(say("Use at most {count} steps.", count=_MOST), field="chain")
    return sorted((_step(actor, step) for step in steps), key=lambda step: step["after_minutes"])


def _step(actor: Actor, step: Mapping[str, Any]) -> dict[str, Any]:
    if not 0 <= step["after_minutes"] <= _LONGEST:
        raise Invalid("Give from 0 minutes to one year.", field="chain.after_minutes")
    if step["tell"] not in {whom.value for whom in Whom}:
        raise Invalid(say("Name one of: {choices}.", choices=", ".join(Whom)), field="chain.tell")
    carriers = list(dict.fromkeys(step.get("carriers") or ()))
    if not set(carriers) <= set(_CARRIERS):
        raise Invalid(say("Name one of: {choices}.", choices=", ".join(_CARRIERS)), field="chain.carriers")
    checked: dict[str, Any] = {"after_minutes": step["after_minutes"], "tell": step["tell"]}
    if step["tell"] == Whom.MEMBER:
        wanted = [step["member_id"]] if step.get("member_id") else []
        member = people.visible_members(actor).filter(id__in=wanted).first()
        if member is None:
            raise Invalid("Name a member of this workspace.", field="chain.member_id")
        checked["member_id"] = str(member.id)
    return {**checked, "carriers": carriers, "reassign": bool(step.get("reassign"))}


def _pauses(pauses: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    if len(pauses) > _MOST:
        raise Invalid(say("Use at most {count} pauses.", count=_MOST), field="pauses")
    checked = []
    for pause in pauses:
        name = text.clean(pause["name"], 120)
        if not name:
            raise Invalid("Give it a name.", field="pauses.name")
        if not pause["when"]:
            # Without a condition no clock would ever run.
            raise Invalid("Say when the clock stands still.", field="pauses.when")
        checked.append({"name": name, "when": dict(views.check(pause["when"], "lead"))})
    return checked
