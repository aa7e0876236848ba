"""Whoever changes what somebody else has changed meanwhile is shown the present record, everywhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from leadline.capture.models import Connection
from leadline.infra import tenancy
from leadline.leads.models import Objection
from leadline.testing import Api
from leadline.workspaces.actor import Actor
from stories.sweep import company
from stories.sweep.routes import Ids, Operation, operations

VERSIONED = [one for one in operations() if one.verb == "patch" and "version" in one.asked["properties"]]
# Where a GET of the same address shows no record of its own, the list it stands in.
LISTS = {
    "/api/v1/scoring/settings": ("/scoring", "settings"),
    "/api/v1/scoring/rules/{rule_id}": ("/scoring", "rules"),
    "/api/v1/fields/{field_id}": ("/fields?object=lead", ""),
    "/api/v1/views/{view_id}": ("/views?object=lead", ""),
}


@pytest.fixture
def owner(db: None, drain: Any) -> Iterator[Actor]:
    """The owner of a company that has one of everything; the story happens inside it."""
    made = company.build("Acme", "canary7f3", drain)
    with tenancy.workspace(made.workspace_id):
        yield made


def record_id(api: Api, operation: Operation) -> str:
    """The id of a record of the kind that the operation changes."""
    if operation.path == "/api/v1/connections/{connection_id}":
        made: str = company.made(api.post("/connections", {"channel": "form_hook", "name": "Tally"}))["id"]
        return made
    if not operation.path_ids:
        return ""
    label = operation.table_of(operation.path_ids[0])._meta.label
    if "/whatsapp/" in operation.path:
        return str(Connection.objects.get(channel="whatsapp").id)
    return str(Ids().of(label))


def shown(api: Api, operation: Operation, address: str, own_id: str) -> Any:
    """The record as a GET shows it."""
    answer = api.get(address)
    if answer.status_code == 200:
        return answer.json()
    if operation.path == "/api/v1/stages/{stage_id}":
        stages = [stage for pipeline in api.get("/pipelines").json() for stage in pipeline["stages"]]
        return next(stage for stage in stages if stage["id"] == own_id)
    if operation.path == "/api/v1/objections/{objection_id}":
        lead_id = Objection.objects.get(id=own_id).lead_id
        return next(one for one in api.get(f"/leads/{lead_id}/objections").json() if one["id"] == own_id)
    if operation.path == "/api/v1/members/{member_id}/availability":
        return next(one for one in api.get("/availabilities").json() if one["member"]["id"] == own_id)
    if operation.path == "/api/v1/teams/{team_id}/hours":
        return next(one for one in api.get("/team-hours").json() if one["team"]["id"] == own_id)
    path, part = LISTS.get(operation.path, (address.rsplit("/", 1)[0], ""))
    listed = api.get(path).json()
    rows = listed[part] if part else listed.get("items", listed) if isinstance(listed, dict) else listed
    return rows if isinstance(rows, dict) else next(row for row in rows if row["id"] == own_id)


def test_there_are_such_operations() -> None:
    assert len(VERSIONED) >= 15


@pytest.mark.parametrize("operation", VERSIONED, ids=lambda operation: operation.path)
def test_a_change_with_an_old_version_is_answered_with_the_present_record(
    owner: Actor, operation: Operation
) -> None:
    api = Api(owner)
    own_id = record_id(api, operation)
    address = operation.path.removeprefix("/api/v1")
    for parameter in operation.path_ids:
        address = address.replace("{" + parameter + "}", own_id)
    required = {key: Ids().fill(part, key) for key, part in operation.asked["properties"].items()}
    wanted = {key: required[key] for key in operation.asked.get("required", ())}

    answer = api.patch(address, {**wanted, "version": 4711})

    assert answer.status_code == 409, answer.content
    assert answer.json()["code"] == "conflict"
    current = answer.json()["current"]
    assert current == shown(api, operation, address, own_id)
    assert current["version"] != 4711
