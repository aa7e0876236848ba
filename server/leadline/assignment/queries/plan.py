"""What happens around the answer: the chain, the pauses and the first task."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from leadline.assignment import policy
from leadline.assignment.models import AnswerPlan
from leadline.assignment.rules import DEFAULT_CHAIN, ChainStep, chain_of
from leadline.engines.views import actions as views
from leadline.kit.errors import Invalid
from leadline.leads.models import Lead
from leadline.workspaces.actor import Actor

Test = tuple[str, Callable[[Lead], bool]]


@dataclass(frozen=True, kw_only=True)
class Plan:
    """The plan of a workspace; one that was never changed is the default."""

    chain: Sequence[ChainStep] = field(default_factory=lambda: chain_of(DEFAULT_CHAIN))
    pauses: Sequence[Mapping[str, Any]] = ()
    first_step: str = ""
    first_step_minutes: int | None = None

    def pause_of(self, actor: Actor, now: datetime) -> Callable[[Lead], str]:
        """Which pause holds for a lead, empty for none; one that cannot be read any more never holds."""
        tests: list[Test] = []
        for pause in self.pauses:
            try:
                tests.append((pause["name"], views.matcher(dict(pause["when"]), "lead", actor, now)))
            except Invalid:
                continue
        return lambda lead: next((name for name, holds in tests if holds(lead)), "")


def plan_from(stored: Mapping[str, Any] | None) -> Plan:
    """A stored plan."""
    if stored is None:
        return Plan()
    return Plan(
        chain=chain_of(stored["chain"]),
        pauses=stored["pauses"],
        first_step=stored["first_step"],
        first_step_minutes=stored["first_step_minutes"],
    )


def plan() -> Plan:
    """The plan of the running workspace, in one statement."""
    stored = AnswerPlan.objects.values("chain", "pauses", "first_step", "first_step_minutes").first()
    return plan_from(stored)


def answer_plan(actor: Actor) -> AnswerPlan:
    """The plan as it is set; the default one, not saved, where nobody has set any."""
    return policy.visible_plans(actor).first() or AnswerPlan(workspace_id=actor.workspace_id)
