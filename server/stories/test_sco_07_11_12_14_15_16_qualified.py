"""SCO-07, 08, 11, 12, 14, 15, 16: what a rep finds out and a person does decides who is called first."""

from __future__ import annotations

from datetime import timedelta

from leadline.kit import clock
from stories.company import Acme, Drain, Seat, ok


def test_bant_fills_up_gives_points_and_makes_sql(ola: Seat, drain: Drain) -> None:
    lead = ola.add("Dana", phone="0501234567")
    empty = ok(ola.get(f"/leads/{lead['id']}/qualification"))
    assert (empty["template"], empty["complete"], len(empty["missing"])) == ("bant", 0, 4)

    yes = {key: {"state": "yes"} for key in ("budget", "authority", "need", "timeline")}
    ok(ola.patch(f"/leads/{lead['id']}", {"qualification": {**yes, "timeline": {"note": "In spring"}}}))
    seen = ok(ola.get(f"/leads/{lead['id']}/qualification"))
    assert (seen["complete"], seen["missing"]) == (75, ["Timeline"])
    ok(ola.patch(f"/leads/{lead['id']}", {"qualification": {"timeline": {"state": "yes"}}}))
    drain()
    page = ola.lead(lead["id"])
    assert (page["lead_type"], page["score"]) == ("SQL", lead["score"] + 10 + 8 + 8 + 8)
    assert (
        ola.patch(f"/leads/{lead['id']}", {"qualification": {"need": {"state": "maybe"}}}).status_code == 422
    )
    found = ok(ola.get("/leads", filter='{"field": "qualification.budget", "op": "eq", "value": "yes"}'))
    assert [row["id"] for row in found["items"]] == [lead["id"]]
    assert "qualification" in ola.timeline(lead["id"], "field")[0]["payload"]["changes"]


def test_meddic_takes_the_place_of_bant(ola: Seat) -> None:
    lead = ola.add("Dana", phone="0501234567")
    ok(ola.patch("/scoring/settings", {"template": "meddic"}))
    seen = ok(ola.get(f"/leads/{lead['id']}/qualification"))
    assert (seen["template"], len(seen["questions"])) == ("meddic", 6)


def test_a_budget_that_cannot_pay_the_price_is_no_hot_lead(ola: Seat, drain: Drain) -> None:
    lead = ola.add("Dana", phone="0501234567", value_minor=20_000_000)
    ok(ola.patch("/scoring/settings", {"warm": 1, "hot": 2}))
    drain()
    assert ola.lead(lead["id"])["band"] == "hot"
    poor = ok(ola.patch(f"/leads/{lead['id']}", {"budget_minor": 1_000_000}))
    assert (poor["poor_fit"], poor["band"]) == (True, "cold")
    told = ok(ola.get(f"/leads/{lead['id']}/qualification"))
    assert (told["poor_fit"], told["price_minor"], told["least_budget"]) == (True, 20_000_000, 50)


def test_using_the_product_makes_pql_and_the_score_says_so_at_once(acme: Acme, drain: Drain) -> None:
    lead = acme.ola.add("Dana", email="dana@roofs.example")
    ok(acme.ola.patch(f"/leads/{lead['id']}", {"owner_id": acme.ola.id}))
    shop = acme.program("leads:read", "leads:write")
    for _ in range(3):
        ok(shop.post("/happenings", {"lead_id": lead["id"], "kind": "visit", "what": "/pricing"}))
        clock.move(timedelta(minutes=6))
    prices = ola_points(acme.ola, lead["id"], "Looked at the prices")
    ok(shop.post("/happenings", {"lead_id": lead["id"], "kind": "download", "what": "E-book"}))
    assert prices == 12 > ola_points(acme.ola, lead["id"], "Downloaded something") == 8

    told = ok(shop.post("/happenings", {"email": "Dana@Roofs.example", "kind": "product", "what": "trial"}))
    assert (told["lead_type"], told["lead_id"]) == ("PQL", lead["id"])
    score = ok(acme.ola.get(f"/leads/{lead['id']}/score"))
    assert score["history"][-1]["label"] == "Uses the product"
    assert score["history"][-1]["score"] == score["score"] == told["score"]
    assert acme.ola.told("pql") == ["Dana uses the product now"]


def ola_points(seat: Seat, lead_id: str, label: str) -> int:
    reasons = ok(seat.get(f"/leads/{lead_id}/score"))["reasons"]
    return sum(reason["points"] for reason in reasons if reason["label"] == label)


def test_what_needs_action_comes_first_by_its_score(acme: Acme) -> None:
    rita = acme.hire("Rita")
    cool = rita.add("Cool", source="facebook")
    done = rita.add("Done", source="referral", phone="0502222222")
    warm = rita.add("Warm", source="referral")
    for one in (cool, done, warm):
        ok(acme.ola.patch(f"/leads/{one['id']}", {"owner_id": rita.id}))
    ok(rita.post(f"/leads/{done['id']}/calls", {"direction": "out", "outcome": "answered", "seconds": 60}))
    later = (clock.now() + timedelta(days=2)).isoformat()
    ok(rita.patch(f"/leads/{done['id']}", {"next_step": "Send it", "next_step_at": later}))

    assert to_do(rita) == ["Warm", "Cool"]
    ok(
        rita.patch(
            f"/leads/{cool['id']}", {"qualification": {"budget": {"state": "yes"}, "need": {"state": "yes"}}}
        )
    )
    assert to_do(rita) == ["Cool", "Warm"]
    clock.move(timedelta(days=3))
    assert "Done" in to_do(rita)
    assert to_do(acme.ola) == []


def to_do(seat: Seat) -> list[str]:
    return [row["name"] for row in ok(seat.get("/leads", view="action"))["items"]]
