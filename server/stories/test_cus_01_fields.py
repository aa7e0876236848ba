"""CUS-01: fields of one's own: computed ones, and those of the person and the company of a lead."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from typing import Any

import pytest

from leadline.engines.schema import queries as schema
from leadline.engines.views import actions as views
from leadline.kit import clock
from leadline.leads.models import Lead
from leadline.leads.queries import records
from leadline.workspaces.models import Workspace
from stories.bringing import given
from stories.company import Acme, Drain, Seat, ok

FORMULAS = {
    "IF(value_minor > 1000, ROUND(value_minor * 0.05, 2), 0)": "number",
    "value_minor - custom.costs": "money",
    "(custom.roof * 2.5 + 1) / (custom.costs - 1200)": "number",
    "-custom.roof / 3": "number",
    "MIN(custom.roof, 80) + MAX(custom.roof, custom.height, 3)": "number",
    "ABS(-7 / 3) * LEN(name)": "number",
    'name & " · " & contact.city': "text",
    "UPPER(LEFT(name, 4)) & TEXT(custom.roof / 3, 2)": "text",
    'FIRST(campaign, interest, "nothing")': "text",
    'IF(source = "Referral" or campaign <> "spring", "warm", "cold")': "text",
    "DAYS(created_at, TODAY()) + DAYS(custom.visit, custom.meeting)": "number",
    "ADDDAYS(custom.visit, custom.roof / 4)": "date",
    "ADDDAYS(TODAY(), 99999999)": "date",
    "YEAR(custom.visit) * 100 + MONTH(custom.meeting)": "number",
    "custom.vip and not EMPTY(custom.visit)": "bool",
    "custom.roof >= 100": "bool",
    "contact.custom.age * 2": "number",
    "custom.costs * 999999999999 * 999999": "number",
}
OWN = {
    "roof": "number",
    "costs": "money",
    "height": "number",
    "visit": "date",
    "meeting": "datetime",
    "vip": "bool",
}


def add(ola: Seat, object: str, key: str, type: str, formula: str = "") -> dict[str, Any]:
    """A field of the company's own."""
    body = {"object": object, "key": key, "label": key.capitalize(), "type": type, "formula": formula}
    return dict(ok(ola.post("/fields", body)))


@pytest.fixture
def leads(ola: Seat) -> list[dict[str, Any]]:
    """Three leads that say much, little, and strange things."""
    for key, type in OWN.items():
        add(ola, "lead", key, type)
    add(ola, "contact", "age", "number")
    add(ola, "company", "size", "number")
    full = ola.add(
        "Straße Çetin", value_minor=123456, source="referral", campaign="Spring", company="Big Ltd"
    )
    own = {"roof": 120.5, "costs": 120000, "height": -4, "vip": True, "visit": "2025-12-24"}
    own["meeting"] = "2026-01-06T23:30:00+00:00"
    person = {"city": "חיפה", "custom": {"age": 41}}
    ok(ola.patch(f"/leads/{full['id']}", {"custom": own, "contact": person}))
    few = ola.add("Dana Levi", source="event", interest="Roof")
    ok(ola.patch(f"/leads/{few['id']}", {"custom": {"roof": 0, "costs": 120000, "vip": False}}))
    return [full, few, ola.add("Noa Bar", campaign="SPRING")]


def test_the_database_and_the_memory_compute_the_same(
    acme: Acme, ola: Seat, leads: list[dict[str, Any]]
) -> None:
    keys = {}
    for number, (formula, type) in enumerate(FORMULAS.items()):
        keys[f"f{number}"] = formula
        add(ola, "lead", f"f{number}", type, formula)
    rows = {row["id"]: row["custom"] for row in ola.leads()}
    found = records([lead.id for lead in Lead.objects.all()])
    fields = schema.fields("lead")
    for lead_id, record in found.items():
        shown = rows[str(lead_id)]
        for key, formula in keys.items():
            there = views.computed_value(fields[f"custom.{key}"], record, acme.owner)
            assert shown[key] == there, (formula, record["name"])
    full = rows[leads[0]["id"]]
    said = {formula: full[key] for key, formula in keys.items()}
    assert said["IF(value_minor > 1000, ROUND(value_minor * 0.05, 2), 0)"] == 61.73
    assert said["value_minor - custom.costs"] == 3456
    assert said['name & " · " & contact.city'] == "Straße Çetin · חיפה"
    assert said["DAYS(created_at, TODAY()) + DAYS(custom.visit, custom.meeting)"] == 14
    assert said["ADDDAYS(TODAY(), 99999999)"] is None
    assert said["custom.vip and not EMPTY(custom.visit)"] is True
    assert ola.lead(leads[0]["id"])["custom"]["f1"] == 3456


