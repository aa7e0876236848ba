"""Rules of the scoring are tried on all leads before they come into force."""

from __future__ import annotations

from playwright.sync_api import expect

from e2e.company import Company
from e2e.conftest import OpenAs
from e2e.looks import faults, wider_than_the_window


def test_who_would_move_is_shown_before_the_rules_are_published(acme: Company, open_as: OpenAs) -> None:
    lead = acme.ola.lead("Dana Roof")
    page = open_as(acme.ola, "/settings/scoring")

    hot = page.get_by_label("Hot from")
    warm = page.get_by_label("Warm from")
    warm.fill("1")
    warm.press("Enter")
    expect(page.get_by_text("Not in force yet")).to_be_visible()
    hot.fill("2")
    hot.press("Enter")
    expect(page.get_by_text("becomes hot")).to_be_visible()
    assert acme.ola.get(f"/leads/{lead['id']}")["band"] == "cold"
    assert faults(page) == []
    assert wider_than_the_window(page) == 0

    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("Not in force yet")).to_be_hidden()
    expect(page.get_by_label("Hot from")).to_have_value("2")
    assert acme.ola.get("/scoring")["settings"]["hot"] == 2
