"""One search finds everything, however a number is written."""

from __future__ import annotations

from playwright.sync_api import expect

from e2e.company import Company
from e2e.conftest import OpenAs


def test_a_lead_is_found_by_its_number_in_any_notation(acme: Company, open_as: OpenAs) -> None:
    acme.rita.lead("Dana Levi", phone="050-123-4567")
    acme.rita.lead("Noa Bar")
    page = open_as(acme.rita, "/pipeline")
    expect(page.get_by_role("link", name="Noa Bar")).to_be_visible()

    page.keyboard.press("Control+k")
    words = page.get_by_role("dialog").get_by_role("combobox")
    for written in ("0501234567", "+972-50-123-4567", "501234567", "levi"):
        words.fill("")
        expect(page.get_by_role("option", name="Dana Levi")).to_have_count(0)
        words.fill(written)
        expect(page.get_by_role("option", name="Dana Levi").first).to_be_visible()
        expect(page.get_by_role("option", name="Noa Bar")).to_have_count(0)
    page.get_by_role("option", name="Dana Levi").first.click()

    expect(page.get_by_role("heading", name="Dana Levi")).to_be_visible()
