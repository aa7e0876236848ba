"""The parts of the screens that several stories touch, found as people find them: by role and name."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect


def column(page: Page, stage: str) -> Locator:
    """A column of the board."""
    return page.get_by_role("region", name=stage, exact=True)


def card(place: Page | Locator, name: str) -> Locator:
    """A lead's card on the board."""
    return place.get_by_role("link", name=name, exact=True)


def total(page: Page, stage: str) -> Locator:
    """The money in the head of a column."""
    return column(page, stage).locator("[data-total]")


def count(page: Page, stage: str) -> Locator:
    """The number of leads in the head of a column."""
    return column(page, stage).locator("[data-count]")


def drag(page: Page, what: Locator, onto: Locator) -> None:
    """Drag as a hand does: press, pull until it lifts, carry it over, let go."""
    expect(what).to_be_visible()
    start, goal = what.bounding_box(), onto.bounding_box()
    assert start is not None
    assert goal is not None
    page.mouse.move(start["x"] + 20, start["y"] + 10)
    page.mouse.down()
    page.mouse.move(start["x"] + 34, start["y"] + 18, steps=4)
    expect(page.locator("[data-lifted]")).to_have_count(1)
    page.mouse.move(goal["x"] + goal["width"] / 2, goal["y"] + 200, steps=8)
    expect(onto).to_have_attribute("data-over", "")
    page.mouse.up()


def in_sync(page: Page) -> None:
    """Wait until the server has everything that was done on this page."""
    expect(page.locator("[data-sync]")).to_contain_text("Up to date")


def field(page: Page, label: str, value: str = "") -> Locator:
    """A value of a record that can be edited where it stands."""
    return page.get_by_role("button", name=f"Edit {label}: {value}".rstrip())


def entry(page: Page, text: str) -> Locator:
    """An entry of the timeline."""
    return page.get_by_role("region", name="Timeline").get_by_role("listitem").filter(has_text=text)


def said_by_address(page: Page, words: str) -> None:
    """Wait until the page's address holds these words."""
    expect(page).to_have_url(re.compile(re.escape(words)))


def choose(page: Page, label: str, option: str) -> None:
    """Choose in a list that opens."""
    page.get_by_role("combobox", name=label).or_(page.get_by_role("textbox", name=label)).first.click()
    page.get_by_role("option", name=option, exact=True).click()
