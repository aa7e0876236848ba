"""The reasons always add up to the score, which stays within its caps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from leadline.scoring.rules import Weights, faded, fit_changes, given_for_fit, in_window, standing

NOW = datetime(2026, 1, 7, 10, tzinfo=UTC)
RULES = [uuid4() for _ in range(4)]


@dataclass
class Given:
    group: str
    kind: str
    rule_id: UUID | None
    label: str
    points: int
    at: datetime


entries = st.lists(
    st.builds(
        Given,
        group=st.sampled_from(["fit", "engagement", "fading"]),
        kind=st.sampled_from(["open", "reply", ""]),
        rule_id=st.sampled_from(RULES),
        label=st.sampled_from(["a", "b"]),
        points=st.integers(-40, 40),
        at=st.integers(0, 200).map(lambda days: NOW - timedelta(days=days)),
    ),
    max_size=30,
)


@given(entries)
def test_the_reasons_add_up_and_the_caps_hold(given_entries: list[Given]) -> None:
    found = standing(given_entries, Weights(), NOW)
    assert sum(reason.points for reason in found.reasons) == found.score
    assert 0 <= found.fit <= 50
    assert 0 <= found.engagement <= 50


@given(entries)
def test_until_it_says_so_time_changes_nothing_but_by_a_day(given_entries: list[Given]) -> None:
    found = standing(given_entries, Weights(), NOW)
    if found.fades_at is None:
        assert found.engagement == 0
    else:
        assert found.fades_at >= NOW + timedelta(days=1)


def test_points_halve_every_thirty_days() -> None:
    assert faded(20, NOW - timedelta(days=30), NOW, 30) == 10
    assert faded(20, NOW + timedelta(days=3), NOW, 30) == 20


@given(st.dictionaries(st.sampled_from(RULES), st.integers(-20, 20), max_size=4), entries)
def test_after_its_changes_the_fit_is_the_sum_of_the_matching_rules(
    matching: dict[UUID, int], known: list[Given]
) -> None:
    wanted = {rule_id: ("rule", points) for rule_id, points in matching.items()}
    changes = fit_changes(wanted, given_for_fit(known))
    after = [e for e in known if e.group == "fit"]
    after += [Given("fit", "", rule_id, label, points, NOW) for rule_id, label, points in changes]
    for rule_id in RULES:
        assert sum(e.points for e in after if e.rule_id == rule_id) == matching.get(rule_id, 0)
    assert fit_changes(wanted, given_for_fit(after)) == []


def test_a_window_counts_to_both_sides() -> None:
    day = timedelta(days=1)
    assert in_window(NOW, [NOW - timedelta(hours=23)], day)
    assert in_window(NOW, [NOW + timedelta(hours=23)], day)
    assert not in_window(NOW, [NOW - day], day)
    assert not in_window(NOW, [NOW], None)
