"""How far a lead is qualified: what is known, what it is worth by the rules, and what is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from leadline.infra.language import worded
from leadline.leads import queries as lead_queries
from leadline.leads.rules import QUESTIONS as LABELS
from leadline.leads.rules import Answer
from leadline.scoring import queries
from leadline.scoring.models import ScoreSettings
from leadline.scoring.qualifying import HINTS, QUESTIONS
from leadline.scoring.queries import Rule
from leadline.scoring.rules import Group, Template, Weights
from leadline.workspaces.actor import Actor
from leadline.workspaces.queries import own_workspace


@dataclass(frozen=True, kw_only=True)
class Worth:
    """What an answer is worth."""

    state: str
    points: int


@dataclass(frozen=True, kw_only=True)
class Question:
    """A question, what is known, and what each answer gives."""

    key: str
    label: str
    hint: str
    state: str
    note: str
    points: int
    worth: Sequence[Worth]


@dataclass(frozen=True, kw_only=True)
class Qualification:
    """How far a lead is qualified, in percent, and whether its budget fits."""

    template: str
    questions: Sequence[Question]
    complete: int
    positive: int
    missing: Sequence[str]
    budget_minor: int | None
    price_minor: int
    currency: str
    least_budget: int
    poor_fit: bool


def qualification(actor: Actor, lead_id: UUID) -> Qualification:
    """The questions of the workspace with the answers of a lead; four statements."""
    lead = lead_queries.require_visible(actor, lead_id)
    config = queries.scoring()
    weights = config.weights if config else Weights()
    worth = _worth(config.of(Group.FIT) if config else ())
    template = Template(ScoreSettings.objects.values_list("template", flat=True).first() or "")
    questions = [_question(key, lead.qualification.get(key, {}), worth) for key in QUESTIONS[template]]
    currency = own_workspace(actor).currency
    return Qualification(
        template=template.value,
        questions=questions,
        complete=_share([question.state != "" for question in questions]),
        positive=_share([question.state == Answer.YES for question in questions]),
        missing=[question.label for question in questions if not question.state],
        budget_minor=lead.budget_minor,
        price_minor=queries.price_of(lead, weights, currency),
        currency=lead.currency or currency,
        least_budget=weights.least_budget,
        poor_fit=lead.poor_fit,
    )


def _question(key: str, answer: Mapping[str, str], worth: Mapping[tuple[str, str], int]) -> Question:
    state = answer.get("state", "")
    return Question(
        key=key,
        label=worded(LABELS[key]),
        hint=worded(HINTS[key]),
        state=state,
        note=answer.get("note", ""),
        points=worth.get((key, state), 0),
        worth=[Worth(state=one.value, points=worth.get((key, one.value), 0)) for one in Answer],
    )


def _worth(rules: Sequence[Rule]) -> dict[tuple[str, str], int]:
    """What rules give that ask for one answer and nothing else."""
    found: dict[tuple[str, str], int] = {}
    for rule in rules:
        field = str(rule.when.get("field", ""))
        if field.startswith("qualification.") and rule.when.get("op") == "eq":
            key = (field.removeprefix("qualification."), str(rule.when.get("value")))
            found[key] = found.get(key, 0) + rule.points
    return found


def _share(held: Sequence[bool]) -> int:
    return round(100 * sum(held) / len(held)) if held else 0
