"""PIP-04, 06, 08, 09, 10, P-05, CUS-01, 02, 04: pipelines of one's own, and what needs attention in them."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from leadline.kit import clock
from stories.company import Acme, Drain, Seat, ok


def stage_id(seat: Seat, name: str, pipeline: str = "Sales") -> str:
    found = next(one for one in ok(seat.get("/pipelines")) if one["name"] == pipeline)
    return str(next(stage["id"] for stage in found["stages"] if stage["name"] == name))


def cards(seat: Seat, **query: Any) -> list[str]:
    columns = ok(seat.get("/board", **query))["columns"]
    return sorted(card["name"] for column in columns for card in column["cards"])


def test_pip_04_a_company_shapes_its_stages_and_no_card_is_lost(acme: Acme) -> None:
    ola = acme.ola
    pipeline = ok(ola.get("/pipelines"))[0]["id"]
    visit = ok(ola.post("/stages", {"pipeline_id": pipeline, "name": "Site visit", "position": 1}))
    change = {"name": "Visit", "colour": "#123456", "probability": 30, "rots_after_days": 2, "position": 2}
    ok(ola.patch(f"/stages/{visit['id']}", change))
    shown = [(s["name"], s["colour"], s["probability"]) for s in ok(ola.get("/pipelines"))[0]["stages"]]
    assert shown[2] == ("Visit", "#123456", 30)

    lead = ola.add("Dana")
    ola.move(lead["id"], "Visit")
    assert ola.delete(f"/stages/{visit['id']}").json()["code"] == "stage_not_empty"
    assert ola.delete(f"/stages/{visit['id']}?to={ola.stage('Negotiation')}").status_code == 204
    assert ola.lead(lead["id"])["stage_name"] == "Negotiation"


def test_pip_04_a_second_pipeline_has_its_own_board_and_its_end_moves_its_leads(acme: Acme) -> None:
    ola = acme.ola
    partners = ok(ola.post("/pipelines", {"name": "Partners"}))["id"]
    lead = ola.add("Dana")
    ok(ola.post(f"/leads/{lead['id']}/moves", {"stage_id": stage_id(ola, "First Contact", "Partners")}))
    assert (cards(ola), cards(ola, pipeline=partners)) == ([], ["Dana"])
    assert ola.delete(f"/pipelines/{partners}?to={stage_id(ola, 'New Inquiry')}").status_code == 204
    assert cards(ola) == ["Dana"]


def test_pip_06_the_manager_sees_open_and_weighted_money_by_stage_and_rep(acme: Acme) -> None:
    rita, mona = acme.hire("Rita"), acme.hire("Mona", role="manager")
    lead = acme.ola.add("Dana", value_minor=200_000, owner_id=rita.id)
    money = ok(mona.get("/board/money"))
    assert (money["total"]["value_minor"], money["total"]["weighted_minor"]) == (200_000, 20_000)
    rita.move(lead["id"], "Quote Sent")
    money = ok(mona.get("/board/money"))
    assert [(row["of"]["name"], row["weighted_minor"]) for row in money["owners"]] == [("Rita", 100_000)]


def test_pip_08_cus_02_a_filter_is_saved_and_a_role_begins_with_it(acme: Acme) -> None:
    rita = acme.hire("Rita")
    tree = {
        "all": [
            {"field": "owner", "op": "eq", "value": "me"},
            {"field": "source", "op": "eq", "value": "referral"},
        ]
    }
    view = {
        "object": "lead",
        "name": "Mine, recommended",
        "filter": tree,
        "columns": ["name", "value"],
        "sort": "-score",
    }
    ok(acme.ola.post("/views", {**view, "sharing": "all", "default_for": ["rep"]}))
    acme.ola.add("Dana", source="referral", owner_id=rita.id)
    acme.ola.add("Noa", source="website", owner_id=rita.id)

    (seen,) = ok(rita.get("/views", object="lead"))
    assert (seen["default_for"], seen["columns"], seen["can_change"]) == (["rep"], ["name", "value"], False)
    asked = {"filter": json.dumps(seen["filter"])}
    assert [row["name"] for row in ok(rita.get("/leads", sort=seen["sort"], **asked))["items"]] == ["Dana"]
    assert cards(rita, **asked) == ["Dana"]


def test_pip_09_p_05_a_rotten_lead_is_found_with_one_click_until_a_note_is_written(acme: Acme) -> None:
    rita = acme.hire("Rita")
    lead = acme.ola.add("Dana", owner_id=rita.id)
    rita.move(lead["id"], "First Contact")
    clock.move(timedelta(days=4))
    assert cards(rita, view="rotten") == cards(rita, view="no_next") == ["Dana"]
    assert rita.lead(lead["id"])["days_over"] == 1

    ok(rita.post(f"/leads/{lead['id']}/notes", {"text": "Calls back on Monday"}))
    ok(rita.patch(f"/leads/{lead['id']}", {"next_step": "Wait for the call"}))
    assert cards(rita, view="rotten") == cards(rita, view="no_next") == []


def test_pip_10_a_stage_that_asks_for_a_value_gets_it_with_the_move(acme: Acme) -> None:
    ok(acme.ola.patch(f"/stages/{acme.ola.stage('Quote Sent')}", {"required_fields": ["value_minor"]}))
    rita = acme.hire("Rita")
    lead = acme.ola.add("Dana", owner_id=rita.id)
    refused = rita.post(f"/leads/{lead['id']}/moves", {"stage_id": rita.stage("Quote Sent")})
    assert (refused.status_code, refused.json()["fields"]) == (409, ["value_minor"])
    moved = rita.move(lead["id"], "Quote Sent", fields={"value_minor": 50_000})
    assert (moved["stage_name"], moved["value_minor"]) == ("Quote Sent", 50_000)


def test_cus_01_a_new_field_is_at_once_in_record_filter_and_stage(acme: Acme) -> None:
    ola = acme.ola
    field = ok(ola.post("/fields", {"object": "lead", "type": "number", "label": "Rooms"}))
    lead = ola.add("Dana", custom={"rooms": 4})
    assert ola.lead(lead["id"])["custom"] == {"rooms": 4}
    asked = json.dumps({"field": field["key"], "op": "gte", "value": 4})
    assert cards(ola, filter=asked) == ["Dana"]
    ok(ola.patch(f"/stages/{ola.stage('Quote Sent')}", {"required_fields": [field["key"]]}))
    ola.move(lead["id"], "Quote Sent")


def test_cus_04_an_automation_tags_by_interest_and_lists_are_filtered_by_the_tag(
    acme: Acme, drain: Drain
) -> None:
    body = {
        "name": "Tag",
        "enabled": True,
        "trigger": {"key": "lead.captured", "options": {}},
        "conditions": {"field": "interest", "op": "contains", "value": "roof"},
        "steps": [{"kind": "do", "action": "lead.add_tags", "with": {"tags": "roof, solar"}}],
    }
    ok(acme.ola.post("/automations", body))
    lead = acme.ola.add("Dana", interest="A new roof")
    acme.ola.add("Noa", interest="A kitchen")
    drain()
    assert acme.ola.lead(lead["id"])["tags"] == ["roof", "solar"]
    asked = json.dumps({"field": "tags", "op": "has_any", "value": ["solar"]})
    assert cards(acme.ola, filter=asked) == ["Dana"]
