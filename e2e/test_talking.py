"""Talking to a customer: calls and meetings are written down, and two people do not answer at once."""

from __future__ import annotations

from playwright.sync_api import Page, Route, expect

from e2e.company import Company
from e2e.conftest import OpenAs
from e2e.screens import choose, entry, field, in_sync
from e2e.test_sandbox_phone import write_as_customer


def test_a_call_is_written_down_with_its_result_and_stops_the_clock(acme: Company, open_as: OpenAs) -> None:
    lead = acme.rita.lead("Dana Levi")
    page = open_as(acme.rita, f"/leads/{lead['id']}")

    page.get_by_role("tab", name="Log call").click()
    choose(page, "Result", "Left a message")
    page.get_by_role("textbox", name="What was said…").fill("Asked her to call back.")
    page.get_by_role("button", name="Log call").click()

    said = entry(page, "Asked her to call back.")
    expect(said).to_contain_text("Outgoing call · Left a message")
    in_sync(page)
    page.reload()
    expect(said).to_have_count(1)
    expect(page.get_by_text("First contact", exact=False).first).to_be_visible()
    assert acme.rita.get(f"/leads/{lead['id']}")["first_touch_at"] is not None


def test_a_meeting_stands_among_the_talks(acme: Company, open_as: OpenAs) -> None:
    lead = acme.rita.lead("Dana Levi")
    page = open_as(acme.rita, f"/leads/{lead['id']}")

    page.get_by_role("tab", name="Log meeting").click()
    page.get_by_role("textbox", name="Minutes").fill("90")
    page.get_by_role("textbox", name="What was it about, what came of it…").fill("Measured the roof.")
    page.get_by_role("button", name="Log meeting").click()
    in_sync(page)
    page.get_by_role("button", name="Talks", exact=True).click()

    expect(entry(page, "Measured the roof.")).to_contain_text("Meeting · Held")
    expect(entry(page, "Measured the roof.")).to_contain_text("30 min")


def test_who_writes_to_a_customer_is_seen_by_the_colleague_until_they_stop(
    acme: Company, open_as: OpenAs
) -> None:
    phone = open_as(acme.mona, "/sandbox/whatsapp/")
    write_as_customer(phone, "Dana Levi", "How much is a solar system?")
    expect(phone.get_by_role("article").filter(has_text="Hi Dana")).to_be_visible()
    [lead] = acme.mona.get("/leads")["items"]
    mona, ola = (open_as(person, f"/leads/{lead['id']}") for person in (acme.mona, acme.ola))
    warning = ola.get_by_text("Mona Katz is writing to this customer now.")
    expect(field(ola, "Title")).to_be_visible()

    mona.get_by_role("textbox", name="Write a note…").press_sequentially("She sounds keen")
    mona.get_by_role("button", name="WhatsApp").first.click()
    expect(warning).to_have_count(0)
    mona.get_by_role("textbox", name="Write a WhatsApp message…").press_sequentially("About 30,000")
    expect(warning).to_be_visible()
    expect(mona.get_by_text("is writing to this customer now.")).to_have_count(0)

    mona.get_by_role("button", name="Send").click()
    expect(warning).to_have_count(0)


def test_while_the_disk_is_full_the_page_says_so_and_keeps_what_was_written(
    acme: Company, open_as: OpenAs
) -> None:
    lead = acme.rita.lead("Dana Levi")
    page = open_as(acme.rita, f"/leads/{lead['id']}")
    expect(field(page, "Title")).to_be_visible()
    banner = page.get_by_text("Read only for now.")
    expect(banner).to_have_count(0)

    _fill_the_disk(page)
    page.get_by_role("textbox", name="Write a note…").fill("Wants it before winter.")
    page.get_by_role("button", name="Add note").click()
    expect(banner).to_be_visible()
    expect(page.locator("[data-sync]")).to_contain_text("1 change waiting")
    assert acme.rita.get(f"/leads/{lead['id']}/timeline", kinds="note")["items"] == []

    page.unroute_all(behavior="wait")
    expect(banner).to_have_count(0, timeout=15_000)
    in_sync(page)
    [kept] = acme.rita.get(f"/leads/{lead['id']}/timeline", kinds="note")["items"]
    assert kept["text"] == "Wants it before winter."


def _fill_the_disk(page: Page) -> None:
    """Answer as a server does whose disk is nearly full: reads are marked, writes refused."""

    def answer(route: Route) -> None:
        if route.request.method == "GET" and "/live" not in route.request.url:
            read = route.fetch()
            route.fulfill(response=read, headers={**read.headers, "X-Leadline-Read-Only": "disk"})
        elif route.request.method == "GET":
            route.continue_()
        else:
            problem = '{"status": 503, "code": "disk_full", "detail": "The disk is nearly full."}'
            route.fulfill(status=503, content_type="application/problem+json", body=problem)

    page.route("**/api/v1/**", answer)
