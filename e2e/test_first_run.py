"""The first page of an empty installation."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, expect

from e2e.house import House


@pytest.fixture
def empty_house() -> Iterator[House]:
    with House() as running:
        yield running


def test_an_israeli_company_is_set_up_in_hebrew_and_sees_its_board(
    empty_house: House, open_window: Callable[..., BrowserContext]
) -> None:
    page = open_window(base_url=empty_house.url, locale="en-GB", timezone_id="Europe/London").new_page()
    page.goto("/")

    page.get_by_label("Company name").fill("Shemesh Ltd")
    page.get_by_role("combobox", name="Country").fill("Isr")
    page.get_by_role("option", name="Israel").click()
    expect(page.get_by_role("combobox", name="Language")).to_have_value("עברית")
    expect(page.get_by_role("combobox", name="Currency")).to_have_value("ILS · Israeli New Shekel")
    expect(page.get_by_role("combobox", name="Time zone")).to_have_value("Asia/Jerusalem")
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Your name").fill("Ola Berg")
    page.get_by_label("E-mail").fill("ola@shemesh.example")
    page.get_by_role("textbox", name="Password").fill("correct horse battery staple")
    page.get_by_role("switch", name="Add sample data").uncheck(force=True)
    page.get_by_role("button", name="Start").click()

    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.get_by_role("button", name="ליד חדש")).to_be_visible()
    expect(page.locator("[data-stage]")).to_have_count(6)
    me = page.request.get("/api/v1/me").json()["workspace"]
    assert (me["language"], me["currency"], me["timezone"]) == ("he", "ILS", "Asia/Jerusalem")
    page.goto("/start")
    expect(page.get_by_role("link", name="כניסה").or_(page.locator("[data-stage]").first)).to_be_visible()
