"""How a screen may be looked at, and what axe-core finds on it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

AXE = Path(__file__).parents[1] / "web/node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def faults(page: Page) -> list[str]:
    """The serious and critical findings, each with the first element it is about."""
    # Evaluated, not inserted as a script element: the page's policy would rightly refuse that.
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text())
    found: dict[str, Any] = page.evaluate(
        "(rules) => axe.run({ runOnly: rules, resultTypes: ['violations'], iframes: false })", RULES
    )
    return [
        f"{one['id']}: {one['nodes'][0]['target']} {one['nodes'][0]['failureSummary'][:200]}"
        for one in found["violations"]
        if one["impact"] in ("serious", "critical")
    ]


def wider_than_the_window(page: Page) -> int:
    """By how many pixels the page can be scrolled sideways."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


# Every screen of a member who may see everything; a lead's page is added where there is a lead.
SCREENS = (
    "/pipeline",
    "/leads",
    "/customers",
    "/settings/profile",
    "/settings/company",
    "/settings/members",
    "/settings/teams",
    "/settings/pipeline",
    "/settings/fields",
    "/settings/conversion",
    "/settings/scoring",
    "/settings/prediction",
    "/settings/transfer",
    "/settings/assignment",
    "/settings/answer",
    "/settings/late",
    "/automations",
    "/settings/whatsapp",
    "/settings/mail",
    "/settings/ads",
    "/settings/spam",
    "/settings/websites",
    "/settings/forms",
    "/settings/ads",
    "/settings/ads/meta_ads",
    "/settings/spam",
    "/settings/websites",
    "/settings/connections",
    "/settings/keys",
    "/settings/log",
    "/settings/outbox",
    "/settings/audit",
    "/settings/logins",
)


def settle(page: Page) -> None:
    """Wait until a screen shows what it has instead of its skeleton."""
    page.locator("main").wait_for()
    expect(page.locator("[aria-busy=true]")).to_have_count(0)
    page.wait_for_timeout(150)
