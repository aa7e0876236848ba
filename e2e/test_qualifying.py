"""What a rep finds out about a lead counts at once, and decides who is called first."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from e2e.company import Company
from e2e.conftest import OpenAs
from e2e.looks import faults, wider_than_the_window
from e2e.screens import in_sync


def test_a_rep_qualifies_a_lead_and_the_best_one_comes_first(acme: Company, open_as: OpenAs) -> None:
    cool = acme.rita.lead("Cool Cohen", source="facebook")
    acme.rita.lead("Warm Weiss", source="referral")
    page = open_as(acme.rita, "/leads")
    expect(first_row(page)).to_contain_text("Warm Weiss")

    # Somebody else's answer moves the lead up while the list is open.
    yes = {key: {"state": "yes"} for key in ("authority", "need")}
    acme.mona.patch(f"/leads/{cool['id']}", {"qualification": yes})
    expect(first_row(page)).to_contain_text("Cool Cohen")

    first_row(page).click()
    bant = page.get_by_role("region", name="BANT")
    expect(bant).to_contain_text("Still to find out: Budget confirmed, Timeline")
    budget = bant.get_by_role("group", name="Budget confirmed")
    budget.get_by_role("button", name="Yes").click()
    expect(budget).to_contain_text("+10")
    in_sync(page)
    expect(page.get_by_role("list", name="Why")).to_contain_text("Has the budget")
    page.get_by_text("How the score came about").click()
    expect(page.get_by_role("list", name="How the score came about")).to_contain_text("Has the budget")
    assert faults(page) == []
    assert wider_than_the_window(page) == 0
    saved = acme.rita.get(f"/leads/{cool['id']}")
    assert saved["qualification"]["budget"]["state"] == "yes"


def first_row(page: Page) -> Locator:
    """The first lead of the table."""
    return page.get_by_role("row").nth(1)
