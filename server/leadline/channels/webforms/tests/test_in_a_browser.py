"""The pasted markup works in a real browser, on a page of another site."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, sync_playwright

from leadline.capture.models import Submission
from leadline.channels.webforms.tests.conftest import opened
from leadline.infra import tenancy
from leadline.kit import clock
from leadline.leads.models import Lead
from leadline.testing import Api, people
from leadline.workspaces.actor import Actor

Drain = Callable[..., int]
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="There is no Chromium on this machine."),
    pytest.mark.django_db(transaction=True),
]


class Quiet(SimpleHTTPRequestHandler):
    """A static site that writes no log."""

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing."""


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    # Playwright runs an event loop in this thread; the test's own queries are not asynchronous.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser.new_page(viewport={"width": 390, "height": 800})
        browser.close()


@pytest.fixture
def ada(page: Page) -> Actor:
    workspace = people.acme()
    with tenancy.workspace(workspace.id):
        return people.member(workspace, "Ada", "admin")


@pytest.fixture
def site(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A static web site of the customer, on another origin."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield tmp_path, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.fixture(autouse=True)
def real_time() -> Iterator[None]:
    yield
    clock.set_offset(timedelta())


def test_a_pasted_form_brings_campaign_page_and_consent(
    page: Page, ada: Actor, site: tuple[Path, str], live_server: Any, settings: Any, drain: Drain
) -> None:
    settings.PUBLIC_URL = live_server.url
    with tenancy.workspace(ada.workspace_id):
        form = opened(ada, consent_text="You may write to me.")
    snippet = Api(ada).get(f"/forms/{form.id}").json()["embed_html"]
    folder, address = site
    html = "<!doctype html><meta charset=utf-8><h1>Roofs</h1>" + snippet
    # What the shop adds to the markup by itself has to arrive as well.
    html = html.replace("<button>", '<input name="roof" value="flat"><button>')
    (folder / "roofs.html").write_text(html)
    campaign = "utm_source=g&utm_medium=cpc&utm_campaign=x&utm_term=t&utm_content=c&gclid=AbC"

    page.goto(f"{address}/roofs.html?{campaign}")
    page.get_by_label("Your name").fill("Dana Levi")
    page.get_by_role("button", name="Send").click()
    page.get_by_text("Leave an e-mail address or a phone number").wait_for()
    page.get_by_label("E-mail").fill("dana@levi.example")
    page.get_by_label("You may write to me.").check()
    clock.move(timedelta(seconds=20))
    page.get_by_role("button", name="Send").click()
    page.get_by_text("Your message has arrived").wait_for()
    assert page.url.startswith(f"{address}/roofs.html")
    drain()

    with tenancy.workspace(ada.workspace_id):
        lead = Lead.objects.select_related("contact").get()
        assert Submission.objects.get().state == "understood"
        assert lead.page == f"{address}/roofs.html?{campaign}"
        assert lead.utm["utm_campaign"] == "x"
        assert (lead.utm["gclid"], lead.source) == ("AbC", "google_ads")
        assert lead.extra["roof"] == "flat"
        assert lead.extra["first_touch"]["landing_url"].startswith(address)
        assert lead.contact.consent["text"] == "You may write to me."


def test_the_hosted_page_asks_only_what_applies_and_works_in_a_frame(
    page: Page, ada: Actor, site: tuple[Path, str], live_server: Any, settings: Any
) -> None:
    settings.PUBLIC_URL = live_server.url
    fields = [
        {"key": "email", "label": "E-mail", "type": "email"},
        {"key": "kind", "label": "Kind", "type": "choice", "choices": ["Home", "Shop"]},
        {"key": "company", "label": "Company", "show_if": {"field": "kind", "equals": "Shop"}},
    ]
    with tenancy.workspace(ada.workspace_id):
        form = opened(ada, fields=fields)
    shown = Api(ada).get(f"/forms/{form.id}").json()
    folder, address = site
    (folder / "frame.html").write_text(shown["iframe_html"])

    page.goto(f"{address}/frame.html")
    inner = page.frame_locator("iframe")
    inner.get_by_label("Kind").wait_for()
    assert inner.get_by_label("Company").is_hidden()
    inner.get_by_label("Kind").select_option("Shop")
    inner.get_by_label("Company").fill("Levi Roofs")
    inner.get_by_label("E-mail").fill("dana@levi.example")
    clock.move(timedelta(seconds=20))
    inner.get_by_role("button").click()
    inner.get_by_text("Your message has arrived").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    with tenancy.workspace(ada.workspace_id):
        assert Submission.objects.get().state == "received"
