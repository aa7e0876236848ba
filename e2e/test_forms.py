"""A visitor of the company's web site asks by a form."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import BrowserContext, expect

from e2e.company import Company
from e2e.conftest import OpenAs
from e2e.house import House
from e2e.screens import card, column

OpenWindow = Callable[..., BrowserContext]


def test_a_form_without_javascript_brings_a_lead_to_the_open_board(
    acme: Company, open_as: OpenAs, open_window: OpenWindow, house: House
) -> None:
    form = acme.ola.get("/forms")[0]
    board = open_as(acme.mona, "/pipeline")
    expect(column(board, "New Inquiry")).to_be_visible()
    page = open_window(java_script_enabled=False).new_page()

    page.goto(form["public_url"])
    page.get_by_label("Your name").fill("Dana Levi")
    page.get_by_label("E-mail").fill("dana@levi.example")
    for box in page.get_by_role("checkbox").all():
        box.check()
    # A form filled in within two seconds is taken for a machine's.
    page.wait_for_timeout(2_500)
    page.get_by_role("button").last.click()

    expect(card(column(board, "New Inquiry"), "Dana Levi")).to_be_visible()
