"""Leads over HTTP: lists, pages, conflicts, and who sees what."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from leadline.kit import clock
from leadline.leads import actions, queries
from leadline.leads.ports import ScoreOf
from leadline.leads.tests import people
from leadline.testing import Api
from leadline.workspaces.actor import Actor

Client = Callable[[Actor], Api]


def names(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.content
    return [row["name"] for row in answer.json()["items"]]


def test_a_lead_page_holds_everything(rita: Actor, api: Client) -> None:
    lead = people.lead(rita, "Dana Levi", identities={"phone": "0501234567"}, utm={"source": "g"}, text="Hi")

    answer = api(rita).get(f"/leads/{lead.id}")

    body = answer.json()
    assert answer["ETag"] == '"1"'
    assert body["contact"]["identities"] == [
        {"kind": "phone", "value": "+972501234567", "shown": "+972501234567", "primary": True}
    ]
    assert (body["utm"], body["text"], body["first_source"]) == ({"source": "g"}, "Hi", "website")
    assert body["owner"] == {"id": str(rita.member_id), "name": "Rita"}
    assert body["stages"][0]["name"] == "New Inquiry"
    assert body["can"] == {"change": True, "delete": False, "send": True}
    assert body["sla"]["state"] in {"none", "running"}
    assert body["version"] == 1


def test_a_change_with_an_old_version_answers_with_the_present_record(rita: Actor, api: Client) -> None:
    lead = people.lead(rita, "Dana")
    client = api(rita)
    assert client.patch(f"/leads/{lead.id}", {"version": 1, "interest": "Roof"}).json()["interest"] == "Roof"

    answer = client.patch(f"/leads/{lead.id}", {"version": 1, "interest": "Wall"})

    assert answer.status_code == 409
    assert (answer.json()["code"], answer.json()["current"]["interest"]) == ("conflict", "Roof")
    assert answer.json()["current"]["version"] == 2
    again = client.patch(
        f"/leads/{lead.id}", {"version": 2, "interest": "Wall", "contact": {"city": "Haifa"}}
    )
    assert (again.json()["interest"], again.json()["city"]) == ("Wall", "Haifa")


def test_an_unknown_field_is_refused_by_name(rita: Actor, api: Client) -> None:
    lead = people.lead(rita, "Dana")

    answer = api(rita).patch(f"/leads/{lead.id}", {"shoe_size": 38})

    assert (answer.status_code, answer.json()["code"], answer.json()["field"]) == (
        422,
        "unknown_field",
        "shoe_size",
    )


def test_a_move_over_http_needs_its_reason(rita: Actor, api: Client) -> None:
    lead, client = people.lead(rita, "Dana"), api(rita)
    lost = {"stage_id": str(people.stage("Closed lost").id)}

    refused = client.post(f"/leads/{lead.id}/moves", lost)
    assert (refused.status_code, refused.json()["code"]) == (409, "loss_reason_required")

    reason = client.get("/loss-reasons").json()[0]
    moved = client.post(f"/leads/{lead.id}/moves", {**lost, "lost": {"reason_id": reason["id"]}})
    assert (moved.status_code, moved.json()["loss_reason"]["name"], moved.json()["status"]) == (
        200,
        "Price",
        "lost",
    )


def test_a_colleague_of_another_team_and_a_stranger_get_404(
    rita: Actor, sam: Actor, stranger: Actor, api: Client
) -> None:
    lead = people.lead(rita, "Dana")

    for who in (sam, stranger):
        client = api(who)
        assert client.get(f"/leads/{lead.id}").status_code == 404
        assert client.patch(f"/leads/{lead.id}", {"name": "x"}).status_code == 404
        assert client.get(f"/leads/{lead.id}/timeline").status_code == 404
        assert client.get(f"/contacts/{lead.contact_id}").status_code == 404
        assert names(client.get("/leads")) == []
    assert api(rita).get("/leads").json()["total"] == 1


def test_notes_and_timeline(rita: Actor, api: Client) -> None:
    lead, client = people.lead(rita, "Dana", text="Hi"), api(rita)

    note = client.post(f"/leads/{lead.id}/notes", {"text": "Nice person"})
    assert note.status_code == 201
    assert note.json()["actor"] == {"id": str(rita.member_id), "name": "Rita"}

    entries = client.get(f"/leads/{lead.id}/timeline").json()["items"]
    assert {"note", "inquiry"} <= {entry["kind"] for entry in entries}
    only = client.get(f"/leads/{lead.id}/timeline", kinds="note").json()["items"]
    assert [entry["text"] for entry in only] == ["Nice person"]


def test_deleting_and_restoring(mona: Actor, api: Client) -> None:
    lead, client = people.lead(mona, "Dana"), api(mona)

    assert client.delete(f"/leads/{lead.id}").status_code == 204
    assert client.get(f"/leads/{lead.id}").status_code == 404
    assert client.post(f"/leads/{lead.id}/restorations").json()["name"] == "Dana"


@pytest.mark.parametrize(
    "sort", ["-inbound_at", "name", "-value_minor", "score", "-last_activity_at", "next_step_at"]
)
def test_a_list_is_paged_without_gaps_in_every_order(
    rita: Actor, api: Client, held: datetime, sort: str
) -> None:
    for i in range(7):
        people.lead(rita, f"P{i}", value_minor=100 * (i % 3))
        clock.move(timedelta(minutes=i % 2))
    client, seen, cursor = api(rita), [], None
    while True:
        answer = client.get("/leads", sort=sort, limit=2, **({"cursor": cursor} if cursor else {}))
        seen += names(answer)
        cursor = answer.json()["next_cursor"]
        if cursor is None:
            break

    assert sorted(seen) == [f"P{i}" for i in range(7)]
    assert seen == names(client.get("/leads", sort=sort, limit=50))


def test_the_tabs_above_the_list(rita: Actor, omer: Actor, api: Client, held: datetime) -> None:
    old = people.lead(rita, "Old")
    people.lead(rita, "Answered")
    clock.move(timedelta(hours=3))
    fresh = people.lead(omer, "Fresh")
    answered = queries.leads_page(rita, {"field": "name", "op": "eq", "value": "Answered"}).items[0].id
    actions.note_touch([answered], rita.member_id, "phone", clock.now())
    actions.apply_scores(
        [ScoreOf(lead_id=fresh.id, fit=50, engagement=30, score=80, band="hot", ready_at=clock.now())]
    )

    client = api(rita)
    assert set(names(client.get("/leads", view="mine"))) == {"Old", "Answered"}
    assert set(names(client.get("/leads", view="new"))) == {"Old", "Fresh"}
    assert names(client.get("/leads", view="ready")) == ["Fresh"]
    assert names(client.get("/leads", view="untouched")) == [old.name]
    assert client.get("/leads", view="odd").status_code == 422


def test_filters_search_and_totals_agree(rita: Actor, api: Client) -> None:
    people.lead(rita, "Dana Levi", identities={"phone": "050-1234567"}, source="referral")
    people.lead(rita, "Eli Bar", value_minor=900)
    client = api(rita)

    rich = client.get("/leads", filter={"field": "value_minor", "op": "gt", "value": 100})
    assert (names(rich), rich.json()["total"]) == (["Eli Bar"], 1)
    assert names(client.get("/leads", q="dana")) == ["Dana Levi"]
    assert names(client.get("/leads", q="0501234567")) == ["Dana Levi"]
    assert names(
        client.get("/leads", filter={"field": "contact.phone", "op": "contains", "value": "1234"})
    ) == ["Dana Levi"]
    bad = client.get("/leads", filter={"field": "shoe", "op": "eq", "value": 1})
    assert bad.status_code == 422


def test_a_list_of_spam_is_a_filter(rita: Actor, api: Client) -> None:
    lead = people.lead(rita, "Dana")
    assert api(rita).post(f"/leads/{lead.id}/spam-marks").status_code == 204

    assert names(api(rita).get("/leads")) == []
    assert names(api(rita).get("/leads", filter={"field": "status", "op": "eq", "value": "spam"})) == ["Dana"]


def test_what_every_page_costs(rita: Actor, statements: Callable[[], Any]) -> None:
    leads = [people.lead(rita, f"P{i}", identities={"email": f"p{i}@firm{i}.co"}) for i in range(20)]

    costs = {}
    reads: dict[str, Callable[[], object]] = {
        "list": lambda: queries.leads_page(rita, limit=20),
        "filtered list": lambda: queries.leads_page(
            rita, {"field": "score", "op": "gte", "value": 0}, limit=5
        ),
        "column": lambda: queries.column_page(rita, leads[0].stage_id),
        "page": lambda: queries.lead_page(rita, leads[0].id),
    }
    for name, read in reads.items():
        with statements() as seen:
            read()
        costs[name] = len(seen)

    assert costs["list"] == costs["filtered list"] == costs["column"] == 3
    assert costs["page"] <= 10


def test_pipelines_stages_and_reasons_are_set_up_by_administrators(
    ada: Actor, rita: Actor, api: Client
) -> None:
    actions.set_up_pipeline(ada)
    client = api(ada)
    (pipeline,) = client.get("/pipelines").json()

    made = client.post("/stages", {"pipeline_id": pipeline["id"], "name": "Site visit", "probability": 40})
    assert made.status_code == 201
    stages = [stage["name"] for stage in client.get("/pipelines").json()[0]["stages"]]
    assert stages.index("Site visit") == 4
    moved = client.patch(f"/stages/{made.json()['id']}", {"position": 1, "rots_after_days": 2, "version": 1})
    assert (moved.json()["position"], moved.json()["rots_after_days"]) == (1, 2)
    stages = [stage["name"] for stage in client.get("/pipelines").json()[0]["stages"]]
    assert stages.index("Site visit") == 1
    assert (
        client.post("/stages", {"pipeline_id": pipeline["id"], "name": "Site visit"}).json()["code"]
        == "name_taken"
    )
    assert client.patch(f"/stages/{made.json()['id']}", {"name": "x", "version": 1}).status_code == 409
    assert client.delete(f"/stages/{made.json()['id']}").status_code == 204
    assert client.post("/loss-reasons", {"name": "Moved away"}).status_code == 201
    assert client.post("/pipelines", {"name": "Partners"}).json()["stages"][0]["name"] == "New Inquiry"
    assert api(rita).post("/loss-reasons", {"name": "x"}).status_code == 403
    assert {"key": "google_ads", "label": "Google Ads"} in client.get("/sources").json()


def test_a_board_over_http(rita: Actor, api: Client) -> None:
    people.lead(rita, "Dana", value_minor=100)

    board = api(rita).get("/board").json()
    column = board["columns"][0]
    assert (column["count"], column["value"], column["cards"][0]["name"]) == (
        1,
        [{"currency": "ILS", "minor": 100}],
        "Dana",
    )
    more = api(rita).get(f"/board/columns/{column['stage']['id']}").json()
    assert [card["name"] for card in more["cards"]] == ["Dana"]


def test_contacts_over_http(rita: Actor, api: Client) -> None:
    lead = people.lead(rita, "Dana", identities={"phone": "0501234567", "email": "d@delta.co"})
    client = api(rita)

    body = client.get(f"/contacts/{lead.contact_id}").json()
    assert (body["phone"], body["company"]["name"]) == ("+972501234567", "delta.co")
    changed = client.patch(f"/contacts/{lead.contact_id}", {"version": body["version"], "city": "Haifa"})
    assert changed.json()["city"] == "Haifa"
    stale = client.patch(f"/contacts/{lead.contact_id}", {"version": body["version"], "city": "Eilat"})
    assert (stale.status_code, stale.json()["current"]["city"]) == (409, "Haifa")
    assert [c["name"] for c in client.get("/contacts").json()["items"]] == ["Dana"]
    assert [c["domain"] for c in client.get("/companies").json()["items"]] == ["delta.co"]


@pytest.mark.parametrize("limit", [0, 201])
def test_a_page_has_a_sensible_size(rita: Actor, api: Client, limit: int) -> None:
    assert api(rita).get("/leads", limit=limit).status_code == 422


def test_who_gives_a_lead_to_another_team_sees_it_go(rita: Actor, sam: Actor, api: Client) -> None:
    lead, client = people.lead(rita, "Dana"), api(rita)

    given = client.patch(f"/leads/{lead.id}", {"owner_id": str(sam.member_id), "version": 1})

    assert (given.status_code, given.json()["owner"]["name"]) == (200, "Sam")
    assert given.json()["can"]["change"] is False
    assert client.get(f"/leads/{lead.id}").status_code == 404
    assert api(sam).get(f"/leads/{lead.id}").json()["team"]["name"] == "South"
