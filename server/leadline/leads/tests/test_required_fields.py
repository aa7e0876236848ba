"""A stage may ask for fields; a move brings them along or is refused with their names."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from leadline.leads.actions import set_up_pipeline
from leadline.leads.models import Lead
from leadline.leads.tests import people
from leadline.testing import Api
from leadline.workspaces.actor import Actor

As = Callable[[Actor], Api]


@pytest.fixture
def dana(ada: Actor, rita: Actor, api: As) -> Lead:
    """A lead without a value, before a stage that asks for value, next step and phone."""
    set_up_pipeline(ada)
    asked = {"required_fields": ["value_minor", "next_step", "contact.phone"]}
    assert api(ada).patch(f"/stages/{people.stage('Quote Sent').id}", asked).status_code == 200
    return people.lead(rita, "Dana")


def move(client: Api, lead: Lead, **more: Any) -> Any:
    return client.post(f"/leads/{lead.id}/moves", {"stage_id": str(people.stage("Quote Sent").id), **more})


def test_a_move_without_what_the_stage_asks_for_is_refused_and_changes_nothing(
    dana: Lead, rita: Actor, api: As
) -> None:
    answer = move(api(rita), dana)
    said = answer.json()
    assert (answer.status_code, said["code"]) == (409, "fields_required")
    assert said["fields"] == ["value_minor", "next_step", "contact.phone"]
    assert said["detail"] == "“Quote Sent” asks for: Value, Next step, Phone."
    dana.refresh_from_db()
    assert dana.stage.name == "New Inquiry"


def test_a_move_brings_the_fields_along(dana: Lead, rita: Actor, api: As) -> None:
    fields = {"value_minor": 90_000, "next_step": "Call", "contact": {"phone": "050-1234567"}}
    moved = move(api(rita), dana, fields=fields, version=dana.version).json()
    assert (moved["stage_name"], moved["value_minor"], moved["next_step"]) == ("Quote Sent", 90_000, "Call")
    assert moved["phone"] == "+972501234567"


def test_half_of_what_is_asked_for_leaves_the_lead_as_it_was(dana: Lead, rita: Actor, api: As) -> None:
    assert move(api(rita), dana, fields={"value_minor": 5}).json()["fields"] == ["next_step", "contact.phone"]
    dana.refresh_from_db()
    assert dana.value_minor == 0


def test_an_own_field_is_asked_for_until_it_is_archived(rita: Actor, ada: Actor, api: As) -> None:
    set_up_pipeline(ada)
    field = api(ada).post("/fields", {"object": "lead", "type": "number", "label": "Rooms"}).json()
    stage = people.stage("Quote Sent")
    api(ada).patch(f"/stages/{stage.id}", {"required_fields": [field["key"]]})
    first, second = people.lead(rita, "Ben"), people.lead(rita, "Mia")
    assert move(api(rita), first).json()["fields"] == ["custom.rooms"]
    assert move(api(rita), first, fields={"custom": {"rooms": 0}}).status_code == 200
    api(ada).delete(f"/fields/{field['id']}")
    assert move(api(rita), second).status_code == 200


def test_a_stage_asks_only_for_what_can_be_filled_in(ada: Actor, api: As) -> None:
    set_up_pipeline(ada)
    path = f"/stages/{people.stage('Quote Sent').id}"
    for key in ("score", "nonsense"):
        answer = api(ada).patch(path, {"required_fields": [key]})
        assert (answer.status_code, answer.json()["field"]) == (422, "required_fields")


def test_a_value_given_on_winning_is_the_value_the_stage_asks_for(rita: Actor, ada: Actor, api: As) -> None:
    set_up_pipeline(ada)
    won = people.stage("Closed won")
    api(ada).patch(f"/stages/{won.id}", {"required_fields": ["value_minor"]})
    lead = people.lead(rita, "Ben")
    body = {"stage_id": str(won.id), "won": {"value_minor": 700}}
    assert api(rita).post(f"/leads/{lead.id}/moves", body).json()["value_minor"] == 700