def test_a_computed_field_is_filtered_by_exported_and_used_in_rules(
    acme: Acme, ola: Seat, leads: list[dict[str, Any]], drain: Drain
) -> None:
    made = add(ola, "lead", "margin", "money", "value_minor - custom.costs")
    assert (made["writable"], made["importable"], made["ops"][0]) == (False, False, "eq")
    tree = {"field": "custom.margin", "op": "gt", "value": 0}
    assert [row["name"] for row in ok(ola.get("/leads", filter=json.dumps(tree)))["items"]] == [
        "Straße Çetin"
    ]
    empty = {"field": "custom.margin", "op": "is_empty"}
    assert [row["name"] for row in ok(ola.get("/leads", filter=json.dumps(empty)))["items"]] == ["Noa Bar"]
    matches = views.matcher(tree, "lead", acme.owner)
    assert sorted(
        record["name"]
        for record in records(Lead.objects.values_list("id", flat=True)).values()
        if matches(record)
    ) == ["Straße Çetin"]
    rows = list(csv.DictReader(io.StringIO(given(ola, drain, object="lead").decode("utf-8-sig"))))
    assert {row["Lead name"]: row["Margin"] for row in rows}["Straße Çetin"] == "34.56"
    refused = ola.patch(f"/leads/{leads[1]['id']}", {"custom": {"margin": 5}})
    assert (refused.status_code, refused.json()["code"]) == (422, "field_not_writable")

    changed = ok(
        ola.patch(f"/fields/{made['id']}", {"formula": "value_minor * 2", "version": made["version"]})
    )
    assert ola.lead(leads[0]["id"])["custom"]["margin"] == 246912
    ok_none = ola.patch(f"/fields/{made['id']}", {"formula": "", "version": changed["version"]})
    assert ok_none.status_code == 422
    assert ola.delete(f"/fields/{made['id']}").status_code == 204
    assert "margin" not in ola.lead(leads[0]["id"])["custom"]
    assert Workspace.objects.get().marks == {"computed": []}


def test_a_formula_whose_field_is_gone_computes_nothing(ola: Seat, leads: list[dict[str, Any]]) -> None:
    add(ola, "lead", "twice", "number", "custom.roof * 2")
    roof = next(one for one in ok(ola.get("/fields", object="lead")) if one["key"] == "custom.roof")
    assert ola.lead(leads[0]["id"])["custom"]["twice"] == 241
    assert ola.delete(f"/fields/{roof['id']}").status_code == 204
    assert ola.lead(leads[0]["id"])["custom"]["twice"] is None
    tree = json.dumps({"field": "custom.twice", "op": "gt", "value": 0})
    assert ok(ola.get("/leads", filter=tree))["items"] == []


def test_the_fields_of_person_and_company_show_on_the_lead(
    acme: Acme, ola: Seat, leads: list[dict[str, Any]]
) -> None:
    described = {field["key"]: field for field in ok(ola.get("/fields", object="lead"))}
    age = described["contact.custom.age"]
    assert (age["label"], age["of"], age["custom"], age["writable"]) == (
        "Age (Contact)",
        "contact",
        False,
        False,
    )
    assert described["company.custom.size"]["label"] == "Size (Company)"
    tree = {"field": "contact.custom.age", "op": "gte", "value": 40}
    (row,) = ok(ola.get("/leads", filter=json.dumps(tree)))["items"]
    assert row["custom"]["contact.custom.age"] == 41
    matches = views.matcher(tree, "lead", acme.owner, clock.now())
    kept = [one for one in records(Lead.objects.values_list("id", flat=True)).values() if matches(one)]
    assert [one["name"] for one in kept] == ["Straße Çetin"]
    by_domain = {"field": "company.domain", "op": "is_not_empty"}
    assert ok(ola.get("/leads", filter=json.dumps(by_domain)))["total"] == 3


