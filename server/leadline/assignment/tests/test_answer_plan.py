"""What happens around the answer: the chain after a breach, pauses, hours of teams, the first task."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from leadline.assignment import actions, queries
from leadline.assignment.models import SlaClock
from leadline.assignment.schedule import let_clocks_speak
from leadline.assignment.tests.inquiries import capture, lead, owners
from leadline.engines.notices.models import Delivery, Notice
from leadline.engines.timeline.models import TimelineEntry
from leadline.kit import clock
from leadline.kit.errors import Conflict, Invalid
from leadline.leads import actions as leads
from leadline.leads.models import Lead, Stage
from leadline.leads.schedule import owners_are_reminded
from leadline.workspaces.actor import Actor
from leadline.workspaces.models import Team

HOUR = timedelta(hours=1)
WEEK = {day: [["09:00", "17:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}


def plan(ada: Actor, **changes: Any) -> None:
    actions.change_plan(ada, changes)


def step(minutes: int, tell: str, **more: Any) -> dict[str, Any]:
    return {"after_minutes": minutes, "tell": tell, **more}


def hot(ada: Actor, name: str = "Dana Levi", **values: Any) -> Lead:
    """A lead that must be answered within an hour."""
    actions.set_up(ada)
    for row in queries.policies(ada):
        actions.change_policy(ada, row.id, {"minutes": 60, "clock": "business"})
    return lead(ada, name, **values)


def later(**span: Any) -> None:
    clock.move(timedelta(**span))
    let_clocks_speak()


def the_clock(of: Lead) -> SlaClock:
    return SlaClock.objects.get(lead=of)


def told() -> list[str]:
    rows = Notice.objects.filter(kind="sla.breach").order_by("created_at", "member__name")
    return list(rows.values_list("member__name", flat=True))


def in_stage(name: str) -> dict[str, Any]:
    return {"field": "stage", "op": "eq", "value": str(Stage.objects.get(name=name).id)}


def test_the_chain_tells_one_after_the_other_until_somebody_answers(
    rita: Actor, mona: Actor, ada: Actor, ola: Actor, held: datetime
) -> None:
    plan(ada, chain=[step(120, "member", member_id=ola.member_id), step(30, "managers", carriers=["email"])])
    dana, answered = hot(ada), hot(ada, "Answered")
    later(minutes=60, seconds=1)
    assert told() == ["Rita", "Rita"]

    leads.note_touch([answered.id], rita.member_id, "phone", clock.now())
    later(minutes=29, seconds=59)
    assert told() == ["Rita", "Rita"]
    later(seconds=1)
    assert told() == ["Rita", "Rita", "Mona"]
    assert Delivery.objects.get().carrier == "email"
    later(hours=10)
    later(hours=10)
    assert told() == ["Rita", "Rita", "Mona", "Ola"]
    said = TimelineEntry.objects.filter(about_id=dana.id, payload__has_key="step").order_by("id")
    assert [row.payload["told"] for row in said] == [["Mona"], ["Ola"]]
    assert not TimelineEntry.objects.filter(about_id=answered.id, payload__has_key="step").exists()


def test_delays_of_the_chain_count_business_hours(rita: Actor, mona: Actor, ada: Actor) -> None:
    actions.set_up(ada)
    actions.change_hours(ada, {"weekly": WEEK, "timezone": "UTC"})
    plan(ada, chain=[step(60, "managers")])
    with clock.hold(datetime(2026, 1, 9, 15, 30, tzinfo=UTC)):
        hot(ada)
        later(hours=2)
        assert told() == ["Rita"]
        later(days=2)
        assert told() == ["Rita"]
        clock.move(timedelta(hours=16, minutes=1))
        let_clocks_speak()
        assert told() == ["Rita", "Mona"]


def test_a_step_takes_the_lead_away_and_gives_it_to_the_next(
    rita: Actor, omer: Actor, ada: Actor, held: datetime, drain: Callable[[], int]
) -> None:
    plan(ada, chain=[step(10, "managers", reassign=True)])
    dana = hot(ada)
    assert owners([dana]) == ["Rita"]
    later(minutes=71)
    drain()
    dana.refresh_from_db()
    assert owners([dana]) == ["Omer"]
    assert dana.assignment_text == (
        "to Omer: Rita did not answer in time; Everyone else → team Sales, next in turn"
    )
    assert (
        actions.take_away(
            workspace_id=str(ada.workspace_id), lead_id=str(dana.id), owner_id=str(rita.member_id)
        )
        is False
    )


def test_a_clock_stands_still_in_a_stage_and_goes_on_with_what_was_left(
    rita: Actor, mona: Actor, ada: Actor, held: datetime
) -> None:
    dana = hot(ada)
    plan(ada, pauses=[{"name": "Waiting for the customer", "when": in_stage("Quote Sent")}])
    later(minutes=40)
    leads.move_lead(ada, dana.id, Stage.objects.get(name="Quote Sent").id)
    dana.refresh_from_db()
    assert (dana.respond_by, the_clock(dana).next_at) == (None, None)
    later(days=3)
    assert told() == []
    detail = queries.clock_details(ada, [dana.id])[dana.id]
    assert (detail["state"], detail["paused"]) == ("none", "Waiting for the customer")

    leads.move_lead(ada, dana.id, Stage.objects.get(name="Negotiation").id)
    dana.refresh_from_db()
    assert dana.respond_by == clock.now() + timedelta(minutes=20)
    later(minutes=20)
    assert told() == []
    later(seconds=1)
    assert told() == ["Mona", "Rita"]
    texts = TimelineEntry.objects.filter(about_id=dana.id, payload__has_key="rule").order_by("id")
    assert [row.text for row in texts] == [
        "The clock stands still: Waiting for the customer",
        "The clock goes on: Waiting for the customer is over",
    ]


def test_who_answers_in_a_pause_has_answered_in_time(rita: Actor, ada: Actor, held: datetime) -> None:
    dana = hot(ada)
    plan(ada, pauses=[{"name": "On hold", "when": {"field": "tags", "op": "has_any", "value": ["hold"]}}])
    clock.move(timedelta(minutes=30))
    leads.add_tags(ada, dana.id, ["hold"])
    later(days=2)
    leads.note_touch([dana.id], rita.member_id, "phone", clock.now())
    row = the_clock(dana)
    assert (row.breached_at, row.due_at) == (None, clock.now() + timedelta(minutes=30))
    total = queries.breaches(ada).total
    assert (total.met, total.breached) == (1, 0)


def test_other_rules_for_pauses_count_for_clocks_that_run(
    rita: Actor, ada: Actor, held: datetime, drain: Callable[[], int]
) -> None:
    dana = hot(ada, source="facebook")
    plan(ada, pauses=[{"name": "Later", "when": {"field": "source", "op": "eq", "value": "facebook"}}])
    drain()
    assert the_clock(dana).next_at is None
    eve = lead(ada, "Eve", source="facebook")
    assert (eve.respond_by, the_clock(eve).paused_by) == (None, "Later")

    plan(ada, pauses=[])
    clock.move(HOUR)
    drain()
    dana.refresh_from_db()
    assert dana.respond_by == clock.now() + HOUR
    for wrong in ({"name": "", "when": in_stage("Quote Sent")}, {"name": "Always", "when": {}}):
        with pytest.raises(Invalid):
            plan(ada, pauses=[wrong])


def test_a_team_has_its_own_days_off_and_leads_that_go_there_count_by_them(
    rita: Actor, sam: Actor, ada: Actor
) -> None:
    actions.set_up(ada)
    north, south = (Team.objects.get(name=name) for name in ("North", "South"))
    actions.change_hours(ada, {"weekly": WEEK, "timezone": "UTC", "holidays": ["2026-01-13"]})
    actions.change_team_hours(ada, south.id, {"holidays": ["2026-01-12"], "business_holidays": False})
    for name, team in (("website", north), ("facebook", south)):
        when = {"field": "source", "op": "eq", "value": name}
        target = {"kind": "team", "team_id": team.id}
        actions.create_rule(ada, {"name": name, "when": when, "target": target})
    with clock.hold(datetime(2026, 1, 9, 16, 30, tzinfo=UTC)):
        here, there = hot(ada, "Here", source="website"), hot(ada, "There", source="facebook")
        assert the_clock(here).due_at == datetime(2026, 1, 12, 9, 30, tzinfo=UTC)
        assert the_clock(there).due_at == datetime(2026, 1, 13, 9, 30, tzinfo=UTC)

        actions.hand_to(ada, here.id, team_id=south.id)
        here.refresh_from_db()
        assert here.respond_by == datetime(2026, 1, 13, 9, 30, tzinfo=UTC)


def test_every_new_owner_has_a_first_task_and_is_reminded_once_when_it_is_due(
    rita: Actor, omer: Actor, ada: Actor, held: datetime
) -> None:
    plan(ada, first_step_minutes=30)
    dana = lead(ada)
    assert (dana.next_step, dana.next_step_at) == ("First contact", held + timedelta(minutes=30))
    own = capture(ada, ["Eve"])[0]
    leads.change_lead(ada, own.id, {"next_step": "Send the price list", "next_step_at": None})

    clock.move(timedelta(minutes=20))
    for one in (dana, own):
        actions.hand_to(ada, one.id, owner_id=omer.member_id)
    dana.refresh_from_db()
    own.refresh_from_db()
    assert (dana.next_step_at, own.next_step) == (held + timedelta(minutes=50), "Send the price list")
    clock.move(timedelta(minutes=29))
    owners_are_reminded()
    assert not Notice.objects.filter(kind="lead.step_due").exists()
    clock.move(timedelta(minutes=1))
    owners_are_reminded()
    owners_are_reminded()
    notice = Notice.objects.get(kind="lead.step_due", link_id=dana.id)
    assert (notice.member_id, notice.title) == (omer.member_id, "First contact: Dana Levi")

    leads.note_touch([dana.id, own.id], omer.member_id, "phone", clock.now())
    dana.refresh_from_db()
    own.refresh_from_db()
    assert (dana.next_step, dana.next_step_at, own.next_step) == ("", None, "Send the price list")


def test_a_plan_that_somebody_else_changed_or_that_cannot_be_is_refused(ada: Actor, mona: Actor) -> None:
    actions.change_plan(ada, {"first_step_minutes": 10}, 0)
    with pytest.raises(Conflict):
        actions.change_plan(ada, {"first_step_minutes": 20}, 0)
    for wrong in (
        {"chain": [step(-1, "managers")]},
        {"chain": [step(0, "nobody")]},
        {"chain": [step(0, "member")]},
        {"chain": [step(0, "managers", carriers=["pigeon"])]},
        {"first_step_minutes": 0},
    ):
        with pytest.raises(Invalid):
            plan(ada, **wrong)
