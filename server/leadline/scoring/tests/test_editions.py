"""A draft changes nothing, its dry run tells the truth, and publishing counts everybody anew."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leadline.infra.models import EventRow
from leadline.kit import clock
from leadline.kit.errors import Conflict, Forbidden, Invalid
from leadline.leads.models import Lead
from leadline.leads.rules import Band
from leadline.scoring import actions, queries
from leadline.scoring.actions import recounting
from leadline.scoring.models import ScoreDraft, ScoreEdition, ScoreEntry, ScoreRule
from leadline.scoring.presets import PRESETS
from leadline.scoring.rules import standing
from leadline.scoring.tests.inquiries import lead
from leadline.scoring.tests.test_scoring_leads import message, state
from leadline.scoring.trying import dry_run
from leadline.workspaces.actor import Actor

pytestmark = pytest.mark.usefixtures("held")

REFERRED = {"field": "source", "op": "eq", "value": "referral"}


def rule(name: str = "Referred", points: int = 60, when: dict[str, Any] | None = None) -> dict[str, Any]:
    return {"group": "fit", "name": name, "points": points, "when": when if when is not None else REFERRED}


def content(ada: Actor, *more: dict[str, Any], **numbers: int) -> dict[str, Any]:
    actions.set_up(ada)
    present = queries.in_force(ada)
    return actions.checked_content({**present["numbers"], **numbers}, [*present["rules"], *more])


def save(ada: Actor, *more: dict[str, Any], **numbers: int) -> ScoreDraft:
    wanted = content(ada, *more, **numbers)
    return actions.save_draft(ada, wanted["numbers"], wanted["rules"])


def test_a_draft_changes_nothing_and_its_dry_run_says_who_would_move(
    ada: Actor, drain: Callable[[], int]
) -> None:
    hot, cold = lead(ada, "Hot", source="referral"), lead(ada, "Cold")
    draft = save(ada, rule(), fit_cap=100)
    drain()
    found = dry_run(ada, draft.content)

    assert (found.leads, found.bands_moved, found.became["hot"], found.ready) == (2, 1, 1, 1)
    assert [(one.name, one.band, one.new_band) for one in found.examples] == [(hot.name, "cold", "hot")]
    hot.refresh_from_db()
    assert (hot.score, hot.band) == (21, "cold")
    assert EventRow.objects.filter(name="BandChanged").count() == 0
    assert not ScoreEntry.objects.filter(label="Referred").exists()
    assert Lead.objects.get(id=cold.id).score == 6


def test_publishing_counts_everybody_anew_and_shows_how_far_it_is(
    ada: Actor, drain: Callable[[], int]
) -> None:
    hot = lead(ada, "Hot", source="referral")
    lead(ada, "Cold")
    save(ada, rule(), fit_cap=100)
    edition = actions.publish(ada)
    assert (edition.number, edition.total, edition.counted, edition.done_at) == (1, 2, 0, None)
    drain()

    hot.refresh_from_db()
    edition.refresh_from_db()
    assert (hot.score, hot.band, hot.ready_at) == (81, "hot", clock.now())
    assert (edition.counted, edition.done_at) == (2, clock.now())
    assert [e.label for e in queries.explanation(ada, hot.id).history][-1] == "Referred"
    assert EventRow.objects.filter(name="BandChanged").count() == 1
    assert queries.draft(ada) is None


def test_very_many_are_counted_in_two_parts_and_the_edition_is_done_with_the_last(
    ada: Actor, drain: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recounting, "PIECE", 2)
    for n in range(5):
        lead(ada, f"Lead {n}", source="referral")
    save(ada, rule(), fit_cap=100)
    edition = actions.publish(ada)
    drain()

    edition.refresh_from_db()
    assert (edition.total, edition.counted, edition.parts_left) == (5, 5, 0)
    assert edition.done_at == clock.now()
    assert {one.score for one in Lead.objects.all()} == {81}
    # Told again, nothing begins anew.
    actions.recount(workspace_id=str(ada.workspace_id), edition_id=str(edition.id))
    assert drain() == 0


def test_a_rule_that_is_gone_takes_back_what_it_gave_by_its_name(
    ada: Actor, drain: Callable[[], int]
) -> None:
    dana = lead(ada, source="referral")
    actions.delete_rule(ada, ScoreRule.objects.get(name="Came from a referral").id)
    drain()
    gone = ScoreEntry.objects.filter(lead=dana, label="Came from a referral").order_by("id")
    assert [entry.points for entry in gone] == [15, -15]
    assert Lead.objects.get(id=dana.id).score == 6


def test_an_edition_replaces_the_rules_and_can_be_taken_back(ada: Actor, drain: Callable[[], int]) -> None:
    dana = lead(ada, source="referral")
    before = queries.in_force(ada)
    save(ada)
    first = actions.publish(ada)
    actions.save_draft(ada, {}, [rule(points=12)])
    actions.publish(ada)
    drain()
    dana.refresh_from_db()
    assert (dana.score, ScoreRule.objects.count()) == (12, 1)

    actions.take_back(ada, first.id)
    actions.publish(ada)
    drain()
    dana.refresh_from_db()
    assert dana.score == 21
    assert _named(queries.in_force(ada)) == _named(before)
    assert [edition.number for edition in queries.editions(ada)] == [3, 2, 1]


def _named(content: dict[str, Any]) -> list[tuple[str, str, int]]:
    return [(rule["id"], rule["name"], rule["points"]) for rule in content["rules"]]


def test_nothing_to_publish_and_a_draft_somebody_else_changed_are_refused(ada: Actor) -> None:
    actions.set_up(ada)
    with pytest.raises(Conflict):
        actions.publish(ada)
    draft = save(ada)
    save(ada, rule())
    with pytest.raises(Conflict):
        actions.publish(ada, draft.version)
    assert not ScoreEdition.objects.exists()


def test_a_draft_is_checked_like_the_rules_in_force(ada: Actor) -> None:
    with pytest.raises(Invalid):
        actions.save_draft(ada, {"hot": 40, "warm": 50}, [])
    with pytest.raises(Invalid):
        actions.save_draft(ada, {}, [rule(points=101)])
    with pytest.raises(Invalid):
        actions.save_draft(ada, {}, [rule(when={"field": "nothing", "op": "eq", "value": "x"})])
    assert queries.draft(ada) is None


@pytest.mark.parametrize("key", list(PRESETS))
def test_every_shipped_set_of_rules_can_be_published(ada: Actor, key: str, drain: Callable[[], int]) -> None:
    dana = lead(ada, source="referral")
    actions.begin_with_preset(ada, key)
    actions.publish(ada)
    drain()
    dana.refresh_from_db()
    assert ScoreRule.objects.count() == len(PRESETS[key].rules)
    assert dana.score > 0


FILTERS = [
    {},
    REFERRED,
    {"field": "contact.email", "op": "is_not_empty"},
    {"field": "value_minor", "op": "gte", "value": 500_000},
    {"any": [REFERRED, {"field": "interest", "op": "contains", "value": "roof"}]},
    {"not": {"field": "campaign", "op": "is_not_empty"}},
]
RULES = st.lists(
    st.tuples(st.sampled_from(FILTERS), st.integers(-100, 100).filter(bool), st.booleans()), max_size=6
)
NUMBERS = st.fixed_dictionaries(
    {
        "fit_cap": st.integers(0, 150),
        "engagement_cap": st.integers(0, 80),
        "opens_cap": st.integers(0, 8),
        "half_life_days": st.integers(1, 90),
        "hot": st.integers(40, 120),
        "warm": st.integers(1, 40),
        "ready": st.integers(1, 120),
    }
)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(wanted=RULES, numbers=NUMBERS, days=st.integers(0, 40))
def test_what_a_dry_run_foretells_is_what_publishing_does(
    ada: Actor, drain: Callable[[], int], wanted: list[Any], numbers: dict[str, int], days: int
) -> None:
    if not Lead.objects.exists():
        _people(ada)
    clock.move(timedelta(days=days))
    rules = [
        {**rule(f"Rule {n}", points, when), "enabled": on} for n, (when, points, on) in enumerate(wanted)
    ]
    draft = actions.save_draft(ada, numbers, rules)
    before = {one.id: one for one in Lead.objects.all()}
    told = dry_run(ada, draft.content)
    actions.publish(ada)
    drain()

    after = list(Lead.objects.all())
    moved = [one for one in after if one.band != before[one.id].band]
    assert told.leads == len(after)
    assert told.bands_moved == len(moved)
    assert told.became["hot"] == sum(one.band == "hot" for one in moved)
    assert told.scores_changed == sum(one.score != before[one.id].score for one in after)
    assert told.ready == sum(one.ready_at is not None and before[one.id].ready_at is None for one in after)
    _agree_with_the_sum(after)


def _people(ada: Actor) -> None:
    talked = lead(ada, "Talked", source="referral", interest="A roof")
    for days in (20, 9, 3):
        message(talked, at=clock.now() - timedelta(days=days))
    opened = lead(ada, "Opened", campaign="Spring")
    for _ in range(7):
        state(opened, "read")
        clock.move(timedelta(hours=2))
    lead(ada, "Quiet")
    by_hand = lead(ada, "By hand", source="referral")
    actions.set_band(ada, by_hand.id, Band.WARM, "Knows the boss")


def _agree_with_the_sum(after: list[Lead]) -> None:
    """The database counted what the plain arithmetic of one lead counts, and its lines add up."""
    scoring = queries.scoring()
    assert scoring is not None
    entries = queries.entries_of([one.id for one in after])
    for one in after:
        stands = standing(entries.get(one.id, []), scoring.weights, clock.now())
        assert (one.fit, one.engagement, one.score) == (stands.fit, stands.engagement, stands.score)
        assert sum(reason.points for reason in stands.reasons) == one.score


def test_a_rep_neither_sees_nor_tries_drafts(ada: Actor, rita: Actor) -> None:
    draft = save(ada)
    with pytest.raises(Forbidden):
        dry_run(rita, draft.content)
    with pytest.raises(Forbidden):
        actions.save_draft(rita, {}, [])
