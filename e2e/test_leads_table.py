"""The table of leads: what is shown stands in the address."""

from __future__ import annotations

from playwright.sync_api import expect

from e2e.company import Company
from e2e.conftest import OpenAs
from e2e.screens import choose, in_sync, said_by_address


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
        "/leads/batch",
        {"leads": [{"name": f"Lead {n:03}", "email": f"l{n}@example.com"} for n in range(60)]},
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


def test_back_from_a_lead_is_where_one_was(acme: Company, open_as: OpenAs) -> None:
    acme.rita.lead("Dana Levi", source="referral")
    acme.rita.lead("Noa Bar", source="google_ads")
    page = open_as(acme.rita, "/leads")
    choose(page, "All sources", "Referral")
    expect(page.get_by_role("row", name="Noa Bar")).to_have_count(0)
    address = page.url

    page.get_by_role("link", name="Dana Levi").click()
    expect(page.get_by_role("heading", name="Dana Levi")).to_be_visible()
    page.go_back()

    expect(page).to_have_url(address)
    expect(page.get_by_role("row", name="Dana Levi")).to_be_visible()
    expect(page.get_by_role("row", name="Noa Bar")).to_have_count(0)
    page.go_forward()
    expect(page.get_by_role("heading", name="Dana Levi")).to_be_visible()


def test_a_note_sent_by_a_double_click_is_one_note(acme: Company, open_as: OpenAs) -> None:
    lead = acme.rita.lead("Dana Levi")
    page = open_as(acme.rita, f"/leads/{lead['id']}")

    page.get_by_role("textbox", name="Write a note…").fill("Call again on Sunday.")
    page.get_by_role("button", name="Add note").dblclick()

    in_sync(page)
    notes = [e for e in acme.rita.get(f"/leads/{lead['id']}/timeline")["items"] if e["kind"] == "note"]
    assert len(notes) == 1
