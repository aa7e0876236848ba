"""The board: leads move by mouse, keyboard and menu, and everybody sees it."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from e2e.company import Company
from e2e.conftest import OpenAs


def column(page: Page, stage: str) -> Locator:
    return page.get_by_role("region", name=stage, exact=True)


def card(place: Page | Locator, name: str) -> Locator:
    return place.get_by_role("link", name=name, exact=True)


def drag(page: Page, what: Locator, onto: Locator) -> None:
    """Drag as a hand does: press, move a little, move there, let go."""
    start, goal = what.bounding_box(), onto.bounding_box()
    assert start and goal
    page.mouse.move(start["x"] + 20, start["y"] + 10)
    page.mouse.down()
    page.mouse.move(start["x"] + 30, start["y"] + 16, steps=3)
    page.mouse.move(goal["x"] + goal["width"] / 2, goal["y"] + 200, steps=8)
    page.mouse.up()


def test_a_dragged_lead_stays_where_it_was_dropped_and_the_money_follows(acme: Company, open_as: OpenAs) -> None:
    acme.rita.lead("Dana Levi", value_minor=1200000)
    acme.rita.lead("Noa Bar", value_minor=300050)
    page = open_as(acme.rita, "/pipeline")
    expect(column(page, "New Inquiry").locator("[data-total]")).to_have_text("₪15,000.50")

    drag(page, card(page, "Dana Levi"), column(page, "Quote Sent"))

    expect(card(column(page, "Quote Sent"), "Dana Levi")).to_be_visible()
    expect(column(page, "New Inquiry").locator("[data-total]")).to_have_text("₪3,000.50")
    expect(column(page, "Quote Sent").locator("[data-total]")).to_have_text("₪12,000")
    expect(page.get_by_text("Up to date")).to_be_visible()
    page.reload()
    expect(card(column(page, "Quote Sent"), "Dana Levi")).to_be_visible()
    expect(column(page, "New Inquiry").locator("[data-count]")).to_have_text("1 lead")
