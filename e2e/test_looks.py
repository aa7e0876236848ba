"""Every screen in light, dark and right-to-left, at a desk and on a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from e2e.company import Company
from e2e.conftest import DESK, PHONE, OpenAs
from e2e.looks import SCREENS, faults, settle, wider_than_the_window


@pytest.mark.parametrize("language", ["en", "he"])
def test_everybody_can_use_the_screens(acme: Company, open_as: OpenAs, language: str) -> None:
    lead = acme.ola.lead("Dana Levi", company="Levi and Sons", value_minor=1234500, text="How much is it?")
    acme.ola.post(f"/leads/{lead['id']}/notes", {"text": "Wants the roof done before winter."})
    acme.ola.patch("/me", {"language": language})
    wrong: dict[str, list[str]] = {}
    page = open_as(acme.ola, "/pipeline", color_scheme="light")
    expect(page.locator("html")).to_have_attribute("dir", "rtl" if language == "he" else "ltr")

    for path in (*SCREENS, f"/leads/{lead['id']}"):
        page.goto(path)
        settle(page)
        found = {"light at a desk": faults(page)}
        page.emulate_media(color_scheme="dark")
        page.set_viewport_size(PHONE)
        expect(page.locator("html")).to_have_attribute("data-mantine-color-scheme", "dark")
        settle(page)
        found["dark on a phone"] = faults(page)
        if wide := wider_than_the_window(page):
            found["dark on a phone"].append(f"{wide} px too wide")
        page.set_viewport_size(DESK)
        page.emulate_media(color_scheme="light")
        wrong |= {f"{path} {look}": said for look, said in found.items() if said}
    assert wrong == {}
