"""Every screen in light, dark and right-to-left, at a desk and on a phone."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from e2e.company import Company
from e2e.conftest import DESK, PHONE, OpenAs
from e2e.looks import SCREENS, faults, settle, wider_than_the_window

LOOKS = {
    "light": ("en", DESK, "light"),
    "dark": ("en", DESK, "dark"),
    "right-to-left": ("he", DESK, "light"),
    "phone": ("en", PHONE, "light"),
    "right-to-left phone in the dark": ("he", PHONE, "dark"),
}


@pytest.mark.parametrize("look", LOOKS)
def test_everybody_can_use_the_screens(acme: Company, open_as: OpenAs, look: str) -> None:
    language, viewport, scheme = LOOKS[look]
    lead = acme.ola.lead("Dana Levi", company="Levi and Sons", value_minor=1234500, text="How much is it?")
    acme.ola.post(f"/leads/{lead['id']}/notes", {"text": "Wants the roof done before winter."})
    acme.ola.patch("/me", {"language": language})
    wrong: dict[str, Any] = {}
    page = open_as(acme.ola, "/pipeline", viewport=viewport, color_scheme=scheme)
    expect(page.locator("html")).to_have_attribute("dir", "rtl" if language == "he" else "ltr")
    for path in (*SCREENS, f"/leads/{lead['id']}"):
        page.goto(path)
        settle(page)
        if found := [
            *faults(page),
            *([f"{wide} px too wide"] if (wide := wider_than_the_window(page)) else []),
        ]:
            wrong[path] = found
    assert wrong == {}
