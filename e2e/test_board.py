"""The board: leads move by mouse, keyboard and menu, and the money moves with them."""

from __future__ import annotations

from playwright.sync_api import Route, expect

from e2e.company import Company
from e2e.conftest import OpenAs
from e2e.screens import card, choose, column, count, drag, in_sync, said_by_address, total


def test_a_dragged_lead_stays_where_it_was_dropped_and_the_money_follows(
    acme: Company, open_as: OpenAs
) -> None:
    acme.rita.lead("Dana Levi", value_minor=1200000)
    acme.rita.lead("Noa Bar", value_minor=300050)
    page = open_as(acme.rita, "/pipeline")
    expect(total(page, "New Inquiry")).to_have_text("₪15,000.50")

    drag(page, card(page, "Dana Levi"), column(page, "Quote Sent"))

    expect(card(column(page, "Quote Sent"), "Dana Levi")).to_be_visible()
    expect(total(page, "New Inquiry")).to_have_text("₪3,000.50")
    expect(total(page, "Quote Sent")).to_have_text("₪12,000")
    in_sync(page)
    page.reload()
    expect(card(column(page, "Quote Sent"), "Dana Levi")).to_be_visible()
    expect(count(page, "New Inquiry")).to_have_text("1 lead")
    expect(total(page, "Quote Sent")).to_have_text("₪12,000")


def test_a_lead_moves_by_keyboard_and_every_step_is_said(acme: Company, open_as: OpenAs) -> None:
    acme.rita.lead("Dana Levi")
    page = open_as(acme.rita, "/pipeline")
    said = page.locator("[data-announcer]")

    card(page, "Dana Levi").focus()
    page.keyboard.press("Space")
    expect(said).to_contain_text("Dana Levi lifted from New Inquiry")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(said).to_have_text("Over Quote Sent.")
    page.keyboard.press("Space")

    expect(said).to_have_text("Dana Levi dropped in Quote Sent.")
    expect(card(column(page, "Quote Sent"), "Dana Levi")).to_be_visible()
    in_sync(page)


def test_escape_leaves_a_lifted_lead_where_it_was(acme: Company, open_as: OpenAs) -> None:
    acme.rita.lead("Dana Levi")
    page = open_as(acme.rita, "/pipeline")

    card(page, "Dana Levi").press("Space")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Escape")

    expect(page.locator("[data-announcer]")).to_contain_text("Move cancelled")
    expect(card(column(page, "New Inquiry"), "Dana Levi")).to_be_visible()


def test_a_lead_moves_by_its_menu(acme: Company, open_as: OpenAs) -> None:
    acme.rita.lead("Dana Levi")
    page = open_as(acme.rita, "/pipeline")

    page.get_by_role("button", name="Actions for Dana Levi").click()
    page.get_by_role("menuitem", name="Negotiation").click()

    expect(card(column(page, "Negotiation"), "Dana Levi")).to_be_visible()


def test_a_lost_lead_says_why(acme: Company, open_as: OpenAs) -> None:
    lead = acme.rita.lead("Dana Levi")
    reason = acme.rita.get("/loss-reasons")[0]["name"]
    page = open_as(acme.rita, "/pipeline")

    page.get_by_role("button", name="Actions for Dana Levi").click()
    page.get_by_role("menuitem", name="Closed lost").click()
    dialog = page.get_by_role("dialog", name="Lost: Dana Levi")
    dialog.get_by_role("button", name="Mark as lost").click()
    expect(dialog).to_contain_text("Choose a reason.")
    choose(page, "Reason", reason)
    dialog.get_by_role("button", name="Mark as lost").click()

    expect(card(column(page, "Closed lost"), "Dana Levi")).to_be_visible()
    in_sync(page)
    lost = acme.rita.get(f"/leads/{lead['id']}")
    assert (lost["status"], lost["loss_reason"]["name"]) == ("lost", reason)


def test_who_cancels_the_question_about_the_amount_keeps_the_lead_open(
    acme: Company, open_as: OpenAs
) -> None:
    acme.rita.lead("Dana Levi")
    page = open_as(acme.rita, "/pipeline")

    drag(page, card(page, "Dana Levi"), column(page, "Closed won"))
    page.get_by_role("dialog").get_by_role("button", name="Cancel").click()

    expect(card(column(page, "New Inquiry"), "Dana Levi")).to_be_visible()
    expect(count(page, "Closed won")).to_have_text("0 leads")


def test_a_refused_move_brings_the_card_back_and_says_so(acme: Company, open_as: OpenAs) -> None:
    acme.rita.lead("Dana Levi", value_minor=50000)
    page = open_as(acme.rita, "/pipeline")

    def refuse(route: Route) -> None:
        route.fulfill(
            status=422,
            content_type="application/problem+json",
            body='{"status": 422, "code": "stage_closed", "detail": "This stage takes no leads now."}',
        )

    page.route("**/moves", refuse)
    drag(page, card(page, "Dana Levi"), column(page, "First Contact"))

    expect(page.get_by_text("This stage takes no leads now.")).to_be_visible()
    expect(card(column(page, "New Inquiry"), "Dana Levi")).to_be_visible()
    expect(total(page, "New Inquiry")).to_have_text("₪500")
    expect(count(page, "First Contact")).to_have_text("0 leads")


def test_a_colleague_sees_a_move_within_two_seconds(acme: Company, open_as: OpenAs) -> None:
    acme.rita.lead("Dana Levi", value_minor=700000)
    hers, managers = open_as(acme.rita, "/pipeline"), open_as(acme.mona, "/pipeline")
    expect(card(column(managers, "New Inquiry"), "Dana Levi")).to_be_visible()
    managers.wait_for_timeout(300)

    hers.get_by_role("button", name="Actions for Dana Levi").click()
    hers.get_by_role("menuitem", name="Quote Sent").click()

    expect(card(column(managers, "Quote Sent"), "Dana Levi")).to_be_visible(timeout=2000)
    expect(total(managers, "Quote Sent")).to_have_text("₪7,000")


def test_the_sums_follow_the_filter(acme: Company, open_as: OpenAs) -> None:
    acme.rita.lead("Dana Levi", value_minor=100000)
    acme.omer.lead("Noa Bar", value_minor=250000)
    page = open_as(acme.mona, "/pipeline")
    expect(total(page, "New Inquiry")).to_have_text("₪3,500")

    choose(page, "All owners", "Omer Levi")

    expect(total(page, "New Inquiry")).to_have_text("₪2,500")
    expect(card(page, "Dana Levi")).to_have_count(0)
    said_by_address(page, "owner=")
    page.reload()
    expect(total(page, "New Inquiry")).to_have_text("₪2,500")
