"""Objections are written down with their answer, and counted by win rate."""

from __future__ import annotations

from collections.abc import Callable

from leadline.engines.timeline.models import TimelineEntry
from leadline.leads.actions import set_up_pipeline
from leadline.leads.models import Objection
from leadline.leads.tests import people
from leadline.testing import Api
from leadline.workspaces.actor import Actor

As = Callable[[Actor], Api]


def test_an_objection_is_written_down_answered_and_overcome(rita: Actor, sam: Actor, api: As) -> None:
    lead = people.lead(rita)
    path = f"/leads/{lead.id}/objections"
    made = api(rita).post(path, {"kind": "Too expensive"}).json()
    assert (made["outcome"], made["by_name"]) == ("open", "Rita")
    assert str(TimelineEntry.objects.get(kind="system").text) == "Objection: Too expensive"

    change = {"answer": "Pays back in two years", "outcome": "overcome", "version": made["version"]}
    assert api(rita).patch(f"/objections/{made['id']}", change).status_code == 200
    (shown,) = api(rita).get(path).json()
    assert (shown["answer"], shown["outcome"]) == ("Pays back in two years", "overcome")

    assert api(rita).patch(f"/objections/{made['id']}", change).status_code == 409
    assert api(sam).patch(f"/objections/{made['id']}", {"kind": "Other"}).status_code == 404
    assert api(sam).get(path).status_code == 404
    assert api(rita).post(path, {"kind": " "}).status_code == 422
    assert Objection.objects.count() == 1


def test_objections_are_counted_by_win_rate(ada: Actor, rita: Actor, mona: Actor, api: As) -> None:
    set_up_pipeline(ada)
    client = api(rita)
    reason = client.get("/loss-reasons").json()[0]["id"]
    for name, kind, end in (
        ("Ann", "Price", "Closed won"), ("Ben", "Price", "Closed lost"), ("Cleo", "Timing", "Closed won"),
        ("Dan", "Trust", ""),
    ):  # fmt: skip
        lead = people.lead(rita, name)
        for _ in range(2):
            client.post(f"/leads/{lead.id}/objections", {"kind": kind})
        if end:
            body = {"stage_id": str(people.stage(end).id), "lost": {"reason_id": reason}}
            assert client.post(f"/leads/{lead.id}/moves", body).status_code == 200
    rows = [
        (r["kind"], r["leads"], r["won"], r["win_rate"]) for r in api(mona).get("/objection-kinds").json()
    ]
    assert rows == [("Timing", 1, 1, 100.0), ("Price", 2, 1, 50.0), ("Trust", 1, 0, None)]
