"""A customer writes by WhatsApp on the sandbox phone; the company answers."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from e2e.company import Company, new_phone
from e2e.conftest import OpenAs
from e2e.screens import card, column, entry

A_DAY = 24 * 3600 + 60


def write_as_customer(phone: Page, name: str, text: str) -> None:
    phone.get_by_label("Name", exact=True).fill(name)
    phone.get_by_label("Phone", exact=True).fill(new_phone())
    phone.get_by_label("First message").fill(text)
    phone.get_by_role("button", name="Write to us").click()


def test_a_customer_writes_is_welcomed_at_once_and_stands_on_the_board(
    acme: Company, open_as: OpenAs
) -> None:
    board = open_as(acme.mona, "/pipeline")
    expect(column(board, "New Inquiry")).to_be_visible()
    phone = open_as(acme.rita, "/sandbox/whatsapp/")

    write_as_customer(phone, "Dana Levi", "How much is a solar system?")

    expect(card(column(board, "New Inquiry"), "Dana Levi")).to_be_visible()
    welcome = phone.get_by_role("article").filter(has_text="Hi Dana, thank you for writing")
    expect(welcome).to_have_count(1)
    asked = phone.get_by_role("article").filter(has_text="How much is a solar system?")
    expect(asked.locator(".ticks")).to_be_visible()


def test_an_answer_within_the_window_is_free_text_and_gets_its_ticks(acme: Company, open_as: OpenAs) -> None:
    phone = open_as(acme.mona, "/sandbox/whatsapp/")
    write_as_customer(phone, "Dana Levi", "How much is a solar system?")
    expect(phone.get_by_role("article").filter(has_text="Hi Dana")).to_be_visible()
    [lead] = acme.mona.get("/leads")["items"]
    page = open_as(acme.mona, f"/leads/{lead['id']}")
    expect(entry(page, "How much is a solar system?")).to_be_visible()

    page.get_by_role("button", name="WhatsApp").first.click()
    page.get_by_role("textbox", name="Write a WhatsApp message…").fill("About 30,000 with everything.")
    page.get_by_role("button", name="Send").click()

    sent = entry(page, "About 30,000 with everything.")
    expect(phone.get_by_role("article").filter(has_text="About 30,000 with everything.")).to_be_visible()
    expect(sent).to_contain_text("read")
    phone.get_by_role("textbox", name="Message", exact=True).fill("Good, please come by!")
    phone.get_by_role("button", name="Send", exact=True).click()
    expect(entry(page, "Good, please come by!")).to_be_visible()


def test_a_day_after_the_last_message_only_templates_are_left(acme: Company, open_as: OpenAs) -> None:
    phone = open_as(acme.mona, "/sandbox/whatsapp/")
    write_as_customer(phone, "Dana Levi", "How much is a solar system?")
    expect(phone.get_by_role("article").filter(has_text="Hi Dana")).to_be_visible()
    [lead] = acme.mona.get("/leads")["items"]
    page = open_as(acme.mona, f"/leads/{lead['id']}")
    page.get_by_role("button", name="WhatsApp").first.click()
    expect(page.get_by_role("textbox", name="Write a WhatsApp message…")).to_be_visible()

    acme.ola.post("/clock", {"move_seconds": A_DAY})
    try:
        page.reload()
        page.get_by_role("button", name="WhatsApp").first.click()
        expect(
            page.get_by_text("More than 24 hours have passed since this person last wrote.")
        ).to_be_visible()
        expect(page.get_by_role("textbox", name="Write a WhatsApp message…")).to_have_count(0)
        refused = acme.mona.client.post(
            f"/api/v1/leads/{lead['id']}/messages",
            json={"channel": "whatsapp", "body": "Hello"},
            headers={"X-CSRFToken": acme.mona.cookies["csrftoken"]},
        )
        assert refused.json()["code"] == "window_closed"
    finally:
        acme.ola.post("/clock", {"move_seconds": -A_DAY})
