"""Who may come in: password, second step, and where the way leads afterwards."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from e2e.company import PASSWORD, Company, Person
from e2e.conftest import OpenAs
from e2e.house import House

# How many records the browser keeps in all its databases.
KEPT = """async () => {
  const done = (request) => new Promise((resolve) => (request.onsuccess = () => resolve(request.result)))
  let kept = 0
  for (const { name } of await indexedDB.databases()) {
    const database = await done(indexedDB.open(name))
    for (const store of database.objectStoreNames)
      kept += await done(database.transaction(store).objectStore(store).count())
    database.close()
  }
  return kept
}"""
OpenWindow = Callable[..., BrowserContext]


def knock(open_window: OpenWindow, house: House, path: str = "/") -> Page:
    page = open_window(base_url=house.url).new_page()
    page.goto(path)
    return page


def log_in(page: Page, person: Person, password: str = PASSWORD) -> None:
    page.get_by_label("E-mail").fill(person.email)
    page.get_by_role("textbox", name="Password").fill(password)
    page.get_by_role("button", name="Log in").click()


def test_a_wrong_password_is_told_and_the_right_one_leads_where_one_wanted_to_go(
    acme: Company, open_window: OpenWindow, house: House
) -> None:
    lead = acme.rita.lead("Dana Levi")
    page = knock(open_window, house, f"/leads/{lead['id']}")

    log_in(page, acme.rita, "not the password")
    expect(page.get_by_role("alert")).to_contain_text("E-mail or password is wrong")
    log_in(page, acme.rita)

    expect(page.get_by_role("heading", name="Dana Levi")).to_be_visible()


def test_a_second_step_asks_for_a_code(acme: Company, open_window: OpenWindow, house: House) -> None:
    code = acme.omer.second_step()
    page = knock(open_window, house)

    log_in(page, acme.omer)
    expect(page.get_by_role("heading", name="Second step")).to_be_visible()
    page.get_by_label("Code").fill("000000")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("alert")).to_contain_text("This code is not valid")
    page.get_by_label("Code").fill(code())
    page.get_by_role("button", name="Continue").click()

    expect(page.get_by_role("region", name="New Inquiry")).to_be_visible()


def test_logging_out_leaves_nothing_to_see(acme: Company, open_as: OpenAs) -> None:
    acme.rita.lead("Dana Levi")
    page = open_as(acme.rita, "/pipeline")
    expect(page.get_by_role("link", name="Dana Levi")).to_be_visible()

    page.get_by_role("button", name="Account of Rita Cohen").click()
    page.get_by_role("menuitem", name="Log out").click()
    expect(page.get_by_role("heading", name="Log in")).to_be_visible()
    page.goto("/pipeline")

    expect(page.get_by_role("heading", name="Log in")).to_be_visible()
    assert page.evaluate(KEPT) == 0


def test_an_invited_colleague_joins_by_the_link(acme: Company, open_window: OpenWindow, house: House) -> None:
    domain = acme.ola.email.split("@")[1]
    invitation = acme.ola.post(
        "/invitations", {"email": f"noa@{domain}", "name": "Noa Bar", "role": "rep", "team_ids": []}
    )
    page = knock(open_window, house, invitation["link"])

    expect(page.get_by_role("heading", name=f"Join {acme.name}")).to_be_visible()
    page.get_by_role("textbox", name="Password").fill("a long enough secret")
    page.get_by_role("button", name="Join").click()

    expect(page.get_by_role("button", name="Account of Noa Bar")).to_be_visible()
