"""Tags by hand and by automation; lists are filtered by them."""

from __future__ import annotations

import json
from collections.abc import Callable

from leadline.engines.automation import ports
from leadline.leads.actions import add_tags, remove_tags
from leadline.leads.tests import people
from leadline.testing import Api
from leadline.workspaces.actor import Actor

As = Callable[[Actor], Api]


def test_tags_are_set_by_hand_and_lists_are_filtered_by_them(rita: Actor, api: As) -> None:
    solar, both = people.lead(rita, "Solar"), people.lead(rita, "Both")
    people.lead(rita, "None")
    client = api(rita)
    client.patch(f"/leads/{solar.id}", {"tags": ["solar", " solar ", ""]})
    assert client.patch(f"/leads/{both.id}", {"tags": ["solar", "roof"]}).json()["tags"] == ["solar", "roof"]

    def found(op: str, *tags: str) -> list[str]:
        tree = {"field": "tags", "op": op, **({"value": list(tags)} if tags else {})}
        return sorted(row["name"] for row in client.get("/leads", filter=json.dumps(tree)).json()["items"])

    assert found("has_any", "solar") == ["Both", "Solar"]
    assert found("has_all", "solar", "roof") == ["Both"]
    assert found("is_empty") == ["None"]
    assert client.patch(f"/leads/{both.id}", {"tags": None}).json()["tags"] == []


def test_tags_are_added_and_taken_off_one_by_one(rita: Actor) -> None:
    lead = people.lead(rita, "Dana")
    add_tags(rita, lead.id, ["solar"])
    version = add_tags(rita, lead.id, ["roof", "solar"]).version
    assert add_tags(rita, lead.id, ["roof"]).version == version
    assert remove_tags(rita, lead.id, ["solar", "unknown"]).tags == ["roof"]


def test_an_automation_can_tag_by_source_and_interest() -> None:
    assert {"lead.add_tags", "lead.remove_tags"} <= ports.offers.actions.keys()
