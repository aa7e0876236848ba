"""Customers come in from a list, with their person or company and own fields, and leave as one."""

from __future__ import annotations

from typing import Any

import pytest

from leadline.contacts.models import Contact
from leadline.customers.models import Customer
from leadline.engines.transfer.actions import running
from leadline.infra import tenancy
from leadline.testing import Api, people
from leadline.workspaces.actor import Actor
from stories.bringing import Drain, brought, counts, csv_of, given, run, undone
from stories.company import ok

pytestmark = pytest.mark.django_db
HEAD = ["Client", "Type", "Contact person", "Phone", "E-mail", "City", "Account manager", "Contract"]
ROWS = [
    ["Dana Levi", "", "", "052-1234567", "dana@levi.example", "Haifa", "Rita", "A-1"],
    ["Sunny Roofs", "Company", "Noa Bar", "03-5551234", "noa@sunny.example", "Eilat", "", "B-2"],
    ["Empty Ltd", "Company", "", "", "", "", "Nobody", ""],
    ["Dana L.", "", "", "", "DANA@levi.example", "", "", "A-3"],
    ["Broken", "", "", "", "not an address", "", "", ""],
]


@pytest.fixture
def api(ada: Actor, rita: Actor) -> Api:
    """The administrator, whose customers have contracts."""
    client = Api(ada)
    ok(client.post("/fields", {"object": "customer", "key": "contract", "label": "Contract", "type": "text"}))
    return client


def shown() -> dict[str, tuple[Any, ...]]:
    """The customers by name."""
    return {
        one.name: (one.kind, one.phone, one.city, one.owner_id, one.custom.get("contract"))
        for one in Customer.objects.all()
    }


def test_a_list_of_customers_is_taken_in_told_apart_and_taken_back(
    api: Api, rita: Actor, drain: Drain
) -> None:
    draft = brought(api, "clients.csv", csv_of(HEAD, *ROWS), "customer")
    assert [place["to"] for place in draft["mapping"]] == [
        *("name", "kind", "contact.name", "contact.phone", "contact.email", "contact.city", "owner"),
        "custom.contract",
    ]
    preview = ok(api.get(f"/imports/{draft['id']}/preview"))
    assert preview["counts"] == {"new": 3, "duplicate": 1, "bad": 1}

    assert counts(run(api, draft, drain)) == (3, 0, 1, 1)
    assert shown() == {
        "Dana Levi": ("person", "+972521234567", "Haifa", rita.member_id, "A-1"),
        "Sunny Roofs": ("company", "+97235551234", "Eilat", None, "B-2"),
        "Empty Ltd": ("company", "", "", None, None),
    }
    assert Customer.objects.filter(name="Sunny Roofs", contact__name="Noa Bar").exists()
    assert ok(api.get("/search", q="sunny"))["items"][0]["object"] in {"customer", "company"}

    more = [[*ROWS[0][:5], "Tel Aviv", "", ""], [*ROWS[2][:5], "Lod", "", "C-9"]]
    again = brought(api, "more.csv", csv_of(HEAD, *more), "customer", duplicates="update")
    assert counts(run(api, again, drain)) == (0, 2, 0, 0)
    assert shown()["Dana Levi"][2] == "Haifa"
    assert shown()["Empty Ltd"][4] == "C-9"

    assert undone(api, again, drain)["restored"] == 2
    assert shown()["Empty Ltd"][4] is None
    assert undone(api, draft, drain)["removed"] == 3
    assert Customer.objects.count() == 0
    assert Contact.objects.filter(deleted_at=None).count() == 0


def test_whoever_works_with_a_customer_keeps_it(api: Api, drain: Drain) -> None:
    draft = brought(api, "clients.csv", csv_of(HEAD, *ROWS[:2]), "customer")
    run(api, draft, drain)
    dana = Customer.objects.get(name="Dana Levi")
    ok(api.patch(f"/customers/{dana.id}", {"about": "Pays in cash"}))
    said = undone(api, draft, drain)
    assert (said["removed"], [one["name"] for one in said["records"]]) == (1, ["Dana Levi"])


def test_customers_leave_and_come_back_to_equal_counts(api: Api, drain: Drain) -> None:
    run(api, brought(api, "clients.csv", csv_of(HEAD, *ROWS[:3]), "customer"), drain)
    left = given(api, drain, object="customer", filter={"field": "city", "op": "is_not_empty"})
    assert left.count(b"\n") == 3
    whole = given(api, drain, object="customer")
    other = people.other()
    with tenancy.workspace(other.id):
        zed = Api(people.member(other, "Zoe", "owner"))
        assert counts(run(zed, brought(zed, "customer.csv", whole, "customer"), drain)) == (3, 0, 0, 0)
        assert {name: row[0] for name, row in shown().items()} == {
            "Dana Levi": "person",
            "Sunny Roofs": "company",
            "Empty Ltd": "company",
        }


def test_a_piece_takes_a_fixed_number_of_statements(
    api: Api, ada: Actor, drain: Drain, statements: Any
) -> None:
    needed = []
    for start, size in ((0, 5), (100, 30)):
        rows = [
            [f"C {n}", "Company" if n % 2 else "", "", "", f"c{n}@c{n}.example"]
            for n in range(start, start + size)
        ]
        draft = brought(api, "list.csv", csv_of(HEAD[:5], *rows), "customer")
        api.post(f"/imports/{draft['id']}/runs")
        with statements() as seen:
            running.take(workspace_id=str(ada.workspace_id), import_id=draft["id"])
        needed.append(len(seen))
        drain()
    assert needed[1] <= needed[0] + 2
