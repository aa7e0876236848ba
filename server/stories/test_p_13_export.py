"""P-13: everything can leave, and what left comes back as it was."""

from __future__ import annotations

import io
import zipfile

import pytest
from openpyxl import load_workbook

from leadline.contacts.models import Company, Contact
from leadline.infra import tenancy
from leadline.leads.actions import set_up_pipeline
from leadline.leads.models import Lead
from leadline.testing import Api, people
from leadline.workspaces.actor import Actor
from stories.bringing import Drain, brought, csv_of, given, rows_of, run

pytestmark = pytest.mark.django_db


def full(ada: Actor, drain: Drain) -> None:
    """A company with people, leads, won deals, and texts a spreadsheet would run."""
    set_up_pipeline(ada)
    api = Api(ada)
    head = ["Name", "Phone", "E-mail", "Company", "Stage", "Value", "Product"]
    rows = [
        [
            f"Person {n}",
            f"05212345{n:02}",
            f"p{n}@firm{n % 3}.example",
            f"Firm {n % 3}",
            won,
            "1200.50",
            "=1+1",
        ]
        for n, won in enumerate(["Closed won", "", "", ""] * 3)
    ]
    run(api, brought(api, "leads.csv", csv_of(head, *rows)), drain)
    run(
        api,
        brought(api, "people.csv", csv_of(["Name", "E-mail"], ["Lone", "lone@alone.example"]), "contact"),
        drain,
    )


def numbers() -> tuple[int, ...]:
    """How many companies, people, leads and won deals there are."""
    won = Lead.objects.filter(status="won", deleted_at=None)
    return Company.objects.count(), Contact.objects.count(), Lead.objects.count(), won.count()


def test_the_full_export_comes_back_to_equal_counts(ada: Actor, rita: Actor, drain: Drain) -> None:
    full(ada, drain)
    before = numbers()
    packed = zipfile.ZipFile(io.BytesIO(given(Api(ada), drain, object="")))
    assert set(packed.namelist()) == {
        f"{name}.csv" for name in ("lead", "contact", "company", "customer", "timeline")
    }
    values = set(Lead.objects.values_list("value_minor", "interest"))

    other = people.other()
    with tenancy.workspace(other.id):
        zed = people.member(other, "Zoe", "owner")
        set_up_pipeline(zed)
        for name in ("company", "contact", "lead"):
            run(
                Api(zed),
                brought(Api(zed), f"{name}.csv", packed.read(f"{name}.csv"), name, duplicates="update"),
                drain,
            )
        assert numbers() == before
        assert set(Lead.objects.values_list("value_minor", "interest")) == values


def test_a_list_leaves_as_its_filter_says_and_nothing_in_it_is_run(
    ada: Actor, rita: Actor, drain: Drain
) -> None:
    full(ada, drain)
    won = {"field": "status", "op": "eq", "value": "won"}
    rows = rows_of(given(Api(ada), drain, object="lead", filter=won))
    assert len(rows) == 4
    assert "'=1+1" in rows[1]
    assert all(not cell.startswith(("=", "+", "@")) for row in rows for cell in row)
    book = load_workbook(io.BytesIO(given(Api(ada), drain, object="lead", format="xlsx")))
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value} == {"s"}
    assert book.worksheets[0].max_row == 13


def test_everything_leaves_only_with_who_runs_the_workspace(mona: Actor, rita: Actor, drain: Drain) -> None:
    assert Api(mona).post("/exports", {"object": ""}).status_code == 403
    assert Api(rita).post("/exports", {"object": "lead"}).status_code == 403
    assert Api(mona).post("/exports", {"object": "lead"}).status_code == 201
