"""Automations through the API: read, edited, switched; refused where they should be."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from leadline.engines.automation.tests.playground import do, knock_at, make
from leadline.testing import Api
from leadline.workspaces.actor import Actor
from leadline.workspaces.models import Team

pytestmark = pytest.mark.usefixtures("held")
Client = Callable[[Actor], Api]


def test_the_list_says_what_each_automation_does_and_how_it_did(
    ada: Actor, door: Team, api: Client, drain: Callable[[], int]
) -> None:
    make(
        [do("shout", "hi"), {"kind": "wait", "for": "2h"}, do("refuse")],
        name="Greeter",
        conditions={"field": "name", "op": "eq", "value": "North"},
    )
    make([do("refuse")], name="Painted")
    knock_at(door.id)
    drain()
    greeter, painted = api(ada).get("/automations").json()

    assert greeter["sentence"] == (
        "When somebody knocks, if Name is “North”: shout (hi), then wait 2 hours, then refuse."
    )
    assert (greeter["runs_7d"], greeter["failures_7d"], greeter["enabled"]) == (1, 0, True)
    assert (painted["runs_7d"], painted["failures_7d"]) == (1, 1)
    assert painted["trigger"] == {"key": "test.knocked", "label": "Somebody knocks", "options": {}}
    assert painted["last_run_at"] == "2026-01-07T10:00:00Z"


def test_the_list_takes_as_many_statements_for_many_as_for_one(
    ada: Actor, inside: object, api: Client, statements: Any
) -> None:
    counts = []
    for size in (1, 20):
        for n in range(size):
            make([do("shout", "hi")], name=f"{size} {n}")
        client = api(ada)
        with statements() as seen:
            client.get("/automations")
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_the_log_shows_each_step_of_each_run(
    ada: Actor, door: Team, api: Client, drain: Callable[[], int]
) -> None:
    made = make([do("shout", "hi {{name}}"), do("refuse")])
    knock_at(door.id)
    drain()
    page = api(ada).get(f"/automations/{made.id}/runs").json()

    (run,) = page["items"]
    assert run["subject"] == {"object": "team", "id": str(door.id), "title": "North"}
    assert (run["state"], run["reason"]) == ("failed", "The door is painted on.")
    assert [(step["label"], step["outcome"], step["error"]) for step in run["steps"]] == [
        ("Shout", "done", ""),
        ("Refuse", "refused", "The door is painted on."),
    ]
    assert api(ada).get(f"/runs/{run['id']}").json() == run
    retried = api(ada).post(f"/runs/{run['id']}/retries")
    assert (retried.status_code, retried.json()["state"]) == (200, "running")
    assert api(ada).post(f"/runs/{run['id']}/retries").json()["code"] == "run_not_failed"


def test_the_runs_come_in_pages(ada: Actor, inside: object, api: Client, drain: Callable[[], int]) -> None:
    made = make([do("shout", "hi")])
    knock_at(*(Team.objects.create(name=f"Door {n}").id for n in range(5)))
    drain()
    first = api(ada).get(f"/automations/{made.id}/runs", limit=3).json()
    second = api(ada).get(f"/automations/{made.id}/runs", limit=3, cursor=first["next_cursor"]).json()
    assert (len(first["items"]), len(second["items"]), second["next_cursor"]) == (3, 2, None)
    assert len({run["id"] for run in first["items"] + second["items"]}) == 5


def test_an_edit_needs_the_version_it_was_made_on(ada: Actor, inside: object, api: Client) -> None:
    made = make([do("shout", "hi")])
    path = f"/automations/{made.id}"
    changed = api(ada).patch(path, {"enabled": False, "version": made.version})
    assert (changed.status_code, changed.json()["enabled"]) == (200, False)
    late = api(ada).patch(path, {"name": "Mine", "version": made.version})
    assert (late.status_code, late.json()["code"], late.json()["current"]["enabled"]) == (
        409,
        "conflict",
        False,
    )
    assert api(ada).get("/audit", object_id=str(made.id)).json()["items"][0]["changes"] == {
        "enabled": [True, False]
    }


def test_a_copy_is_switched_off(ada: Actor, inside: object, api: Client) -> None:
    made = make([do("shout", "hi")], name="Greeter")
    copy = api(ada).post("/automations", {"copy_of": str(made.id)})
    assert (copy.status_code, copy.json()["name"], copy.json()["enabled"]) == (201, "Greeter (copy)", False)
    assert copy.json()["steps"] == made.steps


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"trigger": {"key": "test.nothing"}}, "trigger.key"),
        ({"trigger": {"key": "test.knocked", "options": {"colour": "x"}}}, "trigger.options.colour"),
        ({"steps": [], "enabled": True}, "steps"),
        ({"steps": [{"kind": "dance"}]}, "steps.0.kind"),
        ({"steps": [{"kind": "do", "action": "test.nothing"}]}, "steps.0.action"),
        ({"steps": [do("shout", "x"), {"kind": "wait", "for": "soon"}]}, "steps.1.for"),
        ({"steps": [do("shout", "Dear {{nobody}}")]}, "steps.0.with.text"),
        ({"steps": [do("shout", "Dear {{name")]}, "steps.0.with.text"),
        ({"steps": [{**do("shout"), "with": {"size": 3}}]}, "steps.0.with.size"),
        ({"steps": [{"kind": "wait", "for": "1h", "until_event": "x"}]}, "steps.0.until_event"),
        ({"steps": [{"kind": "wait", "for": "1h", "then": [{"kind": "stop", "x": 1}]}]}, "steps.0.then.0.x"),
        ({"steps": [do("shout", "a" * 10_001)]}, "steps.0.with.text"),
        ({"steps": [{**do("shout"), "with": {"text": 3}}]}, "steps.0.with.text"),
        ({"steps": [{"kind": "do", "action": "lead.escalate"}]}, "steps.0.action"),
        ({"ends_on": ["x"]}, "ends_on"),
        ({"name": "  "}, "name"),
        ({"conditions": {"field": "colour", "op": "eq", "value": "x"}}, "field"),
    ],
)
def test_what_cannot_run_is_refused_with_its_place(
    ada: Actor, inside: object, api: Client, body: dict[str, Any], field: str
) -> None:
    whole = {"name": "New", "trigger": {"key": "test.knocked"}, "steps": [do("shout", "x")], **body}
    answer = api(ada).post("/automations", whole)
    assert (answer.status_code, answer.json()["field"]) == (422, field)
    assert api(ada).get("/automations").json() == []


def test_an_id_that_is_taken_is_refused_even_when_a_stranger_has_it(
    ada: Actor, stranger: Actor, api: Client
) -> None:
    made = make([do("shout", "hi")])
    body = {
        "id": str(made.id),
        "name": "New",
        "trigger": {"key": "test.knocked"},
        "steps": [do("shout", "x")],
    }
    for actor in (ada, stranger):
        answer = api(actor).post("/automations", body)
        assert (answer.status_code, answer.json()["code"]) == (409, "id_taken")


def test_the_offers_show_what_can_be_built(ada: Actor, inside: object, api: Client) -> None:
    offered = api(ada).get("/automation-offers").json()
    knocked = next(one for one in offered["triggers"] if one["key"] == "test.knocked")
    assert (knocked["kind"], knocked["subjects"], knocked["fields"][0]["key"]) == ("event", ["team"], "how")
    assert {"object": "team", "key": "name", "label": "Name"} in offered["variables"]
    assert "test.shout" in {one["key"] for one in offered["actions"]}


def test_managers_look_reps_do_not_and_strangers_find_nothing(
    ada: Actor, mona: Actor, rita: Actor, stranger: Actor, api: Client
) -> None:
    made = make([do("shout", "hi")])
    path = f"/automations/{made.id}"
    assert api(mona).get(path).status_code == 200
    assert api(mona).patch(path, {"enabled": False}).status_code == 403
    assert api(rita).get(path).status_code == 403
    assert api(stranger).get(path).status_code == 404
    assert api(stranger).patch(path, {"enabled": False}).status_code == 404
    assert api(stranger).delete(path).status_code == 404
    assert api(ada).delete(path).status_code == 204
    assert api(ada).get("/automations").json() == []
