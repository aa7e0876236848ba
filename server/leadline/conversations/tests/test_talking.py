"""Calls and meetings that members write down."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from leadline.engines.timeline.models import TimelineEntry
from leadline.infra.models import EventRow
from leadline.kit import clock, ids
from leadline.leads.models import Lead
from leadline.leads.tests import people
from leadline.testing import Api
from leadline.workspaces.actor import Actor
from leadline.workspaces.models import AuditEntry

Client = Callable[[Actor], Api]


def touches() -> int:
    return EventRow.objects.filter(name="LeadTouched").count()


def first_touch(lead: Lead) -> datetime | None:
    lead.refresh_from_db()
    return lead.first_touch_at


@pytest.mark.parametrize("outcome", ["answered", "no_answer", "busy", "left_message", "wrong_number"])
def test_trying_to_call_is_a_touch_however_it_ends(
    held: datetime, rita: Actor, api: Client, outcome: str
) -> None:
    dana = people.lead(rita, "Dana")
    clock.move(timedelta(minutes=10))
    started = held + timedelta(minutes=6)
    body = {"direction": "out", "outcome": outcome, "started_at": started, "text": "Asked for Dana"}

    answer = api(rita).post(f"/leads/{dana.id}/calls", body)

    assert answer.status_code == 201
    entry = answer.json()
    assert (entry["kind"], entry["direction"], entry["channel"]) == ("call", "out", "phone")
    assert (entry["text"], entry["automatic"], entry["actor"]["name"]) == ("Asked for Dana", False, "Rita")
    assert entry["payload"] == {"outcome": outcome, "started_at": "2026-01-07T10:06:00+00:00"}
    assert entry["at"] == "2026-01-07T10:06:00Z"
    assert first_touch(dana) == started
    assert touches() == 1
    assert AuditEntry.objects.filter(action="call_noted", object_id=dana.id).count() == 1


def test_a_call_that_came_in_is_written_down_but_is_no_touch(rita: Actor, api: Client) -> None:
    dana = people.lead(rita, "Dana")
    body = {"direction": "in", "outcome": "answered", "seconds": 90}

    entry = api(rita).post(f"/leads/{dana.id}/calls", body).json()

    assert (entry["direction"], entry["payload"]["seconds"]) == ("in", 90)
    assert first_touch(dana) is None
    assert touches() == 0


@pytest.mark.parametrize(
    ("outcome", "counted"), [("held", 1), ("no_show", 0), ("cancelled", 0), ("planned", 0)]
)
def test_only_a_meeting_that_was_held_is_a_touch(
    held: datetime, rita: Actor, api: Client, outcome: str, counted: int
) -> None:
    dana = people.lead(rita, "Dana")
    clock.move(timedelta(hours=2))
    begins = held + timedelta(hours=1)
    body = {"starts_at": begins, "ends_at": begins + timedelta(minutes=30), "outcome": outcome}

    entry = api(rita).post(f"/leads/{dana.id}/meetings", body).json()

    assert (entry["kind"], entry["payload"]["outcome"]) == ("meeting", outcome)
    assert entry["payload"]["ends_at"] == "2026-01-07T11:30:00+00:00"
    over = outcome in ("held", "no_show")
    assert entry["at"] == ("2026-01-07T11:00:00Z" if over else "2026-01-07T12:00:00Z")
    assert touches() == counted
    assert first_touch(dana) == (begins if counted else None)


def test_what_was_said_before_the_inquiry_does_not_answer_it(
    held: datetime, rita: Actor, api: Client
) -> None:
    dana = people.lead(rita, "Dana")
    body = {"direction": "out", "outcome": "answered", "started_at": held - timedelta(days=1)}

    assert api(rita).post(f"/leads/{dana.id}/calls", body).status_code == 201

    assert first_touch(dana) is None
    assert touches() == 0


def test_the_same_id_twice_is_one_call_and_one_touch(rita: Actor, api: Client) -> None:
    dana, noa = people.lead(rita, "Dana"), people.lead(rita, "Noa")
    body = {"id": str(ids.new_id()), "direction": "out", "outcome": "busy"}
    client = api(rita)

    first, again = (client.post(f"/leads/{dana.id}/calls", body) for _ in range(2))

    assert first.json() == again.json()
    assert TimelineEntry.objects.filter(kind="call").count() == touches() == 1
    taken = client.post(f"/leads/{noa.id}/calls", body)
    assert (taken.status_code, taken.json()["code"]) == (409, "id_taken")
    assert touches() == 1


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        (
            "calls",
            {"direction": "out", "outcome": "answered", "started_at": "2026-01-07T10:01:00Z"},
            "started_at",
        ),
        (
            "calls",
            {"direction": "out", "outcome": "answered", "started_at": "2026-01-07T09:00:00"},
            "started_at",
        ),
        ("calls", {"direction": "out", "outcome": "answered", "seconds": -1}, "seconds"),
        ("calls", {"direction": "out", "outcome": "perhaps"}, "outcome"),
        ("meetings", {"starts_at": "2026-01-07T10:01:00Z", "outcome": "held"}, "starts_at"),
        (
            "meetings",
            {"starts_at": "2026-01-07T09:00:00Z", "ends_at": "2026-01-07T08:00:00Z", "outcome": "held"},
            "ends_at",
        ),
    ],
)
def test_what_cannot_be_is_refused_by_name(
    held: datetime, rita: Actor, api: Client, path: str, body: dict[str, Any], field: str
) -> None:
    dana = people.lead(rita, "Dana")

    answer = api(rita).post(f"/leads/{dana.id}/{path}", body)

    assert answer.status_code == 422
    assert answer.json()["field"].endswith(field)
    assert not TimelineEntry.objects.filter(kind__in=("call", "meeting")).exists()
    assert touches() == 0


def test_strangers_and_other_teams_write_down_nothing(
    rita: Actor, sam: Actor, stranger: Actor, api: Client
) -> None:
    dana = people.lead(rita, "Dana")
    for other in (sam, stranger):
        body = {"direction": "out", "outcome": "busy"}
        assert api(other).post(f"/leads/{dana.id}/calls", body).status_code == 404
    assert touches() == 0
