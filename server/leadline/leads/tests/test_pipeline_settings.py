"""Columns are changed by administrators, and only into what the board can show."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from leadline.leads.actions import set_up_pipeline
from leadline.leads.models import Stage
from leadline.leads.tests import people
from leadline.testing import Api
from leadline.workspaces.actor import Actor

Client = Callable[[Actor], Api]


@pytest.fixture
def quote_sent(ada: Actor) -> Stage:
    set_up_pipeline(ada)
    return people.stage("Quote Sent")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"kind": "sideways"}, "kind"),
        ({"kind": "won"}, "kind"),
        ({"probability": 101}, "probability"),
        ({"position": -1}, "position"),
        ({"rots_after_days": 100_000}, "rots_after_days"),
        ({"colour": "#1234567890"}, "colour"),
    ],
)
def test_a_column_is_not_changed_into_what_makes_no_sense(
    ada: Actor, quote_sent: Stage, api: Client, change: dict[str, Any], field: str
) -> None:
    answer = api(ada).patch(f"/stages/{quote_sent.id}", change)
    assert (answer.status_code, answer.json()["field"].split(".")[0]) == (422, field)
    assert Stage.objects.get(id=quote_sent.id).version == quote_sent.version


def test_null_means_never_rotting_and_leaves_everything_else(
    ada: Actor, quote_sent: Stage, api: Client
) -> None:
    nothing = {"name": None, "position": None, "colour": None, "kind": None, "rots_after_days": None}
    assert api(ada).patch(f"/stages/{quote_sent.id}", nothing).status_code == 200

    after = Stage.objects.get(id=quote_sent.id)
    assert after.rots_after_days is None
    assert (after.name, after.position, after.kind) == ("Quote Sent", quote_sent.position, "open")


def test_reasons_for_losing_stand_in_the_order_they_are_given(
    ada: Actor, quote_sent: Stage, api: Client
) -> None:
    client = api(ada)
    first, second, third, *rest = client.get("/loss-reasons").json()
    change = {"position": 0, "version": third["version"]}
    assert client.patch(f"/loss-reasons/{third['id']}", change).status_code == 200
    names = [reason["name"] for reason in client.get("/loss-reasons").json()]
    assert names == [one["name"] for one in (third, first, second, *rest)]


def test_a_new_column_needs_a_name(ada: Actor, quote_sent: Stage, api: Client) -> None:
    answer = api(ada).post("/stages", {"pipeline_id": str(quote_sent.pipeline_id)})
    assert (answer.status_code, answer.json()["field"]) == (422, "name")
