"""SCO-05, 16: rules are tried before they count; a lead is qualified step by step, with dates."""

from __future__ import annotations

from stories.company import Drain, Seat, ok


def test_a_dry_run_tells_what_publishing_then_does_to_existing_leads(ola: Seat, drain: Drain) -> None:
    rich, poor = ola.add("Rich", phone="0501111111", value_minor=600_000), ola.add("Poor", phone="0502222222")
    seen = ok(ola.get("/scoring/draft"))
    rules = [{k: v for k, v in rule.items() if k not in {"position", "sentence"}} for rule in seen["rules"]]
    budget = {"field": "value_minor", "op": "gte", "value": 500_000}
    new = {"group": "fit", "name": "Budget", "points": 60, "when": budget}
    numbers = {**seen["numbers"], "fit_cap": 100}
    ok(ola.put("/scoring/draft", {"numbers": numbers, "rules": [*rules, new]}))
    told = ok(ola.get("/scoring/draft/dry-run"))
    assert (told["bands_moved"], told["became"]["hot"]) == (1, 1)
    assert ok(ola.get(f"/leads/{rich['id']}"))["band"] == "cold"

    ok(ola.post("/scoring/editions", {}))
    drain()
    assert ok(ola.get(f"/leads/{rich['id']}"))["band"] == "hot"
    assert ok(ola.get(f"/leads/{poor['id']}"))["score"] == poor["score"]
    edition = ok(ola.get("/scoring/editions"))[0]
    assert edition["counted"] == edition["total"] == 2


def test_a_quote_request_makes_sql_with_its_date_and_no_rule_takes_it_back(ola: Seat, drain: Drain) -> None:
    lead = ola.add("Dana", phone="0501234567", interest="The guide to roofs")
    drain()
    ok(ola.patch(f"/leads/{lead['id']}", {"interest": "A quote for a roof"}))
    drain()
    ok(ola.patch(f"/leads/{lead['id']}", {"interest": "The guide again"}))
    drain()
    visits = ok(ola.get(f"/leads/{lead['id']}/types"))
    assert [one["lead_type"] for one in visits] == ["IQL", "SQL"]
    assert all(one["at"].startswith("2026-01-07T10:00") and one["by_rule"] for one in visits)
    assert ok(ola.get(f"/leads/{lead['id']}"))["lead_type"] == "SQL"
