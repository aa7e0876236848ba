"""What needs attention now: late, at risk, without a next step, rotten until somebody notes or talks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from leadline.kit import clock
from leadline.leads import actions
from leadline.leads.actions import set_up_pipeline
from leadline.leads.models import Lead
from leadline.leads.tests import people
from leadline.testing import Api
from leadline.workspaces.actor import Actor

As = Callable[[Actor], Api]


def found(client: Api, view: str) -> list[str]:
    """The names in the list; the board's cards and counts must say the same."""
    rows = sorted(row["name"] for row in client.get("/leads", view=view).json()["items"])
    columns = client.get("/board", view=view).json()["columns"]
    assert sorted(card["name"] for column in columns for card in column["cards"]) == rows
    assert sum(column["count"] for column in columns) == len(rows)
    return rows


def test_each_kind_of_attention_finds_its_leads_and_no_others(rita: Actor, held: datetime, api: As) -> None:
    set_up_pipeline(rita)
    late, risk, calm = (people.lead(rita, name) for name in ("Late", "Risk", "Calm"))
    later = held + timedelta(hours=30)
    Lead.objects.filter(id=late.id).update(next_step="Call", next_step_at=held + timedelta(hours=1))
    Lead.objects.filter(id=calm.id).update(next_step="Call", next_step_at=later, first_touch_at=held)
    Lead.objects.filter(id=risk.id).update(warn_50_at=held, respond_by=later, next_step="Write")
    clock.move(timedelta(hours=2))
    client = api(rita)
    assert found(client, "overdue") == ["Late"]
    assert found(client, "at_risk") == ["Risk"]
    assert found(client, "no_next") == []
    assert found(client, "rotten") == []
    people.lead(rita, "Fresh")
    assert found(client, "no_next") == ["Fresh"]


def test_a_lead_over_its_limit_says_by_how_much_until_somebody_notes_something(
    rita: Actor, held: datetime, api: As
) -> None:
    set_up_pipeline(rita)
    lead = people.lead(rita, "Dana")
    client = api(rita)
    client.post(f"/leads/{lead.id}/moves", {"stage_id": str(people.stage("First Contact").id)})
    clock.move(timedelta(days=4))
    page = client.get(f"/leads/{lead.id}").json()
    assert (page["rotten"], page["days_over"], page["days_in_stage"]) == (True, 1, 4)
    assert found(client, "rotten") == ["Dana"]

    client.post(f"/leads/{lead.id}/notes", {"text": "Called, calls back"})
    page = client.get(f"/leads/{lead.id}").json()
    assert (page["rotten"], page["days_over"], page["days_in_stage"]) == (False, 0, 4)
    assert found(client, "rotten") == []


def test_whoever_talks_with_the_person_looks_after_the_lead(rita: Actor, held: datetime, api: As) -> None:
    set_up_pipeline(rita)
    lead = people.lead(rita, "Dana")
    clock.move(timedelta(days=3))
    assert found(api(rita), "rotten") == ["Dana"]
    actions.note_activity([lead.id], clock.now())
    assert found(api(rita), "rotten") == ["Dana"]
    actions.note_touch([lead.id], rita.member_id, "phone", clock.now())
    assert found(api(rita), "rotten") == []
    clock.move(timedelta(days=2))
    assert found(api(rita), "rotten") == ["Dana"]


def test_there_is_no_attention_that_the_product_does_not_know(rita: Actor, api: As) -> None:
    set_up_pipeline(rita)
    assert api(rita).get("/board", view="nonsense").status_code == 422
