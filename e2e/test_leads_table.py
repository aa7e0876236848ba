"""The table of leads: what is shown stands in the address."""

from __future__ import annotations

from playwright.sync_api import expect

from e2e.company import Company
from e2e.conftest import OpenAs
from e2e.screens import choose, said_by_address


def test_filters_stand_in_the_address_and_survive_the_way_back(acme: Company, open_as: OpenAs) -> None:
    acme.rita.lead("Dana Levi")
    acme.omer.lead("Noa Bar")
    page = open_as(acme.mona, "/leads")
    expect(page.get_by_role("row", name="Noa Bar")).to_be_visible()

    choose(page, "All owners", "Rita Cohen")
    expect(page.get_by_role("row", name="Noa Bar")).to_have_count(0)
    said_by_address(page, "owner=")
    page.get_by_role("row", name="Dana Levi").click()
    expect(page.get_by_role("heading", name="Dana Levi")).to_be_visible()
    page.go_back()

    expect(page.get_by_role("row", name="Dana Levi")).to_be_visible()
    expect(page.get_by_role("row", name="Noa Bar")).to_have_count(0)
    page.get_by_role("button", name="Remove the filter").first.click()
    expect(page.get_by_role("row", name="Noa Bar")).to_be_visible()


def test_the_next_fifty_are_one_click_away(acme: Company, open_as: OpenAs) -> None:
    acme.rita.post(
        "/leads/batch", {"leads": [{"name": f"Lead {n:03}", "email": f"l{n}@example.com"} for n in range(60)]}
    )
    page = open_as(acme.mona, "/leads?sort=name")
    expect(page.get_by_text("1–50 of 60")).to_be_visible()

    page.get_by_role("button", name="Next page").click()

    expect(page.get_by_text("51–60 of 60")).to_be_visible()
    expect(page.get_by_role("row", name="Lead 059")).to_be_visible()
    page.go_back()
    expect(page.get_by_text("1–50 of 60")).to_be_visible()


def test_many_leads_are_given_away_at_once(acme: Company, open_as: OpenAs) -> None:
    for name in ("Dana Levi", "Noa Bar"):
        acme.rita.lead(name)
    page = open_as(acme.mona, "/leads")

    page.get_by_role("checkbox", name="Select all on this page").check()
    expect(page.get_by_text("2 selected")).to_be_visible()
    page.get_by_role("button", name="Assign to…").click()
    page.get_by_role("menuitem", name="Omer Levi").click()

    for name in ("Dana Levi", "Noa Bar"):
        expect(page.get_by_role("row", name=name)).to_contain_text("Omer Levi")
