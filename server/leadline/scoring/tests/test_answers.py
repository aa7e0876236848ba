"""What is found out about a lead qualifies it: points, what is missing, and whether the budget fits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from leadline.kit.errors import Invalid
from leadline.leads import actions as leads
from leadline.leads.models import Lead
from leadline.scoring import actions, qualified, queries
from leadline.scoring.models import ScoreDraft, ScoreRule
from leadline.scoring.rules import Weights
from leadline.scoring.tests.inquiries import lead
from leadline.scoring.tests.test_qualification import dates
from leadline.scoring.tests.test_scoring_leads import reasons
from leadline.workspaces.actor import Actor

pytestmark = pytest.mark.usefixtures("held")
Drain = Callable[[], int]


def answer(actor: Actor, lead: Lead, **answers: Any) -> None:
    given = {key: state if isinstance(state, dict) else {"state": state} for key, state in answers.items()}
    leads.change_lead(actor, lead.id, {"qualification": given})
    lead.refresh_from_db()


def test_answers_give_their_points_and_say_what_is_missing(ada: Actor) -> None:
    dana = lead(ada)
    before = dana.score
    answer(ada, dana, budget="yes", need={"state": "partly", "note": "For the new office"})

    assert dana.score == before + 10
    assert reasons(ada, dana)["Has the budget"] == 10
    seen = qualified.qualification(ada, dana.id)
    assert (seen.template, seen.complete, seen.positive) == ("bant", 50, 25)
    assert seen.missing == ["Decision maker", "Timeline"]
    budget, _, need, _ = seen.questions
    assert [(one.state, one.points) for one in budget.worth] == [("yes", 10), ("partly", 0), ("no", -10)]
    assert (budget.points, need.points, need.note) == (10, 0, "For the new office")


def test_an_answer_can_be_taken_back_and_the_others_stay(ada: Actor) -> None:
    dana = lead(ada)
    answer(ada, dana, budget="yes", authority="no")
    answer(ada, dana, budget=None)

    assert dana.qualification == {"authority": {"state": "no", "note": ""}}
    assert "Has the budget" not in reasons(ada, dana)
    with pytest.raises(Invalid) as refused:
        answer(ada, dana, shoe_size="yes")
    assert refused.value.field == "qualification.shoe_size"


def test_four_times_yes_makes_sql(ada: Actor, drain: Drain) -> None:
    dana = lead(ada)
    answer(ada, dana, budget="yes", authority="yes", need="yes")
    drain()
    assert dates(ada, dana) == []
    answer(ada, dana, timeline="yes")
    drain()
    assert dates(ada, dana) == [("SQL", True)]


def test_other_questions_bring_their_rules_once_and_a_draft_keeps_them(ada: Actor, drain: Drain) -> None:
    dana = lead(ada)
    in_force = queries.in_force(ada)
    actions.save_draft(ada, in_force["numbers"], in_force["rules"])
    rules = ScoreRule.objects.count()
    actions.change_settings(ada, {"template": "meddic"})
    actions.change_settings(ada, {"template": "bant"})
    actions.change_settings(ada, {"template": "meddic"})
    drain()

    assert ScoreRule.objects.count() == rules + 7 == len(ScoreDraft.objects.get().content["rules"])
    answer(ada, dana, champion="yes", budget="yes")
    seen = qualified.qualification(ada, dana.id)
    assert [question.key for question in seen.questions][:2] == ["metrics", "economic_buyer"]
    assert reasons(ada, dana).items() >= {"Somebody there wants us": 10, "Has the budget": 10}.items()


def test_a_budget_far_below_the_price_keeps_a_lead_from_being_hot(ada: Actor, drain: Drain) -> None:
    dana = lead(ada, source="referral", value_minor=20_000_000)
    actions.change_settings(ada, {"warm": 10, "hot": 20})
    drain()
    assert Lead.objects.get(id=dana.id).band == "hot"

    leads.change_lead(ada, dana.id, {"budget_minor": 1_000_000})
    dana.refresh_from_db()
    assert (dana.band, dana.poor_fit, dana.score) == ("cold", True, 31)
    leads.change_lead(ada, dana.id, {"budget_minor": 10_000_000})
    dana.refresh_from_db()
    assert (dana.band, dana.poor_fit) == ("hot", False)


def test_the_usual_price_judges_leads_without_a_value_and_a_recount_agrees(ada: Actor, drain: Drain) -> None:
    poor, rich, unknown = lead(ada, "Poor"), lead(ada, "Rich"), lead(ada, "Unknown")
    for one, budget in ((poor, 2**62), (rich, 4_000_000)):
        leads.change_lead(ada, one.id, {"budget_minor": budget})
    leads.change_lead(ada, poor.id, {"budget_minor": 100_000})
    actions.change_settings(ada, {"price_minor": 5_000_000, "least_budget": 60})
    drain()

    found = dict(Lead.objects.values_list("name", "poor_fit"))
    assert found == {"Poor": True, "Rich": False, "Unknown": False}
    assert qualified.qualification(ada, unknown.id).price_minor == 5_000_000
    # One by one it comes to the same.
    actions.score(ada.workspace_id, [poor.id, rich.id, unknown.id])
    assert dict(Lead.objects.values_list("name", "poor_fit")) == found


@pytest.mark.parametrize(
    ("budget", "price", "poor"),
    [(None, 200, False), (0, 0, False), (10, 200, True), (99, 200, True), (100, 200, False)],
)
def test_only_a_stated_budget_against_a_known_price_can_be_too_small(
    budget: int | None, price: int, poor: bool
) -> None:
    assert Weights().is_poor_fit(budget, price) is poor
