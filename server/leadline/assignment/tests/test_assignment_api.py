"""Owners, rules, policies and hours through the API."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest

from leadline.assignment import actions
from leadline.assignment.tests.inquiries import lead
from leadline.testing import Api
from leadline.workspaces.actor import Actor
from leadline.workspaces.models import Team

As = Callable[[Actor], Api]


@pytest.fixture(autouse=True)
def set_up(ada: Actor) -> None:
    actions.set_up(ada)


def test_a_lead_says_who_has_it_and_why(rita: Actor, mona: Actor, api: As) -> None:
    dana = lead(mona)
    seen = api(mona).get(f"/leads/{dana.id}/assignment").json()

    assert seen["owner"] == {"id": str(rita.member_id), "name": "Rita"}
    assert seen["text"] == "to Rita: Everyone else → team Sales, next in turn"
    assert [rule["outcome"] for rule in seen["simulation"]["rules"]] == ["nobody knows the person", "decides"]
    assert seen["simulation"]["would_go_to"]["name"] == "Rita"


def test_the_lead_page_shows_the_clock(rita: Actor, mona: Actor, api: As) -> None:
    dana = lead(mona)
    clock = api(mona).get(f"/leads/{dana.id}").json()["sla"]

    assert (clock["state"], clock["policy"]) == ("running", "Cold: answer within 2 days")


def test_a_manager_gives_a_lead_to_somebody_else(rita: Actor, omer: Actor, mona: Actor, api: As) -> None:
    dana = lead(mona)
    given = api(mona).post(f"/leads/{dana.id}/assignments", {"owner_id": omer.member_id})
    assert given.status_code == 201
    assert given.json()["owner"]["name"] == "Omer"
    nobody = api(mona).post(f"/leads/{dana.id}/assignments", {"owner_id": uuid4()})
    assert (nobody.status_code, nobody.json()["field"]) == (422, "owner_id")
    assert api(mona).post(f"/leads/{dana.id}/assignments", {}).status_code == 422


def test_rules_are_made_changed_and_removed(rita: Actor, ada: Actor, api: As) -> None:
    body = {
        "name": "Facebook to Rita",
        "when": {"field": "source", "op": "eq", "value": "facebook"},
        "target": {"kind": "member", "member_id": rita.member_id},
    }
    made = api(ada).post("/assignment-rules", body)
    assert made.status_code == 201
    assert "Facebook" in made.json()["sentence"]
    path = f"/assignment-rules/{made.json()['id']}"
    assert [r["name"] for r in api(ada).get("/assignment-rules").json()] == [
        "People we know",
        "Facebook to Rita",
        "Everyone else",
    ]

    off = api(ada).patch(path, {"enabled": False, "version": made.json()["version"]})
    assert (off.status_code, off.json()["enabled"]) == (200, False)
    assert api(ada).patch(path, {"enabled": True, "version": made.json()["version"]}).status_code == 409
    assert api(ada).delete(path).status_code == 204
    assert api(ada).delete(path).status_code == 404


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"name": "x", "target": {"kind": "nobody"}}, "target.kind"),
        ({"name": "x", "target": {"kind": "team"}}, "target.team_id"),
        ({"name": "x", "target": {"kind": "member", "member_id": str(uuid4())}}, "target.member_id"),
        ({"name": " ", "target": {"kind": "contact_owner"}}, "name"),
    ],
)
def test_a_rule_that_cannot_be_is_refused_by_field(ada: Actor, api: As, body: object, field: str) -> None:
    refused = api(ada).post("/assignment-rules", body)
    assert (refused.status_code, refused.json()["field"]) == (422, field)


def test_hours_and_policies_are_set(ada: Actor, api: As) -> None:
    assert api(ada).get("/business-hours").json()["is_set"] is False
    hours = api(ada).patch(
        "/business-hours", {"weekly": {"sun": [["09:00", "17:00"]]}, "timezone": "Asia/Jerusalem"}
    )
    assert (hours.status_code, hours.json()["is_set"]) == (200, True)
    wrong = api(ada).patch("/business-hours", {"weekly": {"sun": [["9", "nine"]]}})
    assert (wrong.status_code, wrong.json()["field"]) == (422, "weekly.sun")
    assert api(ada).patch("/business-hours", {"timezone": "Mars"}).status_code == 422

    hot = api(ada).get("/sla-policies").json()[0]
    assert (hot["band"], hot["minutes"], hot["clock"]) == ("hot", 60, "business")
    assert api(ada).patch(f"/sla-policies/{hot['id']}", {"minutes": 30}).json()["minutes"] == 30
    assert api(ada).patch(f"/sla-policies/{hot['id']}", {"minutes": 0}).status_code == 422
    assert api(ada).patch(f"/sla-policies/{hot['id']}", {"clock": "lunar"}).status_code == 422


def test_a_rep_changes_no_rules_and_a_stranger_finds_nothing(
    rita: Actor, sam: Actor, mona: Actor, stranger: Actor, api: As
) -> None:
    assert api(rita).get("/assignment-rules").status_code == 403
    assert api(mona).patch("/business-hours", {"holidays": ["2026-04-02"]}).status_code == 403
    dana = lead(mona, owner_id=rita.member_id)
    assert api(stranger).get(f"/leads/{dana.id}/assignment").status_code == 404
    assert api(stranger).post(f"/leads/{dana.id}/assignments", {"team_id": uuid4()}).status_code == 404
    assert api(sam).get(f"/leads/{dana.id}/assignment").status_code == 404


def test_a_team_that_a_rule_names_is_not_removed(
    rita: Actor, ada: Actor, api: Callable[[Actor], Api]
) -> None:
    north = Team.objects.get(name="North")
    target = {"kind": "team", "team_id": north.id}
    actions.create_rule(ada, {"name": "To North", "when": {}, "target": target})

    answer = api(ada).delete(f"/teams/{north.id}")
    assert (answer.status_code, answer.json()["code"]) == (409, "team_in_use")
    assert Team.objects.filter(id=north.id).exists()
