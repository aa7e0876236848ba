"""An automation is built from nothing, tried on the past and on one lead, and only then switched on."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from e2e.company import Company
from e2e.conftest import OpenAs
from e2e.looks import faults, wider_than_the_window


def choose(page: Page, field: str, option: str) -> None:
    """Choose an option of a list by what people read."""
    page.get_by_role("dialog").get_by_label(field, exact=True).first.click()
    page.get_by_role("option", name=option, exact=True).click()


def test_an_automation_is_built_tried_and_switched_on(acme: Company, open_as: OpenAs) -> None:
    lead = acme.ola.lead("Dana Roof")
    page = open_as(acme.ola, "/automations")
    page.get_by_role("button", name="New automation").click()
    page.get_by_role("dialog").get_by_label("Name").fill("Remind of the quote")
    choose(page, "When", "A lead enters a stage")
    page.get_by_role("dialog").get_by_role("button", name="Add").click()
    expect(page.get_by_role("heading", name="Remind of the quote")).to_be_visible()

    page.get_by_role("button", name="Add a step").click()
    choose(page, "Kind of step", "Wait")
    page.get_by_role("dialog").get_by_label("For", exact=True).fill("2h")
    choose(page, "Unless this happens before", "The person answers")
    page.get_by_role("dialog").get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text("If it does not")).to_be_visible()

    page.get_by_role("button", name="Add a step").nth(1).click()
    choose(page, "What to do", "Plan the next step")
    page.get_by_role("dialog").get_by_label("Next step").fill("Call Dana")
    page.get_by_role("dialog").get_by_label("After, such as 2h or 1d").fill("1d")
    page.get_by_role("dialog").get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text("if not: plan the next step").first).to_be_visible()
    assert faults(page) == []
    assert wider_than_the_window(page) == 0

    acme.ola.post(f"/leads/{lead['id']}/moves", {"stage_id": acme.stages()["Quote Sent"]["id"]})
    page.get_by_role("button", name="Dry run").click()
    expect(page.get_by_text("1 run would have started")).to_be_visible(timeout=15_000)
    page.get_by_label("Test on one lead").fill("Dana")
    page.get_by_role("option", name="Dana Roof").click()
    expect(
        page.get_by_role("list", name="Test on one lead").get_by_text("Plan the next step")
    ).to_be_visible()
    assert acme.ola.get(f"/leads/{lead['id']}")["next_step"] == ""

    switch = page.get_by_label("Remind of the quote is on")
    switch.press(" ")
    expect(switch).to_be_checked()
    expect(page.get_by_text("Up to date")).to_be_visible()
    second = acme.ola.lead("Eli Roof")
    acme.ola.post(f"/leads/{second['id']}/moves", {"stage_id": acme.stages()["Quote Sent"]["id"]})
    page.get_by_role("button", name="Pause: Eli Roof").click()
    expect(page.get_by_role("button", name="Go on: Eli Roof")).to_be_visible()
