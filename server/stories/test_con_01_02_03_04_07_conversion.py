"""CON-01, 02, 03, 04, 07 and the customer of AUT-07: a lead becomes a deal of a customer, and back."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

from leadline.kit import clock
from stories.company import Acme, Drain, Seat, ok


def convert(seat: Seat, lead_id: str, **body: Any) -> dict[str, Any]:
    done: dict[str, Any] = ok(seat.post(f"/leads/{lead_id}/conversions", body))
    return done


def customers(seat: Seat, **query: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = ok(seat.get("/customers", **query))["items"]
    return found


def kinds(entries: list[dict[str, Any]]) -> Counter[str]:
    return Counter(entry["kind"] for entry in entries)


def dana(acme: Acme, seat: Seat) -> dict[str, Any]:
    return acme.ola.add(
        "Dana Levi", email="dana@rooftop.co.il", phone="0501234567", value_minor=900_000, owner_id=seat.id
    )


def test_one_click_makes_customer_and_deal_and_the_lead_leaves_the_list(acme: Acme) -> None:
    rita = acme.hire("Rita")
    lead = dana(acme, rita)
    rita.move(lead["id"], "Quote Sent")
    convert(rita, lead["id"])

    (customer,) = customers(rita)
    assert (customer["name"], customer["kind"], customer["owner"]["name"]) == (
        "rooftop.co.il",
        "company",
        "Rita",
    )
    deal = rita.lead(lead["id"])
    assert deal["deal"] is True
    assert deal["customer"]["id"] == customer["id"]
    assert (deal["value_minor"], deal["owner"]["name"], deal["stage_name"]) == (900_000, "Rita", "Quote Sent")
    page = ok(rita.get(f"/customers/{customer['id']}"))
    assert [one["lead"]["id"] for one in page["deal_list"]] == [lead["id"]]
    assert [person["name"] for person in page["people"]] == ["Dana Levi"]

    assert ok(rita.get("/leads"))["items"] == []
    assert [row["id"] for row in ok(rita.get("/leads", kind="deal"))["items"]] == [lead["id"]]
    cards = [card for column in ok(rita.get("/board"))["columns"] for card in column["cards"]]
    assert [(card["id"], card["deal"]) for card in cards] == [(lead["id"], True)]
    assert acme.ola.audit(lead["id"], "converted")
    hits = ok(rita.get("/search", q="rooftop"))["items"]
    assert customer["id"] in {hit["id"] for hit in hits if hit["object"] == "customer"}


def test_a_second_deal_of_the_same_company_is_offered_its_customer(acme: Acme) -> None:
    first = convert(acme.ola, dana(acme, acme.ola)["id"])
    gil = acme.ola.add("Gil Cohen", email="gil@rooftop.co.il")
    proposal = ok(acme.ola.get(f"/leads/{gil['id']}/conversions/proposal"))
    assert [(one["id"], one["reason"], one["same"]) for one in proposal["candidates"]] == [
        (first["customer"]["id"], "The same company", True)
    ]
    refused = acme.ola.post(f"/leads/{gil['id']}/conversions", {})
    assert (refused.status_code, refused.json()["code"]) == (409, "customer_exists")
    assert len(customers(acme.ola)) == 1

    convert(acme.ola, gil["id"], customer={"existing_id": first["customer"]["id"]})
    (customer,) = customers(acme.ola)
    assert customer["deals"] == 2


def test_the_whole_history_shows_on_the_customer_and_the_counts_are_equal(acme: Acme, drain: Drain) -> None:
    ola = acme.ola
    lead = dana(acme, ola)
    ok(ola.post(f"/leads/{lead['id']}/notes", {"text": "Wants it in May"}))
    ok(ola.post(f"/leads/{lead['id']}/calls", {"direction": "out", "outcome": "no_answer", "text": ""}))
    ok(ola.post(f"/leads/{lead['id']}/objections", {"kind": "Price"}))
    ola.add("Dana Levi", email="dana@rooftop.co.il", text="Any news?")
    drain()
    done = convert(ola, lead["id"])
    drain()

    page = ok(ola.get(f"/customers/{done['customer']['id']}"))
    shown = ok(ola.get(f"/customers/{done['customer']['id']}/timeline", limit=200))["items"]
    of_lead = ola.timeline(lead["id"])
    assert {entry["id"] for entry in of_lead} <= {entry["id"] for entry in shown}
    assert kinds(shown) == kinds(of_lead) == page["counts"]
    assert {"note", "call", "converted"} <= kinds(shown).keys()


def test_earlier_leads_of_the_same_person_show_on_the_customer_too(acme: Acme) -> None:
    ola = acme.ola
    old = dana(acme, ola)
    reason = ok(ola.get("/loss-reasons"))[0]["id"]
    ola.move(old["id"], "Closed lost", lost={"reason_id": reason})
    new = ola.add("Dana Levi", email="dana@rooftop.co.il")
    done = convert(ola, new["id"])
    page = ok(ola.get(f"/customers/{done['customer']['id']}"))
    assert [one["lead"]["id"] for one in page["deal_list"]] == [new["id"]]
    assert [row["id"] for row in page["leads"]] == [old["id"]]


def test_the_map_can_be_changed_and_what_it_leaves_out_is_named(acme: Acme) -> None:
    ola = acme.ola
    for thing, key in (("lead", "roof"), ("customer", "house")):
        ok(ola.post("/fields", {"object": thing, "key": key, "type": "text", "label": key.title()}))
    lead = dana(acme, ola)
    ok(ola.patch(f"/leads/{lead['id']}", {"custom": {"roof": "flat"}, "interest": "Solar"}))
    left = {one["key"] for one in ok(ola.get(f"/leads/{lead['id']}/conversions/proposal"))["unmapped"]}
    assert {"custom.roof", "interest"} <= left

    shown = ok(ola.get("/conversion-map"))
    lines = [*shown["lines"], {"source": "custom.roof", "side": "customer", "target": "custom.house"}]
    lines.append({"source": "interest", "side": "deal", "target": "name"})
    changed = ok(ola.put("/conversion-map", {"version": shown["version"], "lines": lines}))
    assert "custom.roof" not in {one["key"] for one in changed["unmapped"]}
    stale = ola.put("/conversion-map", {"version": shown["version"], "lines": lines})
    assert stale.status_code == 409

    done = convert(ola, lead["id"])
    assert ok(ola.get(f"/customers/{done['customer']['id']}"))["custom"] == {"house": "flat"}
    assert ola.lead(lead["id"])["name"] == "Solar"


def test_a_map_of_fields_that_do_not_fit_is_refused(acme: Acme) -> None:
    wrong = {"source": "name", "side": "deal", "target": "value_minor"}
    refused = acme.ola.put("/conversion-map", {"lines": [wrong]})
    assert (refused.status_code, refused.json()["field"]) == (422, "lines.0")


def test_the_list_of_customers_filters_sorts_and_goes_on(acme: Acme) -> None:
    ola = acme.ola
    for number, name in enumerate(("Avi", "Bar", "Chen")):
        lead = ola.add(name, phone=f"050123456{number}", value_minor=(number + 1) * 100)
        convert(ola, lead["id"])
        ola.move(lead["id"], "Closed won")
        clock.move(timedelta(minutes=1))
    assert [one["name"] for one in customers(ola)] == ["Chen", "Bar", "Avi"]
    assert [one["name"] for one in customers(ola, sort="name")] == ["Avi", "Bar", "Chen"]
    assert [one["won_minor"] for one in customers(ola, sort="-won_minor")] == [300, 200, 100]
    first = ok(ola.get("/customers", sort="name", limit=2))
    rest = ok(ola.get("/customers", sort="name", limit=2, cursor=first["next_cursor"]))
    assert ([one["name"] for one in rest["items"]], first["total"]) == (["Chen"], 3)

    (avi, *_) = customers(ola, sort="name")
    ok(ola.patch(f"/customers/{avi['id']}", {"version": avi["version"], "status": "inactive"}))
    active = {"field": "status", "op": "eq", "value": "active"}
    assert [one["name"] for one in customers(ola, filter=active, sort="name")] == ["Bar", "Chen"]
    stale = ola.patch(f"/customers/{avi['id']}", {"version": avi["version"], "city": "Haifa"})
    assert (stale.status_code, stale.json()["current"]["status"]) == (409, "inactive")


def test_an_undone_conversion_brings_the_lead_back_and_names_what_stays(acme: Acme) -> None:
    ola = acme.ola
    lead = dana(acme, ola)
    done = convert(ola, lead["id"], deal={"name": "A roof"})
    undone = ok(ola.post(f"/conversions/{done['id']}/undos"))
    assert (undone["customer_removed"], undone["kept"]) == (True, [])
    assert customers(ola) == []
    assert [row["name"] for row in ok(ola.get("/leads"))["items"]] == ["Dana Levi"]

    again = convert(ola, lead["id"])
    ok(ola.patch(f"/customers/{again['customer']['id']}", {"about": "Pays late"}))
    undone = ok(ola.post(f"/conversions/{again['id']}/undos"))
    assert [(one["object"], one["name"], one["reason"]) for one in undone["kept"]] == [
        ("customer", "rooftop.co.il", "Somebody has changed it since.")
    ]
    assert ola.lead(lead["id"])["converted_at"] is None

    third = convert(ola, lead["id"], customer={"existing_id": again["customer"]["id"]})
    clock.move(timedelta(days=31))
    late = ola.post(f"/conversions/{third['id']}/undos")
    assert (late.status_code, late.json()["code"]) == (409, "undo_expired")


def test_a_won_lead_becomes_a_customer_by_itself_and_only_once(acme: Acme, drain: Drain) -> None:
    ola = acme.ola
    lead = dana(acme, ola)
    ola.move(lead["id"], "Closed won")
    drain()
    (customer,) = customers(ola)
    assert (customer["deals"], customer["deals_won"], customer["won_minor"]) == (1, 1, 900_000)

    ola.move(lead["id"], "Negotiation")
    ola.move(lead["id"], "Closed won")
    drain()
    (same,) = customers(ola)
    assert (same["id"], same["deals"], same["won_minor"]) == (customer["id"], 1, 900_000)


def test_with_the_automation_switched_off_no_customer_is_made(acme: Acme, drain: Drain) -> None:
    ola = acme.ola
    won = next(one for one in ok(ola.get("/automations")) if one["recipe"] == "won_customer")
    ok(ola.patch(f"/automations/{won['id']}", {"enabled": False}))
    ola.move(dana(acme, ola)["id"], "Closed won")
    drain()
    assert customers(ola) == []


def test_a_lead_that_changed_meanwhile_is_not_converted_and_shown_as_it_is(acme: Acme) -> None:
    ola = acme.ola
    convert(ola, dana(acme, ola)["id"])
    gil = ola.add("Gil Cohen", email="gil@rooftop.co.il")
    refused = ola.post(f"/leads/{gil['id']}/conversions", {"version": gil["version"] + 5})
    assert (refused.status_code, refused.json()["code"]) == (409, "conflict")
    assert refused.json()["current"] == ok(ola.get(f"/leads/{gil['id']}/conversions/proposal"))
    assert refused.json()["current"]["candidates"][0]["owner"]["name"] == "Ola"
