"""One visitor in a real browser: looks around, agrees, fills in a form that asks for a calculation."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from leadline.capture import actions as capture
from leadline.capture.models import Submission
from leadline.channels.webforms.tests.conftest import opened
from leadline.channels.webforms.tests.test_in_a_browser import CHROMIUM, ada, page, real_time, site
from leadline.engines.timeline.models import TimelineEntry
from leadline.infra import tenancy
from leadline.kit import clock
from leadline.leads.models import Lead
from leadline.testing import Api
from leadline.tracking.models import PageCount, Visit
from leadline.workspaces.actor import Actor

Drain = Callable[..., int]
AGENT = (
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"
)
__all__ = ["ada", "page", "real_time", "site"]
pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="There is no Chromium on this machine."),
    pytest.mark.django_db(transaction=True),
]


def test_visits_before_the_form_appear_on_the_lead_and_nothing_is_kept_before_consent(
    page: Page, ada: Actor, site: tuple[Path, str], live_server: Any, settings: Any, drain: Drain
) -> None:
    settings.PUBLIC_URL = live_server.url
    folder, address = site
    website = {"origins": [address], "ask_consent": True, "key_pages": ["/prices"]}
    with tenancy.workspace(ada.workspace_id):
        form = opened(ada, proof_of_work=True)
        capture.open_connection(ada, channel="website", name="Shop", settings=website)
    snippet = Api(ada).get(f"/forms/{form.id}").json()["embed_html"]
    (shop,) = Api(ada).get("/connections", channel="website").json()
    script = f'<script async src="{shop["url"]}"></script>'
    for name, body in (("home", ""), ("prices", ""), ("contact", snippet)):
        (folder / f"{name}.html").write_text(
            f"<!doctype html><title>{name}</title>{script}<h1>{name}</h1>{body}"
        )

    assert page.context.browser is not None
    # A browser without a screen says so in its name, and counts as a program.
    page = page.context.browser.new_page(user_agent=AGENT)
    with page.expect_response("**/t/c"):
        page.goto(f"{address}/home.html?token=secret")
    assert page.evaluate("document.cookie") == ""
    with page.expect_response("**/t/c"):
        page.evaluate("leadline.consent(true)")
    assert "_vid=" in page.evaluate("document.cookie")
    with page.expect_response("**/t/c"):
        page.goto(f"{address}/prices.html")
    page.goto(f"{address}/contact.html")
    # Whoever has consented gets the form once more, when it is known who they are.
    page.wait_for_load_state("networkidle")
    page.get_by_label("Your name").fill("Dana Levi")
    page.get_by_label("E-mail").fill("dana@levi.example")
    clock.move(timedelta(seconds=20))
    page.get_by_role("button", name="Send").click()
    page.get_by_text("Your message has arrived").wait_for()
    drain()

    with tenancy.workspace(ada.workspace_id):
        kept = Submission.objects.get()
        assert (kept.state, kept.reason) == ("understood", "")
        lead = Lead.objects.get()
        told = TimelineEntry.objects.filter(about_id=lead.id, kind="visit").order_by("at")
        assert [entry.text for entry in told] == [
            "Looked at “home”",
            "Looked at “prices”",
            "Looked at “contact”",
        ]
        assert "secret" not in Visit.objects.earliest("at").url
        assert PageCount.objects.get(path="/home.html").views == 1
    page.evaluate("leadline.consent(false)")
    assert "_vid=" not in page.evaluate("document.cookie")


def test_at_a_stand_people_follow_each_other_also_without_a_network(
    page: Page, ada: Actor, live_server: Any, settings: Any, drain: Drain
) -> None:
    settings.PUBLIC_URL = live_server.url
    with tenancy.workspace(ada.workspace_id):
        form = opened(ada, kind="event", offer="Expo 2026", source="event")
    page.goto(Api(ada).get(f"/forms/{form.id}").json()["public_url"])
    page.get_by_text("Everything is sent.").wait_for()
    clock.move(timedelta(seconds=20))
    page.context.set_offline(True)
    known = ("VERSION:3.0", "FN:Dana Levi", "TEL;TYPE=CELL:050-123-4567", "EMAIL:dana@levi.example")
    page.get_by_label("vCard").fill("\n".join(("BEGIN:VCARD", *known, "END:VCARD")))
    assert page.get_by_label("Your name").input_value() == "Dana Levi"
    page.get_by_role("button", name="Send").click()
    page.get_by_label("Your name").fill("Eve Cohen")
    page.get_by_label("E-mail").fill("eve@cohen.example")
    page.get_by_role("button", name="Send").click()
    page.get_by_text("2 saved here, waiting to be sent.").wait_for()
    page.context.set_offline(False)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    page.get_by_text("Everything is sent.").wait_for()
    drain()

    with tenancy.workspace(ada.workspace_id):
        leads = Lead.objects.order_by("id")
        assert [lead.name for lead in leads] == ["Dana Levi", "Eve Cohen"]
        assert {lead.extra["event"] for lead in leads} == {"Expo 2026"}
