"""PIP-01, 02, 03, 05, 07, 11: the board shows where every lead stands, what it is worth and for how long."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from leadline.infra.models import EventRow
from leadline.kit import clock
from stories.company import Acme, Seat, ok


def columns(seat: Seat, **query: Any) -> dict[str, dict[str, Any]]:
    return {column["stage"]["name"]: column for column in ok(seat.get("/board", **query))["columns"]}


def total(column: dict[str, Any]) -> int:
    cards: int = sum(card["value_minor"] for card in column["cards"])
    return cards


def test_a_fresh_company_has_the_default_stages(ola: Seat) -> None:
    shown = [
        (c["stage"]["name"], c["stage"]["kind"], c["stage"]["probability"]) for c in columns(ola).values()
    ]
    assert shown == [
        ("New Inquiry", "open", 10),
        ("First Contact", "open", 25),
        ("Quote Sent", "open", 50),
        ("Negotiation", "open", 70),
        ("Closed won", "won", 100),
        ("Closed lost", "lost", 0),
    ]


def test_cards_of_leads_and_deals_say_what_matters(acme: Acme) -> None:
    rita = acme.hire("Rita")
    lead = acme.ola.add("Dana", source="referral", value_minor=900_000, owner_id=rita.id)
    step = {"next_step": "Call back", "next_step_at": "2026-01-09T08:00:00Z"}
    ok(acme.ola.patch(f"/leads/{lead['id']}", step))
    deal = acme.ola.add("Eli", value_minor=100_000)
    acme.ola.move(deal["id"], "Closed won")
    clock.move(timedelta(days=2))

    board = columns(rita) | {"Closed won": columns(acme.ola)["Closed won"]}
    (card,) = board["New Inquiry"]["cards"]
    assert (card["name"], card["value_minor"], card["currency"]) == ("Dana", 900_000, "ILS")
    assert (card["owner"]["name"], card["source"], card["days_in_stage"]) == ("Rita", "referral", 2)
    assert (card["next_step"], card["next_step_at"]) == ("Call back", "2026-01-09T08:00:00Z")
    assert card["score"] == acme.ola.lead(lead["id"])["score"] > 0
    assert card["rotten"] is True
    assert [c["name"] for c in board["Closed won"]["cards"]] == ["Eli"]
    assert acme.ola.lead(deal["id"])["converted_at"] is not None


def test_a_move_is_kept_written_down_and_told_to_other_browsers(acme: Acme) -> None:
    rita = acme.hire("Rita")
    lead = acme.ola.add("Dana", owner_id=rita.id)
    told_before = EventRow.objects.order_by("-seq").values_list("seq", flat=True)[0]
    rita.move(lead["id"], "First Contact", version=lead["version"])

    assert [card["id"] for card in columns(acme.ola)["First Contact"]["cards"]] == [lead["id"]]
    moved = EventRow.objects.filter(seq__gt=told_before, name="LeadMoved").get()
    assert str(moved.payload["lead_id"]) == lead["id"]
    (entry,) = rita.timeline(lead["id"], "stage")
    assert (entry["text"], entry["actor"]["name"]) == ("New Inquiry → First Contact", "Rita")
    (written,) = acme.ola.audit(lead["id"], "moved")
    assert (written["actor_name"], written["changes"]["stage"]) == ("Rita", ["New Inquiry", "First Contact"])


def test_a_move_that_comes_too_late_gets_the_card_as_it_is(acme: Acme) -> None:
    rita = acme.hire("Rita")
    lead = acme.ola.add("Dana", owner_id=rita.id)
    acme.ola.move(lead["id"], "Quote Sent", version=lead["version"])
    late = rita.post(
        f"/leads/{lead['id']}/moves", {"stage_id": rita.stage("Negotiation"), "version": lead["version"]}
    )

    assert (late.status_code, late.json()["code"]) == (409, "conflict")
    assert late.json()["current"]["stage_name"] == "Quote Sent"
    assert [card["id"] for card in columns(rita)["Quote Sent"]["cards"]] == [lead["id"]]
    assert columns(rita)["Negotiation"]["count"] == 0


@pytest.mark.parametrize(
    "tree",
    [
        None,
        {"field": "source", "op": "eq", "value": "referral"},
        {"field": "owner", "op": "eq", "value": "me"},
        {"field": "value_minor", "op": "gte", "value": 300_000},
    ],
)
def test_a_column_is_worth_what_its_cards_are_worth(acme: Acme, tree: dict[str, Any] | None) -> None:
    rita = acme.hire("Rita")
    made = [
        acme.ola.add(
            f"Person {n}",
            value_minor=n * 100_000,
            source=("referral", "website")[n % 2],
            owner_id=(rita.id, acme.ola.id)[n % 3 == 0],
        )
        for n in range(1, 8)
    ]
    query = {"filter": tree} if tree else {}
    for step in ("before", "after"):
        for column in columns(acme.ola, **query).values():
            assert column["value_minor"] == total(column)
            assert column["count"] == len(column["cards"])
            assert column["mixed"] is False
        if step == "before":
            for lead in made[:3]:
                acme.ola.move(lead["id"], "Negotiation")
            ok(acme.ola.patch(f"/leads/{made[4]['id']}", {"value_minor": 777}))
    assert sum(column["count"] for column in columns(acme.ola).values()) == 7


def test_mixed_currencies_are_converted_at_stored_rates_and_marked(ola: Seat) -> None:
    ok(ola.patch("/exchange-rates", {"rates": {"EUR": "4.10", "USD": "3.75"}}))
    ola.add("Ann", value_minor=100_000, currency="ILS")
    ola.add("Bob", value_minor=20_000, currency="EUR")
    ola.add("Cid", value_minor=10_001, currency="USD")

    column = columns(ola)["New Inquiry"]
    assert (column["value_minor"], column["mixed"]) == (100_000 + 82_000 + 37_504, True)
    assert {a["currency"]: a["minor"] for a in column["value"]} == {
        "ILS": 100_000,
        "EUR": 20_000,
        "USD": 10_001,
    }
    assert ola.audit(ok(ola.get("/me"))["workspace"]["id"]) or ok(ola.get("/audit"))["items"]


def test_coming_back_to_a_stage_adds_up_the_stays(ola: Seat) -> None:
    lead = ola.add("Dana")
    clock.move(timedelta(days=1))
    ola.move(lead["id"], "First Contact")
    clock.move(timedelta(days=2))
    ola.move(lead["id"], "New Inquiry")
    clock.move(timedelta(days=3))

    (card,) = columns(ola)["New Inquiry"]["cards"]
    assert card["days_in_stage"] == 3
    stays = {stage["name"]: stage["days"] for stage in ola.lead(lead["id"])["stages"]}
    assert (stays["New Inquiry"], stays["First Contact"], stays["Quote Sent"]) == (4.0, 2.0, None)


def test_a_lost_lead_needs_a_reason_of_the_list_and_may_be_opened_again(ola: Seat) -> None:
    lead = ola.add("Dana")
    move = {"stage_id": ola.stage("Closed lost")}
    refused = ola.post(f"/leads/{lead['id']}/moves", move)
    assert (refused.status_code, refused.json()["code"]) == (409, "loss_reason_required")
    assert ola.lead(lead["id"])["status"] == "open"

    ok(ola.post("/loss-reasons", {"name": "Too far away"}))
    reason = next(r for r in ok(ola.get("/loss-reasons")) if r["name"] == "Too far away")
    why = {"reason_id": reason["id"], "note": "Moved abroad", "competitor": "Sunny Ltd"}
    lost = ok(ola.post(f"/leads/{lead['id']}/moves", {**move, "lost": why}))
    assert (lost["status"], lost["loss_reason"]["name"]) == ("lost", "Too far away")
    assert (lost["loss_note"], lost["competitor"]) == ("Moved abroad", "Sunny Ltd")
    assert lost["sla"]["state"] != "running"

    opened = ola.move(lead["id"], "Negotiation")
    assert (opened["status"], opened["loss_reason"], opened["closed_at"]) == ("open", None, None)
    assert [entry["text"] for entry in ola.timeline(lead["id"], "stage")] == [
        "New Inquiry → Closed lost (Too far away)",
        "Closed lost → Negotiation",
    ]
    assert [entry["changes"]["stage"] for entry in ola.audit(lead["id"], "moved")] == [
        ["New Inquiry", "Closed lost"],
        ["Closed lost", "Negotiation"],
    ]


def test_only_who_sets_up_may_change_the_list_of_reasons(acme: Acme) -> None:
    rita = acme.hire("Rita")
    assert rita.post("/loss-reasons", {"name": "Whatever"}).status_code == 403
