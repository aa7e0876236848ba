"""Settings: people, teams, channels, and what came in."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import BrowserContext, expect

from e2e.company import Company
from e2e.conftest import OpenAs
from e2e.screens import in_sync

OpenWindow = Callable[..., BrowserContext]


def test_a_colleague_is_invited_and_the_link_is_shown_once(acme: Company, open_as: OpenAs) -> None:
    page = open_as(acme.ola, "/settings/members")
    address = f"noa@{acme.ola.email.split('@')[1]}"

    page.get_by_role("button", name="Invite", exact=True).click()
    dialog = page.get_by_role("dialog", name="Invite")
    dialog.get_by_label("E-mail").fill(address)
    dialog.get_by_label("Name", exact=True).fill("Noa Bar")
    dialog.get_by_role("button", name="Send the invitation").click()
    expect(page.get_by_role("dialog", name=f"{address} is invited")).to_contain_text("/invitation/")
    page.get_by_role("button", name="Done").click()

    expect(page.get_by_role("button", name="Withdraw")).to_be_visible()
    assert [one["email"] for one in acme.ola.get("/invitations")] == [address]


def test_a_new_team_is_there_for_everybody(acme: Company, open_as: OpenAs) -> None:
    page = open_as(acme.ola, "/settings/teams")

    page.get_by_role("button", name="New team").click()
    page.get_by_role("dialog").get_by_label("Name", exact=True).fill("North")
    page.get_by_role("dialog").get_by_role("button", name="Add").click()

    expect(page.get_by_role("heading", name="North")).to_be_visible()
    assert "North" in [team["name"] for team in acme.ola.get("/teams")]


def test_a_field_saves_itself_and_says_so(acme: Company, open_as: OpenAs) -> None:
    page = open_as(acme.ola, "/settings/company")

    name = page.get_by_role("textbox", name="Company name")
    name.fill("Acme and Daughters")
    name.press("Enter")

    expect(page.get_by_text("Saved")).to_be_visible()
    in_sync(page)
    assert acme.ola.get("/workspace")["name"] == "Acme and Daughters"


def test_the_sandbox_number_is_tested_step_by_step(acme: Company, open_as: OpenAs) -> None:
    page = open_as(acme.ola, "/settings/whatsapp")

    page.get_by_role("button", name="Test", exact=True).click()

    expect(page.get_by_text("Everything works.")).to_be_visible()


def test_a_rep_may_look_at_no_secrets(acme: Company, open_as: OpenAs) -> None:
    page = open_as(acme.rita, "/settings/profile")

    expect(page.get_by_role("heading", name="Profile and login")).to_be_visible()
    expect(page.get_by_role("link", name="WhatsApp")).to_have_count(0)
    expect(page.get_by_role("link", name="API keys")).to_have_count(0)


def test_what_was_held_back_is_looked_at_and_let_in(
    acme: Company, open_as: OpenAs, open_window: OpenWindow
) -> None:
    form = acme.ola.get("/forms")[0]
    visitor = open_window(java_script_enabled=False).new_page()
    visitor.goto(form["public_url"])
    visitor.get_by_label("Your name").fill("Dana Levi")
    visitor.get_by_label("E-mail").fill("dana@levi.example")
    for box in visitor.get_by_role("checkbox").all():
        box.check()
    # Within two seconds, as a machine would.
    visitor.get_by_role("button").last.click()
    page = open_as(acme.ola, "/settings/log?state=quarantined")

    page.get_by_role("list", name="Integration log").get_by_role("link").first.click()
    expect(page.get_by_text("filled in faster than people can").first).to_be_visible()
    page.get_by_role("button", name="Try again").click()
    page.get_by_role("link", name="Open the lead").click()

    expect(page.get_by_role("heading", name="Dana Levi")).to_be_visible()
