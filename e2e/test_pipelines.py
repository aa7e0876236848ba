"""Pipelines, what their stages ask for, saved views, and the fields a company adds."""

from __future__ import annotations

from playwright.sync_api import expect

from e2e.company import Company
from e2e.conftest import OpenAs
from e2e.screens import card, choose, column, field, in_sync, said_by_address


def test_a_stage_is_added_reordered_and_deleted_with_a_place_for_its_leads(
    acme: Company, open_as: OpenAs
) -> None:
    page = open_as(acme.ola, "/settings/pipeline")
    page.get_by_role("button", name="New stage").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name", exact=True).fill("Site visit")
    dialog.get_by_role("button", name="Add").click()
    expect(dialog).to_have_count(0)
    expect(page.locator("input[value='Site visit']")).to_be_visible()

    page.get_by_role("button", name="Move Site visit up").click()
    in_sync(page)
    stages = [stage["name"] for stage in acme.ola.get("/pipelines")[0]["stages"]]
    assert stages.index("Site visit") == 3

    lead = acme.ola.lead("Dana Levi")
    visit = next(s for s in acme.ola.get("/pipelines")[0]["stages"] if s["name"] == "Site visit")
    acme.ola.post(f"/leads/{lead['id']}/moves", {"stage_id": visit["id"]})
    page.get_by_role("button", name="Delete the stage Site visit?").click()
    dialog = page.get_by_role("dialog")
    choose(page, "Its leads go to", "Negotiation")
    dialog.get_by_role("button", name="Delete").click()
    expect(page.locator("input[value='Site visit']")).to_have_count(0)
    assert acme.ola.get(f"/leads/{lead['id']}")["stage_name"] == "Negotiation"


def test_another_pipeline_stands_beside_the_first(acme: Company, open_as: OpenAs) -> None:
    page = open_as(acme.ola, "/settings/pipeline")
    page.get_by_role("button", name="New pipeline").click()
    page.get_by_role("dialog").get_by_label("Name", exact=True).fill("Partners")
    page.get_by_role("dialog").get_by_role("button", name="Add").click()
    expect(page.get_by_role("heading", name="Partners")).to_be_visible()

    page.goto("/pipeline")
    choose(page, "Pipeline", "Partners")
    expect(page.get_by_role("heading", name="Partners", level=1)).to_be_visible()


def test_a_stage_asks_for_what_is_missing_and_the_lead_moves_with_the_answer(
    acme: Company, open_as: OpenAs
) -> None:
    page = open_as(acme.ola, "/settings/pipeline")
    page.get_by_role("button", name="What Quote Sent asks for").click()
    choose(page, "Fields", "Value")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Save").click()
    in_sync(page)

    lead = acme.rita.lead("Dana Levi")
    page = open_as(acme.rita, "/pipeline")
    page.get_by_role("button", name="Actions for Dana Levi").click()
    page.get_by_role("menuitem", name="Quote Sent").click()
    dialog = page.get_by_role("dialog", name="Quote Sent asks for")
    dialog.get_by_role("button", name="Fill in and move").click()
    expect(dialog).to_be_visible()
    dialog.get_by_label("Value").fill("1250")
    dialog.get_by_role("button", name="Fill in and move").click()

    expect(card(column(page, "Quote Sent"), "Dana Levi")).to_be_visible()
    in_sync(page)
    shown = acme.rita.get(f"/leads/{lead['id']}")
    assert (shown["stage_name"], shown["value_minor"]) == ("Quote Sent", 125000)


def test_a_list_is_saved_shared_and_picked_by_a_colleague(acme: Company, open_as: OpenAs) -> None:
    acme.ola.lead("Dana Levi", source="referral")
    acme.ola.lead("Noa Bar", source="website")
    page = open_as(acme.ola, "/leads?source=referral")
    expect(page.get_by_role("link", name="Noa Bar")).to_have_count(0)
    page.get_by_role("button", name="Saved views").click()
    page.get_by_role("menuitem", name="Save as a view").click()
    dialog = page.get_by_role("dialog", name="Save view")
    dialog.get_by_label("Name", exact=True).fill("Recommended")
    choose(page, "Who sees it", "Everybody")
    dialog.get_by_role("button", name="Save").click()
    expect(page.get_by_role("button", name="Saved views")).to_have_text("Recommended")
    said_by_address(page, "saved=")

    page = open_as(acme.mona, "/pipeline")
    expect(card(page, "Noa Bar")).to_be_visible()
    page.get_by_role("button", name="Saved views").click()
    page.get_by_role("menuitem", name="Recommended").click()
    expect(card(page, "Noa Bar")).to_have_count(0)
    expect(card(page, "Dana Levi")).to_be_visible()


def test_one_click_shows_who_has_no_next_step(acme: Company, open_as: OpenAs) -> None:
    acme.rita.lead("Dana Levi")
    planned = acme.rita.lead("Noa Bar")
    acme.rita.patch(f"/leads/{planned['id']}", {"next_step": "Call"})
    page = open_as(acme.rita, "/pipeline")
    expect(card(page, "Noa Bar")).to_be_visible()
    expect(page.get_by_role("img", name="No next step")).to_have_count(1)

    page.get_by_role("button", name="No next step").click()

    expect(card(page, "Noa Bar")).to_have_count(0)
    expect(card(page, "Dana Levi")).to_be_visible()
    said_by_address(page, "view=no_next")


def test_a_manager_sees_the_money_follow_a_move(acme: Company, open_as: OpenAs) -> None:
    lead = acme.rita.lead("Dana Levi", value_minor=100000)
    page = open_as(acme.mona, "/pipeline")
    page.get_by_role("button", name="Money").click()
    rita = page.get_by_role("dialog").get_by_role("row", name="Rita Cohen")
    expect(rita).to_contain_text("₪100")

    stages = {stage["name"]: stage["id"] for stage in acme.ola.get("/pipelines")[0]["stages"]}
    acme.rita.post(f"/leads/{lead['id']}/moves", {"stage_id": stages["Quote Sent"]})
    expect(rita).to_contain_text("₪500")


def test_a_new_field_is_on_the_lead_page_at_once(acme: Company, open_as: OpenAs) -> None:
    lead = acme.ola.lead("Dana Levi")
    page = open_as(acme.ola, "/settings/fields")
    page.get_by_role("button", name="New field").click()
    dialog = page.get_by_role("dialog", name="New field")
    dialog.get_by_label("Label").fill("Roof size")
    choose(page, "Kind", "One choice")
    dialog.get_by_label("Choices").fill("Small\nLarge")
    dialog.get_by_role("button", name="Add").click()
    expect(page.get_by_role("listitem").filter(has_text="Roof size")).to_be_visible()

    page.goto(f"/leads/{lead['id']}")
    expect(field(page, "Roof size")).to_be_visible()
