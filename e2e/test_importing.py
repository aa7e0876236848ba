"""A list is brought in: a column without a place gets a field, and what came in can be taken back."""

from __future__ import annotations

from playwright.sync_api import expect

from e2e.company import Company
from e2e.conftest import OpenAs
from e2e.screens import choose

ROWS = "Name,Mobile,Roof area\nDana Levi,052-1234567,120\nNoa Bar,052-7654321,80\nOmer,not a number,\n"


def test_a_list_is_brought_in_with_a_field_made_on_the_spot(acme: Company, open_as: OpenAs) -> None:
    page = open_as(acme.ola, "/settings/transfer")
    with page.expect_file_chooser() as chosen:
        page.get_by_role("button", name="Choose a file").click()
    chosen.value.set_files({"name": "roofs.csv", "mimeType": "text/csv", "buffer": ROWS.encode()})

    place = page.get_by_role("combobox", name="Where “Roof area” goes")
    expect(page.get_by_role("combobox", name="Where “Mobile” goes")).to_have_value("Phone")
    choose(page, "Where “Roof area” goes", "Make a new field…")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("Label")).to_have_value("Roof area")
    dialog.get_by_role("button", name="Add").click()
    expect(place).to_have_value("Roof area")

    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("button", name="Import 3 rows")).to_be_enabled()
    page.get_by_role("button", name="Import 3 rows").click()
    expect(page.get_by_role("link", name="row with a mistake")).to_be_visible()
    leads = acme.ola.get("/leads")["items"]
    assert {lead["name"]: lead["custom"] for lead in leads} == {
        "Dana Levi": {"roof_area": "120"},
        "Noa Bar": {"roof_area": "80"},
    }

    page.get_by_role("button", name="Undo the import").click()
    page.get_by_role("dialog").get_by_role("button", name="Undo the import").click()
    expect(page.get_by_role("heading", name="Undone", exact=True)).to_be_visible()
    assert acme.ola.get("/leads")["items"] == []
