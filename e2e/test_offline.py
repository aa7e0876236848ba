"""Without a connection, and when two people change the same thing."""

from __future__ import annotations

from playwright.sync_api import Page, Request, expect

from e2e.company import Company
from e2e.conftest import OpenAs
from e2e.screens import card, column, count, field, in_sync


def test_a_change_made_offline_waits_and_is_sent_once(acme: Company, open_as: OpenAs) -> None:
    lead = acme.rita.lead("Dana Levi")
    page = open_as(acme.rita, "/pipeline")
    expect(card(page, "Dana Levi")).to_be_visible()
    in_sync(page)
    sent: list[str] = []

    def remember(request: Request) -> None:
        if request.method == "POST" and request.url.endswith("/moves"):
            sent.append(request.headers["idempotency-key"])

    page.on("request", remember)
    page.context.set_offline(True)
    page.get_by_role("button", name="Actions for Dana Levi").click()
    page.get_by_role("menuitem", name="Quote Sent").click()
    expect(card(column(page, "Quote Sent"), "Dana Levi")).to_be_visible()
    expect(page.get_by_text("Offline · 1 waiting")).to_be_visible()
    assert acme.rita.get(f"/leads/{lead['id']}")["stage_name"] == "New Inquiry"

    page.context.set_offline(False)

    in_sync(page)
    assert acme.rita.get(f"/leads/{lead['id']}")["stage_name"] == "Quote Sent"
    assert len(set(sent)) == 1
    expect(count(page, "Quote Sent")).to_have_text("1 lead")
    moved = [e for e in acme.rita.get(f"/leads/{lead['id']}/timeline")["items"] if e["kind"] == "stage"]
    assert len(moved) == 1


def both_change_the_city(acme: Company, open_as: OpenAs, lead_id: str) -> Page:
    """Rita, without a connection, writes Akko; Mona writes Eilat meanwhile; then Rita is back."""
    address = f"/leads/{lead_id}"
    page = open_as(acme.rita, address)
    expect(field(page, "City", "Haifa")).to_be_visible()
    in_sync(page)

    page.context.set_offline(True)
    field(page, "City").click()
    page.get_by_role("textbox", name="City").fill("Akko")
    page.keyboard.press("Enter")
    seen = acme.mona.get(address)
    acme.mona.patch(address, {"version": seen["version"], "contact": {"city": "Eilat"}})
    page.context.set_offline(False)
    return page


def test_two_people_change_one_field_and_one_decides(acme: Company, open_as: OpenAs) -> None:
    lead = acme.rita.lead("Dana Levi", city="Haifa")
    page = both_change_the_city(acme, open_as, lead["id"])
    expect(page.get_by_text("1 conflict")).to_be_visible()
    page.get_by_text("1 conflict").click()
    expect(page.get_by_text("Theirs: Eilat")).to_be_visible()
    page.get_by_role("button", name="Keep mine").click()

    in_sync(page)
    assert acme.rita.get(f"/leads/{lead['id']}")["city"] == "Akko"


def test_who_lets_the_other_win_sees_their_value(acme: Company, open_as: OpenAs) -> None:
    lead = acme.rita.lead("Dana Levi", city="Haifa")
    page = both_change_the_city(acme, open_as, lead["id"])
    page.get_by_text("1 conflict").click()
    page.get_by_role("button", name="Keep theirs").click()

    expect(field(page, "City", "Eilat")).to_be_visible()
    in_sync(page)
    assert acme.rita.get(f"/leads/{lead['id']}")["city"] == "Eilat"


def test_a_second_tab_follows_the_first(acme: Company, open_as: OpenAs) -> None:
    acme.rita.lead("Dana Levi")
    first = open_as(acme.rita, "/pipeline")
    expect(card(first, "Dana Levi")).to_be_visible()
    second = first.context.new_page()
    second.goto("/pipeline")
    expect(card(second, "Dana Levi")).to_be_visible()

    first.get_by_role("button", name="Actions for Dana Levi").click()
    first.get_by_role("menuitem", name="Negotiation").click()

    expect(card(column(second, "Negotiation"), "Dana Levi")).to_be_visible()
    expect(count(second, "New Inquiry")).to_have_text("0 leads")