def test_a_file_is_kept_in_a_field_and_seen_only_by_who_sees_the_lead(
    acme: Acme, ola: Seat, drain: Drain
) -> None:
    add(ola, "lead", "contract", "file")
    assert ola.post("/fields", {"object": "company", "label": "X", "type": "file"}).status_code == 422
    lead = ola.add("Dana Levi")
    path = f"/leads/{lead['id']}/files"
    bad = ola.upload(path, "a.pdf", b"%PDF-1.7 x", key="custom.nothing")
    assert (bad.status_code, bad.json()["field"]) == (422, "key")

    made = ok(ola.upload(path, "../Contract 1.html", b"<script>alert(1)</script>", key="custom.contract"))
    held = made["custom"]["contract"]
    assert (held["name"], held["size"]) == ("Contract 1.html", 25)
    answer = ola.get(path, key="custom.contract")
    assert answer.content == b"<script>alert(1)</script>"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert ola.timeline(lead["id"], "field")[0]["payload"]["changes"]["custom"][1]["contract"] == held

    sam = acme.hire("Sam", team=acme.team("South"))
    assert sam.get(path, key="custom.contract").status_code == 404
    assert sam.upload(path, "mine.txt", b"x", key="custom.contract").status_code == 404
    reader = acme.hire("Reader", "read_only")
    assert reader.get(path, key="custom.contract").status_code == 200
    assert reader.upload(path, "mine.txt", b"x", key="custom.contract").status_code == 403
    assert reader.delete(f"{path}?key=custom.contract").status_code == 403

    assert ola.patch(f"/leads/{lead['id']}", {"custom": {"contract": held}}).status_code == 422
    tree = json.dumps({"field": "custom.contract", "op": "is_not_empty"})
    assert len(ok(ola.get("/leads", filter=tree))["items"]) == 1
    assert b"Contract 1.html" in given(ola, drain, object="lead")
    packed = zipfile.ZipFile(io.BytesIO(given(ola, drain, object="")))
    assert any(name.endswith("contract/Contract 1.html") for name in packed.namelist())
    assert ola.delete(f"{path}?key=custom.contract").status_code == 204
    assert ola.get(path, key="custom.contract").status_code == 404


def test_lists_are_sorted_by_own_fields_person_and_company_page_by_page(ola: Seat) -> None:
    for key, type in (("roof", "number"), ("nick", "text")):
        add(ola, "lead", key, type)
    add(ola, "contact", "age", "number")
    said = {
        "Ann": (10.5, "b", 30, "Zeta"),
        "Ben": (9, "A", None, "alpha"),
        "Cleo": (None, "c", 4, ""),
        "Dan": (100, "", 30, "Beta"),
    }
    for name, (roof, nick, age, city) in said.items():
        lead = ola.add(name, phone=f"05{len(name)}12345{ord(name[0])}")
        contact = {"city": city, "custom": {"age": age}}
        ok(ola.patch(f"/leads/{lead['id']}", {"custom": {"roof": roof, "nick": nick}, "contact": contact}))

    def walked(sort: str) -> list[str]:
        names, cursor = [], None
        while True:
            page = ok(ola.get("/leads", sort=sort, limit=1, **({"cursor": cursor} if cursor else {})))
            names += [row["name"] for row in page["items"]]
            cursor = page["next_cursor"]
            if cursor is None:
                return names

    assert walked("custom.roof") == ["Ben", "Ann", "Dan", "Cleo"]
    assert walked("-custom.roof") == ["Dan", "Ann", "Ben", "Cleo"]
    assert walked("custom.nick") == ["Ben", "Ann", "Cleo", "Dan"]
    assert walked("contact.custom.age,-name") == ["Cleo", "Dan", "Ann", "Ben"]
    assert walked("-contact.city") == ["Ann", "Dan", "Ben", "Cleo"]
    assert len(walked("company")) == 4
    assert ola.get("/leads", sort="custom.nothing").status_code == 422
    assert ola.get("/board", sort="custom.roof").status_code == 422
