"""Scores and their rules through the API."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from leadline.scoring import actions
from leadline.scoring.tests.inquiries import lead
from leadline.testing import Api
from leadline.workspaces.actor import Actor

As = Callable[[Actor], Api]


@pytest.fixture(autouse=True)
def set_up(ada: Actor) -> None:
    actions.set_up(ada)


def test_a_score_comes_with_reasons_and_history(ada: Actor, api: As) -> None:
    dana = lead(ada, source="referral")
    seen = api(ada).get(f"/leads/{dana.id}/score").json()

    assert (seen["score"], seen["fit"], seen["band"], seen["threshold"]) == (21, 21, "cold", 50)
    assert {r["label"]: r["points"] for r in seen["reasons"]} == {
        "Came from a referral": 15,
        "E-mail known": 6,
    }
    assert seen["history"][-1]["score"] == 21


def test_a_band_is_set_by_hand_with_a_reason(ada: Actor, api: As) -> None:
    dana = lead(ada)
    refused = api(ada).post(f"/leads/{dana.id}/bands", {"band": "hot"})
    assert (refused.status_code, refused.json()["field"]) == (422, "reason")
    assert api(ada).post(f"/leads/{dana.id}/bands", {"band": "lukewarm", "reason": "x"}).status_code == 422

    hot = api(ada).post(f"/leads/{dana.id}/bands", {"band": "hot", "reason": "Called back twice"})
    assert (hot.json()["band"], hot.json()["band_reason"]) == ("hot", "Called back twice")
    assert api(ada).post(f"/leads/{dana.id}/bands", {"band": None}).json()["band"] == "cold"


def test_rules_and_numbers_are_read_and_changed(ada: Actor, api: As, drain: Callable[[], int]) -> None:
    dana = lead(ada)
    seen = api(ada).get("/scoring").json()
    assert (seen["settings"]["hot"], seen["settings"]["half_life_days"]) == (70, 30)
    first = next(rule for rule in seen["rules"] if rule["group"] == "fit")
    assert first["name"] == "Came from a referral"
    assert "Referral" in first["sentence"]
    asked = next(rule for rule in seen["rules"] if rule["name"] == "Answered within 10 minutes")
    assert asked["sentence"] == "The person answers our message within 10 minutes; at most once in 365 days"

    made = api(ada).post("/scoring/rules", {"group": "fit", "name": "Everybody", "when": {}, "points": 7})
    assert made.status_code == 201
    drain()
    assert api(ada).get(f"/leads/{dana.id}/score").json()["score"] == 6 + 7
    path = f"/scoring/rules/{made.json()['id']}"
    assert api(ada).patch(path, {"points": 9, "version": 5}).status_code == 409
    assert api(ada).patch(path, {"enabled": False, "version": made.json()["version"]}).status_code == 200
    drain()
    assert api(ada).get(f"/leads/{dana.id}/score").json()["score"] == 6
    assert api(ada).delete(path).status_code == 204

    changed = api(ada).patch("/scoring/settings", {"hot": 60, "version": seen["settings"]["version"]})
    assert changed.json()["hot"] == 60
    assert api(ada).patch("/scoring/settings", {"hot": 10}).json()["field"] == "hot"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"group": "fit", "name": "x", "points": 1, "when": {"field": "nope", "op": "eq", "value": 1}}, None),
        ({"group": "engagement", "name": "x", "points": 1, "when": {"event": "sneeze"}}, "when.event"),
        (
            {"group": "engagement", "name": "x", "points": 1, "when": {"event": "reply", "window": "soon"}},
            "when.window",
        ),
        ({"group": "fit", "name": "x", "points": 101, "when": {}}, "points"),
        ({"group": "luck", "name": "x", "points": 1, "when": {}}, "group"),
        ({"group": "engagement", "name": "x", "points": 1, "when": {}}, "when.event"),
    ],
)
def test_a_rule_that_cannot_be_is_refused_by_field(
    ada: Actor, api: As, body: object, field: str | None
) -> None:
    refused = api(ada).post("/scoring/rules", body)
    assert refused.status_code == 422
    if field:
        assert refused.json()["field"] == field


def test_a_rep_sees_scores_but_changes_no_rules_and_a_stranger_finds_nothing(
    rita: Actor, ada: Actor, stranger: Actor, api: As
) -> None:
    dana = lead(ada, owner_id=rita.member_id)
    assert api(rita).get(f"/leads/{dana.id}/score").status_code == 200
    assert api(rita).patch("/scoring/settings", {"hot": 60}).status_code == 403
    assert (
        api(rita).post("/scoring/rules", {"group": "fit", "name": "x", "when": {}, "points": 1}).status_code
        == 403
    )
    assert api(stranger).get(f"/leads/{dana.id}/score").status_code == 404
    assert api(stranger).post(f"/leads/{dana.id}/bands", {"band": "hot", "reason": "x"}).status_code == 404


def test_a_draft_is_tried_published_and_gone(ada: Actor, api: As, drain: Callable[[], int]) -> None:
    lead(ada, source="referral")
    seen = api(ada).get("/scoring/draft").json()
    assert (seen["version"], seen["changes"]) == (0, 0)
    new = {
        "group": "fit",
        "name": "Referred",
        "points": 60,
        "when": {"field": "source", "op": "eq", "value": "referral"},
    }
    numbers = {**seen["numbers"], "fit_cap": 100}
    rules = [{k: v for k, v in rule.items() if k not in {"position", "sentence"}} for rule in seen["rules"]]
    saved = api(ada).put("/scoring/draft", {"numbers": numbers, "rules": [*rules, new]}).json()
    assert saved["changes"] == 2
    assert saved["rules"][-1]["sentence"] == "Source is Referral"

    told = api(ada).get("/scoring/draft/dry-run").json()
    assert (told["bands_moved"], told["became"]["hot"]) == (1, 1)
    published = api(ada).post("/scoring/editions", {"version": saved["version"]}).json()
    assert (published["number"], published["total"], published["counted"]) == (1, 1, 0)
    drain()
    assert api(ada).get("/scoring/editions").json()[0]["counted"] == 1
    assert api(ada).get("/scoring/draft").json()["version"] == 0
    assert api(ada).get("/scoring").json()["settings"]["fit_cap"] == 100


def test_a_draft_can_begin_with_a_shipped_set_and_be_dropped(ada: Actor, api: As) -> None:
    keys = [preset["key"] for preset in api(ada).get("/scoring/presets").json()]
    assert keys == ["b2b", "services", "e_commerce"]
    assert api(ada).put("/scoring/draft", {"preset": "services"}).json()["changes"] > 0
    assert api(ada).put("/scoring/draft", {"preset": "none"}).status_code == 422
    assert api(ada).delete("/scoring/draft").status_code == 204
    assert api(ada).get("/scoring/draft").json()["changes"] == 0
