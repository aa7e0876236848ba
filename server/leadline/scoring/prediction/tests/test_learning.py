"""What the learning promises, on leads made up so that the truth is known."""

from __future__ import annotations

import json
import math
import random
from typing import Any

import pytest

from leadline.scoring.prediction import suspicion
from leadline.scoring.prediction.drifting import drift_of_inputs, drift_of_outcomes, shares, stability
from leadline.scoring.prediction.encoding import read_input
from leadline.scoring.prediction.learning import Learned, Lesson, Model, calibration_of, learn
from leadline.scoring.prediction.measuring import auc, calibration, calibration_error, lift, log_loss, measure

SOURCES = {"referral": 0.8, "website": 0.4, "list": 0.05}


def leads(count: int, seed: int = 3, **changed: float) -> Lesson:
    """Leads whose chance is known: by their source, and by how long they looked at the site."""
    chance = random.Random(seed)
    rows: list[dict[str, Any]] = []
    outcomes = []
    for _ in range(count):
        source = chance.choice(list(SOURCES))
        minutes = chance.randrange(60)
        rows.append({"source": source, "minutes": minutes, "dice": chance.randrange(1000)})
        outcomes.append(chance.random() < {**SOURCES, **changed}[source] * (0.5 + minutes / 60))
    return Lesson(rows=rows, outcomes=outcomes, trees=60)


@pytest.fixture(scope="module")
def learned() -> Learned:
    return learn(leads(1200))


def test_the_area_counts_pairs_in_the_right_order_and_ties_half() -> None:
    assert auc([0.1, 0.4, 0.35, 0.8], [False, False, True, True]) == 0.75
    assert auc([0.5, 0.5], [False, True]) == 0.5


def test_the_loss_of_a_coin_is_the_logarithm_of_two() -> None:
    assert math.isclose(log_loss([0.5, 0.5], [True, False]), math.log(2))


def test_honest_chances_have_no_calibration_error() -> None:
    table = calibration([0.25] * 4 + [0.75] * 4, [True] + [False] * 3 + [True] * 3 + [False])
    assert [(one.predicted, one.happened, one.count) for one in table] == [(0.25, 0.25, 4), (0.75, 0.75, 4)]
    assert calibration_error(table) == 0


def test_the_lift_says_how_many_times_better_than_average_the_top_is() -> None:
    outcomes = [True, True] + [False] * 8
    assert lift([9, 8, 7, 6, 5, 4, 3, 2, 1, 0], outcomes, 0.2) == 5.0
    assert lift([1] * 10, outcomes, 0.2) == 1.0


def test_what_tells_the_outcome_is_found_and_what_does_not_is_last(learned: Learned) -> None:
    assert learned.useful
    assert [factor["key"] for factor in learned.factors][-1] == "dice"
    assert learned.factors[0]["values"][0]["value"] in (["referral"], ["list"])


def test_leads_that_were_not_seen_are_predicted_as_well_as_measured(learned: Learned) -> None:
    assert learned.model is not None
    assert learned.measures is not None
    new = leads(2000, seed=9)
    unseen = measure([learned.model.judge(row)[0] for row in new.rows], new.outcomes)
    assert abs(unseen.auc - learned.measures.auc) < 0.03
    assert unseen.calibration_error < 0.05


def test_the_reasons_of_a_lead_add_up_to_its_distance_from_the_average(learned: Learned) -> None:
    assert learned.model is not None
    chance, parts = learned.model.judge({"source": "referral", "minutes": 55, "dice": 3})
    assert chance > 0.7
    assert max(parts, key=lambda key: abs(parts[key])) == "source"
    low, _ = learned.model.judge({"source": "list", "minutes": 1, "dice": 3})
    assert low < 0.15
    middle = chance - sum(parts.values())
    assert abs(middle - learned.model.base) < 0.1


def test_the_same_seed_learns_the_same_and_storing_it_changes_nothing() -> None:
    one, other = learn(leads(300)), learn(leads(300))
    assert one.as_json() == other.as_json()
    assert one.model is not None
    back = Model.from_json(json.loads(json.dumps(one.model.as_json())))
    row = {"source": "website", "minutes": 20, "dice": 500}
    assert math.isclose(back.judge(row)[0], one.model.judge(row)[0], abs_tol=1e-3)


def test_luck_is_not_taken_for_a_signal() -> None:
    lesson = leads(800)
    random.Random(5).shuffle(lesson.outcomes)
    assert not learn(lesson).useful


