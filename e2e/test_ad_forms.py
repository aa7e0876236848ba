"""Lead ads: connected with one button, tried as the customer, and on the board a moment later."""

from __future__ import annotations

from playwright.sync_api import expect

from e2e.company import Company
from e2e.conftest import OpenAs
from e2e.screens import card, column


def test_a_customer_fills_in_an_advertisement_and_stands_on_the_board(acme: Company, open_as: OpenAs) -> None:
    settings = open_as(acme.ola, "/settings/ads")
    settings.get_by_role("link", name="Facebook and Instagram lead ads").click()
    settings.get_by_role("button", name="Connect", exact=True).click()
    settings.get_by_role("button", name="Test", exact=True).click()
    expect(settings.get_by_text("Everything works.")).to_be_visible()
    board = open_as(acme.mona, "/pipeline")
    expect(column(board, "New Inquiry")).to_be_visible()

    desk = open_as(acme.ola, "/sandbox/ads/meta_ads/")
    desk.get_by_label("Full name").fill("Noa Bar")
    desk.get_by_label("Instagram").check()
    desk.get_by_role("button", name="Submit").click()

    expect(desk.get_by_role("status")).to_have_text("Thank you! We will contact you soon.")
    expect(card(column(board, "New Inquiry"), "Noa Bar")).to_be_visible()
    desk.get_by_role("link", name="Look again").click()
    expect(desk.get_by_role("listitem").filter(has_text="Noa Bar")).to_contain_text("is a lead")
