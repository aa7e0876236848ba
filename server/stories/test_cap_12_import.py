"""CAP-12: a list is brought in: guessed, previewed, run, every row accounted for, and taken back."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest

from leadline.engines.notices.models import Notice
from leadline.leads.models import Lead
from leadline.testing import Api
from leadline.workspaces.actor import Actor

pytestmark = pytest.mark.django_db
Drain = Callable[[], int]


def brought(api: Api, name: str, content: bytes, object: str = "lead") -> dict[str, Any]:
    """The draft after bringing a file."""
    answer = api.upload("/imports", name, content, object=object)
    assert answer.status_code == 201, answer.content
    return dict(answer.json())


def run(api: Api, draft: dict[str, Any], drain: Drain) -> dict[str, Any]:
    """The import after everything was taken in."""
    answer = api.post(f"/imports/{draft['id']}/runs")
    assert answer.status_code == 200, answer.content
    drain()
    after = dict(api.get(f"/imports/{draft['id']}").json())
    assert after["created"] + after["updated"] + after["skipped"] + after["bad"] == after["rows"]
    return after


def a_thousand_rows() -> bytes:
    """970 good rows, 20 that are known already, 10 that make no sense."""
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(["Full Name", "E-mail Address", "Mobile", "City", "Favourite colour"])
    for n in range(970):
        rows.writerow([f"Person {n}", f"person{n}@example.org", f"052-{1000000 + n}", "Haifa", "blue"])
    for n in range(20):
        rows.writerow([f"Person {n}", f"PERSON{n}@example.org", "", "Tel Aviv", ""])
    for n in range(10):
        rows.writerow([f"Bad {n}", "not an address", "", "=cmd|' /C calc'!A0", ""])
    return out.getvalue().encode("utf-8-sig")


def test_a_thousand_rows_with_mistakes_and_duplicates_become_970_leads_and_can_be_taken_back(
    mona: Actor, rita: Actor, drain: Drain
) -> None:
    api = Api(mona)
    draft = brought(api, "list.csv", a_thousand_rows())
    assert [place["to"] for place in draft["mapping"]] == [
        "contact.name", "contact.email", "contact.phone", "contact.city", "extra"
    ]  # fmt: skip
    preview = api.get(f"/imports/{draft['id']}/preview").json()
    assert preview["counts"] == {"new": 970, "duplicate": 20, "bad": 10}
    assert len(preview["rows"]) == 5
    assert Lead.objects.count() == 0

    after = run(api, draft, drain)

    assert (after["created"], after["updated"], after["skipped"], after["bad"]) == (970, 0, 20, 10)
    assert after["state"] == "done"
    assert Lead.objects.count() == 970
    one = Lead.objects.get(contact__email="person7@example.org")
    assert (one.owner_id, one.contact.phone, one.extra) == (
        rita.member_id,
        "+972521000007",
        {"Favourite colour": "blue"},
    )
    assert one.respond_by is None
    # One summary for who brought the list, and nothing for anybody else.
    (notice,) = Notice.objects.all()
    assert (notice.member_id, notice.kind) == (mona.member_id, "import.done")

    answer = api.get(f"/imports/{draft['id']}/errors")
    errors = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert len(errors) == 11
    assert errors[1][:3] == ["991", "“not an address” is not a mail address", "Bad 0"]
    assert errors[1][5] == "'=cmd|' /C calc'!A0"

    assert api.post(f"/imports/{draft['id']}/undos").status_code == 200
    drain()
    undone = api.get(f"/imports/{draft['id']}").json()
    assert (undone["state"], undone["undone"]["removed"], undone["undone"]["kept"]) == ("undone", 970, 0)
    assert Lead.objects.filter(deleted_at=None).count() == 0
