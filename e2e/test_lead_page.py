"""The page of a lead: everything is edited and written where it stands."""

from __future__ import annotations

from playwright.sync_api import expect

from e2e.company import Company
from e2e.conftest import OpenAs
from e2e.screens import choose, entry, field, in_sync


def test_a_field_is_edited_in_place_and_escape_undoes(acme: Company, open_as: OpenAs) -> None:
    lead = acme.rita.lead("Dana Levi", city="Haifa")
    page = open_as(acme.rita, f"/leads/{lead['id']}")

    field(page, "City").click()
    page.get_by_role("textbox", name="City").fill("Eilat")
    page.keyboard.press("Escape")
    expect(field(page, "City", "Haifa")).to_be_visible()

    field(page, "City").click()
    page.get_by_role("textbox", name="City").fill("Akko")
    page.keyboard.press("Enter")
    expect(field(page, "City", "Akko")).to_be_focused()
    field(page, "Value").click()
    page.get_by_role("textbox", name="Value").fill("12,500")
    page.keyboard.press("Enter")

    expect(field(page, "Value")).to_contain_text("₪12,500")
    in_sync(page)
    saved = acme.rita.get(f"/leads/{lead['id']}")
    assert (saved["city"], saved["value_minor"]) == ("Akko", 1250000)


def test_a_note_stands_in_the_timeline(acme: Company, open_as: OpenAs) -> None:
    lead = acme.rita.lead("Dana Levi")
    page = open_as(acme.rita, f"/leads/{lead['id']}")

    page.get_by_role("textbox", name="Write a note…").fill("Wants the roof done before winter.")
    page.get_by_role("button", name="Add note").click()

    expect(entry(page, "Wants the roof done before winter.")).to_contain_text("Rita Cohen")
    in_sync(page)
    page.reload()
    expect(entry(page, "Wants the roof done before winter.")).to_have_count(1)


def test_who_never_wrote_gets_a_template(acme: Company, open_as: OpenAs) -> None:
    lead = acme.rita.lead("Dana Levi")
    page = open_as(acme.rita, f"/leads/{lead['id']}")

    page.get_by_role("button", name="WhatsApp").first.click()
    expect(page.get_by_role("textbox", name="Write a WhatsApp message…")).to_have_count(0)
    choose(page, "Choose a template", "follow_up · en")
    page.get_by_role("textbox", name="Value for name").fill("Dana")
    page.get_by_role("button", name="Send").click()

    sent = entry(page, "Hi Dana, is there anything you would like to know")
    expect(sent).to_contain_text("Rita Cohen")
    expect(sent).to_contain_text("delivered")


def test_the_stage_and_the_next_step_change_on_the_page(acme: Company, open_as: OpenAs) -> None:
    lead = acme.rita.lead("Dana Levi")
    page = open_as(acme.rita, f"/leads/{lead['id']}")

    page.get_by_role("button", name="First Contact").click()
    expect(page.get_by_role("button", name="First Contact")).to_have_attribute("aria-current", "step")
    field(page, "Next step").click()
    page.get_by_role("textbox", name="Next step").fill("Send the drawings")
    page.keyboard.press("Enter")

    expect(field(page, "Next step", "Send the drawings")).to_be_visible()
    in_sync(page)
    saved = acme.rita.get(f"/leads/{lead['id']}")
    assert (saved["stage_name"], saved["next_step"]) == ("First Contact", "Send the drawings")


def test_a_deleted_lead_comes_back_by_undo(acme: Company, open_as: OpenAs) -> None:
    lead = acme.mona.lead("Dana Levi")
    page = open_as(acme.mona, f"/leads/{lead['id']}")

    page.get_by_role("button", name="More actions").click()
    page.get_by_role("menuitem", name="Delete lead").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete lead").click()
    expect(page.get_by_text("Dana Levi is in the trash.")).to_be_visible()
    expect(page.get_by_role("table")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()

    expect(page.get_by_role("row", name="Dana Levi")).to_be_visible()
