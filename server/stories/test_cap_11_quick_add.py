"""CAP-11: a name and a number are enough to write somebody down."""

from __future__ import annotations

from stories.company import Acme, Seat, ok


def test_a_name_and_a_number_make_a_lead_of_whoever_wrote_it_down(acme: Acme) -> None:
    rita = acme.hire("Rita", team=acme.team("North"))
    made = rita.add("Dana Levi", phone="050-123-4567", channel="manual")

    lead = rita.lead(made["id"])
    assert (lead["owner"]["id"], lead["phone"]) == (rita.id, "+972501234567")
    assert (lead["channel"], lead["source"]) == ("manual", "manual")
    assert lead["score"] > 0
    assert lead["sla"]["state"] == "running"
    assert [entry["kind"] for entry in rita.timeline(lead["id"])] == ["inquiry", "assigned"]
    assert [entry["actor_name"] for entry in acme.ola.audit(lead["id"], "created")] == ["Rita"]


def test_the_creator_may_name_another_owner(acme: Acme) -> None:
    rita = acme.hire("Rita", team=acme.team("North"))
    made = acme.ola.add("Dana Levi", phone="050-123-4567", channel="manual", owner_id=rita.id)
    assert made["owner"]["id"] == rita.id


def test_every_active_custom_field_can_be_filled_in(ola: Seat) -> None:
    roofs = [{"value": "flat", "label": "Flat"}, {"value": "pitched", "label": "Pitched"}]
    ok(ola.post("/fields", {"object": "lead", "label": "Roof area", "type": "number"}))
    ok(ola.post("/fields", {"object": "lead", "label": "Roof", "type": "choice", "choices": roofs}))
    old = ok(ola.post("/fields", {"object": "lead", "label": "Old field", "type": "text"}))
    assert ola.delete(f"/fields/{old['id']}").status_code == 204

    offered = {f["key"] for f in ok(ola.get("/fields", object="lead")) if f["custom"] and f["writable"]}
    assert offered == {"custom.roof_area", "custom.roof"}
    lead = ola.add("Dana", phone="0501234567", channel="manual", custom={"roof_area": 80, "roof": "flat"})
    assert ola.lead(lead["id"])["custom"] == {"roof_area": 80, "roof": "flat"}
