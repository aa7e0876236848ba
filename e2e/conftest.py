"""The house, the companies and the browsers of the stories."""

from __future__ import annotations

import shutil
import signal
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    ViewportSize,
    expect,
    sync_playwright,
)

from e2e.company import Company, Person, found
from e2e.house import House

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESK: ViewportSize = {"width": 1440, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
# Two cores are shared by the server, its database, its worker and the browser.
expect.set_options(timeout=10_000)

OpenAs = Callable[..., Page]


def pytest_configure() -> None:
    """Tidy up as after Ctrl-C when the run is told to end."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)


@pytest.fixture(scope="session")
def house() -> Iterator[House]:
    """One real server for the whole run."""
    with House() as running:
        yield running


@pytest.fixture
def acme(house: House) -> Company:
    """A company of this story alone."""
    return found(house)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    program = shutil.which("chromium") or shutil.which("google-chrome")
    assert program, "There is no Chromium on this machine; `make test` installs it."
    with sync_playwright() as player:
        chromium = player.chromium.launch(executable_path=program, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def open_window(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Opens windows that share nothing; whatever a page complains about fails the story at its end."""
    windows: list[BrowserContext] = []
    complaints: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        # What the server refuses on purpose is told to people by the page, and checked in the stories.
        if message.type == "error" and "Failed to load resource" not in message.text:
            complaints.append(message.text)

    def opened(**options: Any) -> BrowserContext:
        given = {
            "viewport": DESK,
            "locale": "en-GB",
            "timezone_id": "Asia/Jerusalem",
            "service_workers": "block",
            "reduced_motion": "reduce",
        }
        window = browser.new_context(**(given | options))
        window.set_default_timeout(10_000)
        window.on("console", hear)
        window.on("weberror", lambda error: complaints.append(str(error.error)))
        windows.append(window)
        return window

    yield opened
    for window in windows:
        window.close()
    assert complaints == []


@pytest.fixture
def open_as(open_window: Callable[..., BrowserContext], house: House) -> OpenAs:
    """Opens a path as a member in a window of their own."""

    def opened(person: Person, path: str = "/", **options: Any) -> Page:
        window = open_window(base_url=house.url, **options)
        window.add_cookies(person.browser_cookies())
        page = window.new_page()
        page.goto(path)
        return page

    return opened
