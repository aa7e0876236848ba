"""Published leads: how good the prediction is on them. LEADLINE_SAMPLES names their folder."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from leadline.scoring.prediction.learning import Learned, Lesson, learn
from leadline.scoring.prediction.measure_files import on_unseen, read, without_twins

FOLDER = Path(os.environ.get("LEADLINE_SAMPLES", "samples"))
EDUCATION = FOLDER / "leads_xeducation" / "leads_part_a.csv"
DEALS = FOLDER / "pipeline_maven" / "sales_pipeline_as_of_2017-09-30.csv"
CALLS = FOLDER / "calls_bank" / "bank_calls_first_70_percent.csv.gz"
pytestmark = [
    pytest.mark.faults,
    pytest.mark.skipif(not FOLDER.exists(), reason="LEADLINE_SAMPLES names no folder with the files"),
]


def lesson(path: Path, outcome: str, won: str, key: str, **more: Any) -> Lesson:
    rows, outcomes = without_twins(*read(path, outcome, won, **more), key)
    return Lesson(rows=rows, outcomes=outcomes, trees=150)


@pytest.fixture(scope="module")
def education() -> Learned:
    return learn(lesson(EDUCATION, "Converted", "1", "Prospect ID"))


def test_leads_of_a_school_are_predicted_as_well_as_promised(education: Learned) -> None:
    assert education.measures is not None
    assert education.measures.auc >= 0.87
    assert education.measures.log_loss <= 0.43
    assert education.measures.brier <= 0.138
    assert education.measures.calibration_error <= 0.03


def test_everything_written_by_the_school_later_is_refused(education: Learned) -> None:
    refused = {one["key"] for one in education.refused}
    assert refused == {
        *("Tags", "Lead Quality", "Lead Profile", "Last Activity", "Last Notable Activity"),
        *("Asymmetrique Activity Index", "Asymmetrique Profile Index"),
        *("Asymmetrique Activity Score", "Asymmetrique Profile Score"),
    }


def test_another_half_is_predicted_as_well_as_was_measured() -> None:
    whole = lesson(EDUCATION, "Converted", "1", "Prospect ID")
    half = Lesson(rows=whole.rows[::2], outcomes=whole.outcomes[::2], trees=150)
    learned = learn(half)
    assert learned.measures is not None
    unseen = on_unseen(learned, whole.rows[1::2], whole.outcomes[1::2])
    assert abs(unseen["auc"] - learned.measures.auc) < 0.02
    assert unseen["calibration_error"] < 0.04


def test_deals_that_were_drawn_by_lot_have_no_usable_signal() -> None:
    assert not learn(lesson(DEALS, "deal_stage", "Won", "opportunity_id", lost="Lost")).useful


def test_calls_of_a_bank_are_warned_about_as_times_change() -> None:
    calls = lesson(CALLS, "y", "yes", "Cust_num")
    learned = learn(Lesson(rows=calls.rows, outcomes=calls.outcomes, trees=40))
    assert "duration" in {one["key"] for one in learned.refused}
    assert learned.drift["outcomes"]["happened"] > learned.drift["outcomes"]["predicted"]
    assert {"month", "contact"} <= {one["key"] for one in learned.drift["inputs"]}
