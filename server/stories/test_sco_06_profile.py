"""SCO-06: role, size, industry and region of a lead each change what it fits, apart from what it does."""

from __future__ import annotations

from typing import Any

from stories.company import Drain, Seat, ok


def test_role_size_industry_and_region_each_change_the_fit(ola: Seat, drain: Drain) -> None:
    sizes = {"object": "company", "key": "employees", "label": "Employees", "type": "number"}
    trades = [{"value": "solar", "label": "Solar"}, {"value": "other", "label": "Other"}]
    ok(ola.post("/fields", sizes))
    ok(
        ola.post(
            "/fields", {**sizes, "key": "industry", "label": "Industry", "type": "choice", "choices": trades}
        )
    )
    rule(ola, "Large", 7, "company.custom.employees", "gte", 50)
    rule(ola, "Our industry", 6, "company.custom.industry", "eq", "solar")
    rule(ola, "In the north", 5, "contact.region", "eq", "North")
    rule(ola, "Influences", 3, "contact.title", "contains", "engineer")
    drain()
    lead = ola.add("Dana", email="dana@roofs.example", company="Roofs Ltd")
    page = ola.lead(lead["id"])
    company, person = page["contact"]["company"]["id"], page["contact"]["id"]
    fit = page["fit"]

    changed = ok(ola.patch(f"/companies/{company}", {"custom": {"employees": 80, "industry": "solar"}}))
    assert changed["custom"] == {"employees": 80, "industry": "solar"}
    assert ola.lead(lead["id"])["fit"] == fit + 7 + 6
    ok(ola.patch(f"/contacts/{person}", {"region": "North", "title": "Site engineer"}))
    assert ola.lead(lead["id"])["fit"] == fit + 7 + 6 + 5 + 3
    ok(ola.patch(f"/contacts/{person}", {"title": "CEO"}))
    assert ola.lead(lead["id"])["fit"] == fit + 7 + 6 + 5 + 10
    assert ola.lead(lead["id"])["engagement"] == 0
    ok(ola.patch(f"/companies/{company}", {"custom": {"employees": None}}))
    assert ola.lead(lead["id"])["fit"] == fit + 6 + 5 + 10
    assert ola.patch(f"/companies/{company}", {"custom": {"shoe": 1}}).json()["field"] == "custom.shoe"
    assert ola.patch(f"/companies/{company}", {"name": " "}).json()["field"] == "name"


def rule(seat: Seat, name: str, points: int, field: str, op: str, value: Any) -> None:
    when = {"field": field, "op": op, "value": value}
    ok(seat.post("/scoring/rules", {"group": "fit", "name": name, "points": points, "when": when}))
