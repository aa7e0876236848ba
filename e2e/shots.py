"""Pictures of every screen with the sample story: `python -m e2e.shots` writes them to e2e/out/."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import httpx
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from e2e.company import PASSWORD
from e2e.conftest import DESK, FLAGS, PHONE
from e2e.house import House
from e2e.looks import SCREENS, settle

OUT = Path(__file__).parent / "out"
OWNER = {
    "company": "Shemesh Solar",
    "country": "IL",
    "language": "en",
    "timezone": "Asia/Jerusalem",
    "currency": "ILS",
    "phone_region": "IL",
    "name": "Ola Berg",
    "email": "ola@shemesh.example",
    "password": PASSWORD,
    "sample_data": True,
}
LOOKS: dict[str, dict[str, Any]] = {
    "desk-light": {"viewport": DESK, "color_scheme": "light"},
    "desk-dark": {"viewport": DESK, "color_scheme": "dark"},
    "phone-light": {"viewport": PHONE, "color_scheme": "light", "has_touch": True},
    "phone-dark": {"viewport": PHONE, "color_scheme": "dark", "has_touch": True},
    "desk-hebrew": {"viewport": DESK, "color_scheme": "light"},
    "phone-hebrew": {"viewport": PHONE, "color_scheme": "light", "has_touch": True},
}


def main() -> None:
    """Start a house with the story and photograph it."""
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True)
    program = shutil.which("chromium") or shutil.which("google-chrome")
    with House() as house, sync_playwright() as player:
        browser = player.chromium.launch(executable_path=program, args=FLAGS)
        photograph_doors(browser, house)
        client = set_up(house)
        for look, options in LOOKS.items():
            speak(client, "he" if look.endswith("hebrew") else "en")
            photograph(browser, house, client, look, options)
        browser.close()


def set_up(house: House) -> httpx.Client:
    """The company of the sample story; the answer is logged in as its owner."""
    client = httpx.Client(base_url=house.url, trust_env=False, timeout=120)
    client.get("/start")
    answer = client.post("/api/v1/start", json=OWNER, headers=token(client))
    answer.raise_for_status()
    return client


def speak(client: httpx.Client, language: str) -> None:
    """Let the owner see the screens in this language."""
    client.patch("/api/v1/me", json={"language": language}, headers=token(client)).raise_for_status()


def token(client: httpx.Client) -> dict[str, str]:
    """What a browser adds to a write."""
    return {"X-CSRFToken": client.cookies["csrftoken"]}


def photograph_doors(browser: Browser, house: House) -> None:
    """The first page of an empty installation."""
    for look in ("desk-light", "phone-dark"):
        window = browser.new_context(base_url=house.url, **LOOKS[look])
        page = window.new_page()
        page.goto("/start")
        page.locator("form").wait_for()
        take(page, look, "start")
        window.close()


def photograph(
    browser: Browser, house: House, client: httpx.Client, look: str, options: dict[str, Any]
) -> None:
    """All screens in one look."""
    window: BrowserContext = browser.new_context(
        base_url=house.url, reduced_motion="reduce", service_workers="block", **options
    )
    window.add_cookies(
        [{"name": one.name, "value": one.value or "", "url": house.url} for one in client.cookies.jar]
    )
    page = window.new_page()
    for path, name in screens(client).items():
        page.goto(path)
        settle(page)
        take(page, look, name)
    window.close()


def screens(client: httpx.Client) -> dict[str, str]:
    """The address of every screen, and what its picture is called."""

    def first(path: str, **asked: Any) -> str:
        found = client.get(f"/api/v1/{path}", params=asked).json()
        rows = found if isinstance(found, list) else found["items"]
        return str(rows[0]["id"])

    named = {path: path.strip("/").replace("/", "-") for path in (*SCREENS, "/sandbox/whatsapp/")}
    return named | {
        f"/leads/{first('leads', sort='-score', limit=1)}": "lead",
        f"/customers/{first('customers', limit=1)}": "customer",
        f"/automations/{first('automations')}": "automation",
        f"/settings/forms/{first('forms')}": "settings-form",
        f"/settings/log/{first('submissions', limit=1)}": "settings-log-entry",
    }


def take(page: Page, look: str, name: str) -> None:
    """One picture."""
    page.screenshot(path=OUT / f"{name}.{look}.png")


if __name__ == "__main__":
    main()
