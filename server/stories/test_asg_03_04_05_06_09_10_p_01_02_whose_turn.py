"""ASG-03 to 06, 09, 10, P-01, P-02: who knows the place or the matter, who is there, and whose hours."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from leadline.assignment.schedule import queues_are_served
from leadline.kit import clock
from stories.company import Acme, Seat, ok


def rule(acme: Acme, name: str, when: dict[str, Any], target: dict[str, Any], **more: Any) -> None:
    ok(acme.ola.post("/assignment-rules", {"name": name, "when": when, "target": target, **more}))


def to(seat: Seat) -> dict[str, Any]:
    return {"kind": "member", "member_id": seat.id}


def field(key: str, op: str, value: Any) -> dict[str, Any]:
    return {"field": key, "op": op, "value": value}


def owner(lead: dict[str, Any]) -> str:
    return str(lead["owner"]["name"]) if lead["owner"] else "nobody"


@pytest.fixture
def reps(acme: Acme) -> tuple[Seat, Seat]:
    """Rita, and Sam who knows something special."""
    return acme.hire("Rita", team=acme.team("North")), acme.hire("Sam", team=acme.team("South"))


@pytest.mark.parametrize(
    ("when", "theirs", "others"),
    [
        (field("contact.city", "eq", "Bengaluru"), {"city": "Bengaluru"}, {"city": "Haifa"}),
        (
            field("contact.phone", "starts_with", "+9180"),
            {"phone": "+91 80 4567 1234"},
            {"phone": "050-123-4567"},
        ),
        (
            field("contact.postcode_number", "between", [560001, 560099]),
            {"postcode": "560 001"},
            {"postcode": "560100"},
        ),
        (field("contact.language", "eq", "he"), {"language": "he"}, {"language": "en"}),
        (
            field("contact.language", "eq", "he"),
            {"text": "שלום, אשמח לקבל הצעת מחיר"},
            {"text": "Hello, please send me a price", "phone": "050-123-4567"},
        ),
        (
            field("value_minor", "gte", 1_000_000),
            {"value_minor": 1_000_000, "currency": "ILS"},
            {"value_minor": 999_999, "currency": "ILS"},
        ),
        (field("interest", "contains", "consulting"), {"interest": "Consulting"}, {"interest": "Training"}),
    ],
    ids=[
        "city",
        "phone prefix",
        "postcodes",
        "language",
        "language of the text",
        "deal size",
        "service line",
    ],
)
def test_who_knows_it_best_gets_the_lead(
    acme: Acme,
    reps: tuple[Seat, Seat],
    when: dict[str, Any],
    theirs: dict[str, Any],
    others: dict[str, Any],
) -> None:
    rita, sam = reps
    rule(acme, "Sam's", when, to(sam))
    rule(acme, "The rest", {}, to(rita), position=90)
    shop = acme.program()
    assert owner(shop.add("Dana", **theirs)) == "Sam"
    assert owner(shop.add("Noa", **others)) == "Rita"


def test_a_team_claims_its_leads_and_the_second_claim_is_refused(acme: Acme) -> None:
    north = acme.team("North")
    rita, omer = acme.hire("Rita", team=north), acme.hire("Omer", team=north)
    sam = acme.hire("Sam", team=acme.team("South"))
    rule(acme, "North first", {}, {"kind": "queue", "team_id": north}, position=0, claim_minutes=15)
    lead = acme.program().add("Dana")
    assert (owner(lead), lead["team"]["name"]) == ("nobody", "North")
    assert lead["sla"]["state"] == "running"

    assert sam.post(f"/leads/{lead['id']}/claims").status_code == 404
    assert ok(omer.post(f"/leads/{lead['id']}/claims"))["owner"]["name"] == "Omer"
    second = rita.post(f"/leads/{lead['id']}/claims")
    assert (second.status_code, second.json()["code"]) == (409, "already_claimed")

    late = acme.program().add("Noa")
    clock.move(timedelta(minutes=15))
    queues_are_served()
    assert owner(acme.ola.lead(late["id"])) in ("Rita", "Omer")


def test_marketing_keeps_a_lead_until_it_is_ready_for_sales(acme: Acme, reps: tuple[Seat, Seat]) -> None:
    nurture = acme.team("Marketing")
    rule(acme, "Qualify first", {}, {"kind": "queue", "team_id": nurture}, position=0, until_ready=True)
    lead = acme.program().add("Dana")
    queues_are_served()
    assert owner(acme.ola.lead(lead["id"])) == "nobody"

    ok(acme.ola.patch("/scoring/settings", {"ready": 1}))
    ready = acme.program().add("Noa", source="referral", phone="050-765-4321", company="Bar Ltd")
    assert owner(acme.ola.lead(ready["id"])) in ("Rita", "Sam")


def test_turns_honour_leave_limits_and_full_hands(acme: Acme) -> None:
    team = acme.team("North")
    a, b, c = (acme.hire(name, team=team) for name in ("Ann", "Ben", "Cal"))
    rule(acme, "All to North", {}, {"kind": "team", "team_id": team}, position=0)
    shop = acme.program()
    ok(acme.ola.patch(f"/members/{b.id}/availability", {"absences": [["2026-01-01", "2026-01-31"]]}))
    assert [owner(shop.add(f"P{n}")) for n in range(6)] == ["Ann", "Cal"] * 3

    ok(acme.ola.patch(f"/members/{a.id}/availability", {"open_cap": 4}))
    assert [owner(shop.add(f"Q{n}")) for n in range(4)].count("Ann") == 1
    ok(c.patch(f"/members/{c.id}/availability", {"away": True}))
    waiting = shop.add("Waiting")
    assert owner(waiting) == "nobody"
    ok(c.patch(f"/members/{c.id}/availability", {"away": False}))
    assert owner(acme.ola.lead(waiting["id"])) == "Cal"
    assert a.patch(f"/members/{a.id}/availability", {"open_cap": 400}).status_code == 403


def test_the_simulator_says_how_many_of_the_last_leads_go_elsewhere(
    acme: Acme, reps: tuple[Seat, Seat]
) -> None:
    _, sam = reps
    shop = acme.program()
    for n in range(4):
        shop.add(f"P{n}", source="facebook")
    tried = {"name": "Facebook", "when": field("source", "eq", "facebook"), "target": to(sam)}
    answer = ok(acme.ola.post("/assignment-rehearsals", {"rule": tried}))
    assert (answer["leads"], answer["elsewhere"]) == (4, 2)
    assert {one["name"]: (one["now"], one["then"]) for one in answer["shares"]} == {
        "Rita": (2, 0),
        "Sam": (2, 4),
    }
    assert len(ok(acme.ola.get("/assignment-rules"))) == 2


def test_a_clock_of_business_hours_stands_still_over_the_weekend(acme: Acme) -> None:
    acme.hire("Rita")
    week = {day: [["09:00", "17:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}
    ok(acme.ola.patch("/business-hours", {"weekly": week, "timezone": "UTC"}))
    cold = next(one for one in ok(acme.ola.get("/sla-policies")) if one["band"] == "cold")
    ok(acme.ola.patch(f"/sla-policies/{cold['id']}", {"minutes": 240, "clock": "business"}))
    clock.move(timedelta(days=2, hours=6))  # from Wednesday 10:00 to Friday 16:00
    assert acme.program().add("Dana")["sla"]["due_at"] == "2026-01-12T12:00:00Z"
    ok(acme.ola.patch("/business-hours", {"holidays": ["2026-01-12"]}))
    assert acme.program().add("Noa")["sla"]["due_at"] == "2026-01-13T12:00:00Z"
