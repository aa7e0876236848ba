"""The board under a finger: hold to lift, carry, let go; a finger that moves at once scrolls."""

from __future__ import annotations

from playwright.sync_api import CDPSession, Page, ViewportSize, expect

from e2e.company import Company
from e2e.conftest import PHONE, OpenAs
from e2e.screens import card, column, in_sync

TABLET: ViewportSize = {"width": 1180, "height": 820}


def _touch(finger: CDPSession, kind: str, *points: tuple[float, float]) -> None:
    finger.send(
        "Input.dispatchTouchEvent",
        {"type": kind, "touchPoints": [{"x": x, "y": y} for x, y in points]},
    )


def _middle(page: Page, stage: str) -> tuple[float, float]:
    box = column(page, stage).bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + 220


def test_a_finger_lifts_carries_and_drops_a_lead(acme: Company, open_as: OpenAs) -> None:
    lead = acme.rita.lead("Dana Levi")
    page = open_as(acme.rita, "/pipeline", viewport=TABLET, has_touch=True)
    finger = page.context.new_cdp_session(page)
    box = card(page, "Dana Levi").bounding_box()
    assert box is not None
    start, goal = (box["x"] + 40, box["y"] + 12), _middle(page, "First Contact")

    _touch(finger, "touchStart", start)
    expect(page.locator("[data-lifted]")).to_have_count(1)
    for part in (0.3, 0.6, 1.0):
        here = (
            start[0] + (goal[0] - start[0]) * part,
            start[1] + (goal[1] - start[1]) * part,
        )
        _touch(finger, "touchMove", here)
    expect(column(page, "First Contact")).to_have_attribute("data-over", "")
    _touch(finger, "touchEnd")

    expect(card(column(page, "First Contact"), "Dana Levi")).to_be_visible()
    expect(page).to_have_url("/pipeline")
    in_sync(page)
    assert acme.rita.get(f"/leads/{lead['id']}")["stage_name"] == "First Contact"


def test_on_a_phone_a_lead_is_dropped_on_the_name_of_its_stage(acme: Company, open_as: OpenAs) -> None:
    lead = acme.rita.lead("Dana Levi")
    page = open_as(acme.rita, "/pipeline", viewport=PHONE, has_touch=True, is_mobile=True)
    finger = page.context.new_cdp_session(page)
    box, goal = (
        card(page, "Dana Levi").bounding_box(),
        page.get_by_role("tab", name="Quote Sent").bounding_box(),
    )
    assert box is not None
    assert goal is not None

    _touch(finger, "touchStart", (box["x"] + 40, box["y"] + 12))
    expect(page.locator("[data-lifted]")).to_have_count(1)
    _touch(finger, "touchMove", (box["x"] + 60, box["y"] - 20))
    _touch(finger, "touchMove", (goal["x"] + 20, goal["y"] + 20))
    expect(page.get_by_role("tab", name="Quote Sent")).to_have_attribute("data-over", "")
    _touch(finger, "touchEnd")

    expect(page.locator("[data-lifted]")).to_have_count(0)
    in_sync(page)
    assert acme.rita.get(f"/leads/{lead['id']}")["stage_name"] == "Quote Sent"


def test_a_finger_that_moves_at_once_lifts_nothing(acme: Company, open_as: OpenAs) -> None:
    acme.rita.lead("Dana Levi")
    page = open_as(acme.rita, "/pipeline", viewport=TABLET, has_touch=True)
    finger = page.context.new_cdp_session(page)
    box = card(page, "Dana Levi").bounding_box()
    assert box is not None
    start, goal = (box["x"] + 40, box["y"] + 12), _middle(page, "First Contact")

    _touch(finger, "touchStart", start)
    _touch(finger, "touchMove", (start[0] + 30, start[1]))
    _touch(finger, "touchMove", goal)
    _touch(finger, "touchEnd")

    expect(page.locator("[data-lifted]")).to_have_count(0)
    expect(card(column(page, "New Inquiry"), "Dana Levi")).to_be_visible()