def test_twins_do_not_test_each_other() -> None:
    lesson = leads(200)
    random.Random(5).shuffle(lesson.outcomes)
    lesson.rows, lesson.outcomes = lesson.rows * 5, lesson.outcomes * 5
    apart = learn(lesson)
    lesson.groups = list(range(200)) * 5
    together = learn(lesson)
    assert apart.useful
    assert not together.useful


def test_a_field_written_while_a_lead_is_worked_is_refused() -> None:
    lesson = leads(400)
    for row, outcome in zip(lesson.rows, lesson.outcomes, strict=True):
        row["Lead Quality"] = "high" if row["minutes"] > 30 else "low"
        row["verdict"] = "will sign" if outcome else "never"
        row["budget"] = row["minutes"] if row["minutes"] % 2 else None
        row["sales_note"] = "x" if outcome else "y"
    lesson.late = {"budget": 150, "source": 2}
    lesson.refused = ["dice"]
    found = learn(lesson)
    assert {one["key"]: one["why"] for one in found.refused} == {
        "Lead Quality": "named_late",
        "verdict": "too_good",
        "budget": "written_later",
        "dice": "by_hand",
        "sales_note": "named_late",
    }
    assert {factor["key"] for factor in found.factors} == {"source", "minutes"}


def test_a_refused_field_comes_in_when_it_is_allowed_by_hand() -> None:
    lesson = leads(400)
    for row in lesson.rows:
        row["Lead Quality"] = "high" if row["minutes"] > 30 else "low"
    lesson.allowed = ["Lead Quality"]
    assert "Lead Quality" in {factor["key"] for factor in learn(lesson).factors}


def test_names_that_only_contain_a_late_word_are_not_refused() -> None:
    assert suspicion.named_late("Last Notable Activity")
    assert suspicion.named_late("סיבת סגירה")
    assert not suspicion.named_late("poutcome")
    assert not suspicion.named_late("Lead Source")
    assert not suspicion.named_late("stagecoach")


def test_nothing_to_learn_from_gives_no_model() -> None:
    found = learn(Lesson(rows=[{"a": "x"}] * 300, outcomes=[True, False] * 150, trees=10))
    assert found.model is None
    assert not found.useful


def test_other_leads_than_before_are_told_and_the_same_ones_are_not() -> None:
    before, after = leads(1000), leads(500, seed=8)
    read = read_input("source", [row["source"] for row in before.rows], least=10)
    assert read is not None
    typical = {"source": shares(read, [read.bucket(row["source"]) for row in before.rows])}
    assert drift_of_inputs([read], typical, after.rows) == []
    moved = [{**row, "source": "list" if n % 2 else row["source"]} for n, row in enumerate(after.rows)]
    assert [one["key"] for one in drift_of_inputs([read], typical, moved)] == ["source"]
    assert drift_of_inputs([read], typical, moved[:50]) == []


def test_equal_spreads_are_stable() -> None:
    assert stability([0.5, 0.5], [0.5, 0.5], 100) == 0


def test_outcomes_that_differ_from_what_was_predicted_are_told() -> None:
    outcomes = [n % 2 == 0 for n in range(400)]
    assert drift_of_outcomes([0.5] * 400, outcomes) is None
    assert drift_of_outcomes([0.3] * 400, outcomes) == {"predicted": 0.3, "happened": 0.5, "leads": 400}
    assert drift_of_outcomes([0.1] * 50, outcomes[:50]) is None


def test_calibration_stretches_timid_chances() -> None:
    raw = [0.4] * 100 + [0.6] * 100
    outcomes = [n < 10 for n in range(100)] + [n >= 10 for n in range(100)]
    slope, _ = calibration_of(raw, outcomes)
    assert slope > 3


@pytest.mark.parametrize("values", [["x"] * 100, [None] * 100, [True] * 100])
def test_a_field_with_one_value_is_no_input(values: list[Any]) -> None:
    assert read_input("field", values, least=10) is None


def test_ids_are_no_inputs_and_upper_case_is_no_difference() -> None:
    assert read_input("id", [f"id-{n}" for n in range(100)], least=10) is None
    read = read_input("source", ["Google", "google", "x", "x"] * 25, least=10)
    assert read is not None
    assert read.choices == ("google", "x")


def test_a_running_number_is_known_by_its_being_different_for_every_lead() -> None:
    assert suspicion.is_running_number([1000 - n for n in range(200)])
    assert not suspicion.is_running_number([n % 7 for n in range(200)])
    assert not suspicion.is_running_number([n / 3 for n in range(200)])
