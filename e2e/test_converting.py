"""A lead becomes a deal of a customer with one button, and a lead again with another."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from e2e.company import Company, new_phone
from e2e.conftest import PHONE, OpenAs
from e2e.screens import card, entry, field, in_sync


def convert(page: Page) -> None:
    """Through the dialog, as it opens."""
    page.get_by_role("button", name="Convert", exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="Convert", exact=True).click()
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_lead_becomes_a_deal_and_its_company_a_customer(acme: Company, open_as: OpenAs) -> None:
    lead = acme.rita.lead("Dana Levi", company="Rooftop Ltd", value_minor=900000)
    acme.rita.post(f"/leads/{lead['id']}/notes", {"text": "Wants it before winter."})
    page = open_as(acme.rita, f"/leads/{lead['id']}")

    page.get_by_role("button", name="Convert", exact=True).click()
    dialog = page.get_by_role("dialog", name="Convert Dana Levi")
    expect(dialog.get_by_role("textbox", name="Name of the customer")).to_have_value("Rooftop Ltd")
    expect(dialog.get_by_role("textbox", name="Value (ILS)")).to_have_value("₪9,000")
    dialog.get_by_role("button", name="Convert", exact=True).click()

    expect(page.get_by_text("Rooftop Ltd is a customer.")).to_be_visible()
    expect(page.get_by_role("button", name="Convert", exact=True)).to_have_count(0)
    page.get_by_role("main").get_by_role("link", name="Rooftop Ltd").click()
    expect(page.get_by_role("heading", name="Rooftop Ltd", level=1)).to_be_visible()
    expect(entry(page, "Wants it before winter.")).to_be_visible()
    expect(page.get_by_role("main").get_by_role("link", name="Dana Levi")).to_be_visible()

    field(page, "City").click()
    page.get_by_role("textbox", name="City").fill("Haifa")
    page.keyboard.press("Enter")
    in_sync(page)
    [customer] = acme.rita.get("/customers")["items"]
    assert (customer["name"], customer["city"], customer["deals"]) == ("Rooftop Ltd", "Haifa", 1)

    page.get_by_role("link", name="Leads", exact=True).click()
    expect(page.get_by_role("link", name="Dana Levi")).to_have_count(0)
    page.get_by_text("Deals", exact=True).click()
    expect(page.get_by_role("link", name="Dana Levi")).to_be_visible()
    page.get_by_role("link", name="Pipeline", exact=True).click()
    expect(page.locator("li").filter(has=card(page, "Dana Levi"))).to_contain_text("Deal")


def test_the_customer_they_are_already_is_offered_first(acme: Company, open_as: OpenAs) -> None:
    first = acme.rita.lead("Dana Levi", company="Rooftop Ltd")
    acme.rita.post(f"/leads/{first['id']}/conversions", {})
    second = acme.rita.lead("Gil Roof", company="Rooftop Ltd")
    page = open_as(acme.rita, f"/leads/{second['id']}")

    page.get_by_role("button", name="Convert", exact=True).click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("radio", name="Rooftop Ltd")).to_be_checked()
    expect(dialog).to_contain_text("The same company")
    dialog.get_by_role("button", name="Convert", exact=True).click()
    expect(page.get_by_text("A new deal of Rooftop Ltd.")).to_be_visible()
    [customer] = acme.rita.get("/customers")["items"]
    assert customer["deals"] == 2


def test_a_conversion_is_undone_from_the_toast_and_from_the_menu(acme: Company, open_as: OpenAs) -> None:
    lead = acme.rita.lead("Dana Levi", phone=new_phone())
    page = open_as(acme.rita, f"/leads/{lead['id']}")
    convert(page)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("The deal is a lead again.")).to_be_visible()
    expect(page.get_by_role("button", name="Convert", exact=True)).to_be_visible()
    assert acme.rita.get("/customers")["items"] == []

    convert(page)
    page.get_by_role("button", name="More actions", exact=True).click()
    page.get_by_role("menuitem", name="Undo the conversion").click()
    expect(page.get_by_role("button", name="Convert", exact=True)).to_be_visible()
    assert acme.rita.get(f"/leads/{lead['id']}")["converted_at"] is None


def test_a_phone_converts_too(acme: Company, open_as: OpenAs) -> None:
    lead = acme.rita.lead("Dana Levi", company="Rooftop Ltd")
    page = open_as(acme.rita, f"/leads/{lead['id']}", viewport=PHONE, has_touch=True)
    convert(page)
    page.goto("/customers")
    page.get_by_role("link", name="Rooftop Ltd").click()
    expect(page.get_by_role("link", name="Dana Levi")).to_be_visible()
