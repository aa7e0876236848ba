"""ASG-11, ASG-12: who hears that an answer is missing, when clocks stand still, and the first task."""

from __future__ import annotations

from datetime import timedelta

from leadline.assignment.schedule import let_clocks_speak
from leadline.kit import clock
from leadline.leads.schedule import owners_are_reminded
from stories.company import Acme, Drain, ok


def test_an_assigned_lead_has_a_first_task_and_the_owner_is_reminded_at_its_minute(acme: Acme) -> None:
    rita = acme.hire("Rita")
    plan = ok(acme.ola.get("/answer-plan"))
    assert (plan["version"], plan["first_step_minutes"]) == (0, None)
    ok(acme.ola.patch("/answer-plan", {"first_step_minutes": 30, "version": 0}))
    lead = acme.program().add("Dana")
    assert (lead["owner"]["name"], lead["next_step"]) == ("Rita", "First contact")
    assert lead["next_step_at"] == "2026-01-07T10:30:00Z"

    clock.move(timedelta(minutes=29, seconds=59))
    owners_are_reminded()
    assert rita.told("lead.step_due") == []
    clock.move(timedelta(seconds=1))
    owners_are_reminded()
    owners_are_reminded()
    assert rita.told("lead.step_due") == ["First contact: Dana"]


def test_a_lead_that_waits_for_the_customer_is_not_late_and_one_that_waits_for_us_goes_up_and_on(
    acme: Acme, drain: Drain
) -> None:
    rita, omer, mona = acme.hire("Rita"), acme.hire("Omer"), acme.hire("Mona", role="manager")
    ok(acme.ola.patch("/scoring/settings", {"warm": 1, "hot": 2}))
    on_hold = {"field": "tags", "op": "has_any", "value": ["hold"]}
    changes = {
        "chain": [{"after_minutes": 30, "tell": "managers", "reassign": True}],
        "pauses": [{"name": "Waiting for the customer", "when": on_hold}],
    }
    saved = ok(acme.ola.patch("/answer-plan", changes))
    assert saved["pauses"][0]["sentence"] == "Tags has “hold”"
    shop = acme.program()
    ours, theirs = shop.add("Ours"), shop.add("Theirs")
    assert [ours["owner"]["name"], theirs["owner"]["name"]] == ["Rita", "Omer"]
    ok(omer.patch(f"/leads/{theirs['id']}", {"tags": ["hold"]}))
    held = acme.ola.lead(theirs["id"])
    assert (held["sla"]["paused"], held["respond_by"]) == ("Waiting for the customer", None)

    clock.move(timedelta(minutes=60, seconds=1))
    let_clocks_speak()
    assert mona.told("sla.breach") == []
    clock.move(timedelta(minutes=30))
    let_clocks_speak()
    drain()
    assert mona.told("sla.breach") == ["Still nobody answered Ours: 30 minutes late"]
    assert acme.ola.lead(ours["id"])["owner"]["name"] == "Omer"
    report = ok(mona.get("/sla-breaches"))
    assert [(one["band"], one["met"], one["breached"]) for one in report["bands"]] == [("hot", 0, 1)]

    ok(omer.patch(f"/leads/{theirs['id']}", {"tags": []}))
    assert acme.ola.lead(theirs["id"])["respond_by"] == "2026-01-07T12:30:01Z"
    passed = ok(omer.post(f"/leads/{theirs['id']}/reassignments"))
    assert passed["owner"]["name"] == "Rita"
    assert rita.told("lead.assigned")
