"""A lead is added from anywhere, quickly."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from e2e.company import Company, new_phone
from e2e.conftest import OpenAs
from e2e.screens import card, column, in_sync


@pytest.mark.parametrize("path", ["/pipeline", "/leads"])
def test_a_lead_is_added_by_opening_typing_and_sending(acme: Company, open_as: OpenAs, path: str) -> None:
    page = open_as(acme.rita, path)
    expect(page.get_by_role("button", name="New lead")).to_be_visible()

    page.keyboard.press("n")
    dialog = page.get_by_role("dialog", name="New lead")
    expect(dialog.get_by_label("Name", exact=True)).to_be_focused()
    page.keyboard.type("Dana Levi")
    page.keyboard.press("Tab")
    page.keyboard.type(new_phone())
    page.keyboard.press("Enter")

    expect(dialog).to_be_hidden()
    expect(page.get_by_text("Dana Levi").first).to_be_visible()
    in_sync(page)
    [lead] = acme.rita.get("/leads")["items"]
    assert (lead["name"], lead["owner"]["name"]) == ("Dana Levi", "Rita Cohen")


def test_a_lead_needs_a_name_or_a_way_to_reach_the_person(acme: Company, open_as: OpenAs) -> None:
    page = open_as(acme.rita, "/pipeline")

    page.get_by_role("button", name="New lead").click()
    page.get_by_role("button", name="Add lead").click()

    expect(page.get_by_text("Enter a name, a phone number or an e-mail.")).to_be_visible()
    assert acme.rita.get("/leads")["total"] == 0


def test_an_impatient_double_click_adds_one_lead(acme: Company, open_as: OpenAs) -> None:
    page = open_as(acme.rita, "/pipeline")

    page.get_by_role("button", name="New lead").click()
    page.get_by_label("Name", exact=True).fill("Dana Levi")
    page.get_by_role("button", name="Add lead").dblclick()

    expect(card(column(page, "New Inquiry"), "Dana Levi")).to_have_count(1)
    in_sync(page)
    page.reload()
    expect(card(column(page, "New Inquiry"), "Dana Levi")).to_have_count(1)
