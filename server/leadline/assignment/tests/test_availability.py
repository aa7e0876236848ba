"""Turns honour who is away, at work, full or has a bigger share; what nobody can take waits and is served."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from leadline.assignment import actions, queries
from leadline.assignment.schedule import nobody_is_without_an_owner, queues_are_served
from leadline.assignment.tests.inquiries import capture, lead, owners
from leadline.engines.timeline.models import TimelineEntry
from leadline.infra import tenancy
from leadline.kit import clock
from leadline.kit.errors import Conflict, Forbidden, Invalid
from leadline.leads import actions as leads
from leadline.leads.models import Lead
from leadline.testing import people
from leadline.workspaces.actor import Actor
from leadline.workspaces.models import Team

held_clock = pytest.mark.usefixtures("held")


def may(actor: Actor, whom: Actor, **changes: Any) -> None:
    assert whom.member_id is not None
    actions.change_availability(actor, whom.member_id, changes)


def now(found: list[Lead]) -> list[str]:
    rows = {row.id: row for row in Lead.objects.select_related("owner")}
    return owners([rows[one.id] for one in found])


@held_clock
def test_who_is_on_leave_is_left_out_of_the_turns(
    rita: Actor, omer: Actor, sam: Actor, ada: Actor, held: datetime
) -> None:
    today = held.date().isoformat()
    may(ada, omer, absences=[[today, today]])
    assert owners([lead(ada, f"P{n}") for n in range(6)]) == ["Rita", "Sam"] * 3

    clock.move(timedelta(days=1))
    assert set(owners([lead(ada, f"Q{n}") for n in range(3)])) == {"Rita", "Omer", "Sam"}


@held_clock
def test_who_has_switched_to_away_gets_nothing_until_switched_back(rita: Actor, omer: Actor) -> None:
    may(omer, omer, away=True)
    assert set(owners(capture(rita, ["A", "B"]))) == {"Rita"}
    may(omer, omer, away=False)
    assert set(owners(capture(rita, ["C", "D"]))) == {"Rita", "Omer"}


@held_clock
def test_who_has_enough_for_today_is_passed_over_also_within_a_batch(
    rita: Actor, omer: Actor, ada: Actor
) -> None:
    may(ada, rita, daily_cap=2)
    assert Counter(owners(capture(ada, [f"P{n}" for n in range(7)]))) == {"Rita": 2, "Omer": 5}
    assert owners([lead(ada, f"Q{n}") for n in range(3)]) == ["Omer"] * 3

    clock.move(timedelta(days=1))
    assert Counter(owners(capture(ada, [f"R{n}" for n in range(6)])))["Rita"] == 2


@held_clock
def test_outside_the_own_hours_leads_wait_and_come_in_the_morning(rita: Actor, ada: Actor) -> None:
    # It is Wednesday noon in Jerusalem.
    may(ada, rita, weekly={"thu": [["09:00", "17:00"]]})
    dana = lead(ada)
    assert owners([dana]) == ["nobody"]
    assert dana.assignment_text == "to the queue of team Sales: Everyone else; nobody is free"

    clock.move(timedelta(hours=20))
    queues_are_served()
    assert now([dana]) == ["nobody"]
    clock.move(timedelta(hours=1))
    queues_are_served()
    assert now([dana]) == ["Rita"]


@held_clock
def test_what_nobody_can_take_waits_in_the_queue_and_is_served_in_order(
    rita: Actor, omer: Actor, ada: Actor
) -> None:
    for rep in (rita, omer):
        may(ada, rep, open_cap=1)
    found = capture(ada, ["A", "B", "C", "D"])
    assert owners(found) == ["Rita", "Omer", "nobody", "nobody"]
    said = TimelineEntry.objects.filter(kind="assigned").count()
    nobody_is_without_an_owner()
    assert TimelineEntry.objects.filter(kind="assigned").count() == said

    leads.mark_spam(ada, found[0].id)
    queues_are_served()
    assert now(found[1:]) == ["Omer", "Rita", "nobody"]
    may(ada, omer, open_cap=None)
    assert now(found[1:]) == ["Omer", "Rita", "Omer"]


@held_clock
def test_a_known_person_goes_to_somebody_else_while_the_owner_is_away(
    rita: Actor, omer: Actor, ada: Actor
) -> None:
    first = lead(ada, "Dana")
    leads.mark_spam(ada, first.id)
    may(rita, rita, away=True)
    again = lead(ada, "Dana")
    assert owners([again]) == ["Omer"]
    assert again.assignment_reason["skipped"] == ["People we know: Rita is away"]


@held_clock
def test_members_say_when_they_are_away_and_managers_how_much_they_get(
    rita: Actor, omer: Actor, mona: Actor
) -> None:
    actions.set_up(mona)
    may(rita, rita, away=True)
    may(mona, rita, weight=3, daily_cap=20)
    for who, change in ((rita, {"weight": 2}), (omer, {"open_cap": 1})):
        with pytest.raises(Forbidden):
            may(who, who, **change)
    with pytest.raises(Forbidden):
        may(omer, rita, away=False)
    for wrong in ({"weight": 0}, {"daily_cap": -1}, {"absences": [["2026-02-02", "2026-02-01"]]}):
        with pytest.raises(Invalid):
            may(mona, rita, **wrong)
    seen = {member.name: row for member, row in queries.availabilities(omer)}
    assert (seen["Rita"].away, seen["Rita"].weight, seen["Omer"].weight) == (True, 3, 1)


@held_clock
def test_who_comes_and_goes_does_not_change_the_turns_of_the_others(
    rita: Actor, omer: Actor, sam: Actor, ada: Actor
) -> None:
    given = []
    for number in range(10):
        may(sam, sam, away=number % 2 == 1)
        given += owners([lead(ada, f"P{number}")])
    counted = Counter(given)
    assert abs(counted["Rita"] - counted["Omer"]) <= 1
    assert counted["Sam"] <= 5


@held_clock
def test_a_bigger_share_is_spread_over_the_turns(rita: Actor, omer: Actor, ada: Actor) -> None:
    may(ada, omer, weight=2)
    found = owners(capture(ada, [f"P{n}" for n in range(9)]))
    assert Counter(found) == {"Omer": 6, "Rita": 3}
    assert "Omer Omer Omer" not in " ".join(found)


@held_clock
def test_a_lead_of_a_queue_is_claimed_once(rita: Actor, omer: Actor, sam: Actor, ada: Actor) -> None:
    dana = in_queue(ada, "North")
    assert dana.assignment_text == "to the queue of team North: Marketplace"
    nobody_is_without_an_owner()
    assert now([dana]) == ["nobody"]

    assert owners([actions.claim(omer, dana.id)]) == ["Omer"]
    with pytest.raises(Conflict) as second:
        actions.claim(rita, dana.id)
    assert (second.value.code, str(second.value)) == ("already_claimed", "Omer has this lead already.")


@held_clock
def test_what_nobody_claims_in_time_goes_in_turn(rita: Actor, omer: Actor, ada: Actor) -> None:
    dana = in_queue(ada, "North", claim_minutes=10)
    clock.move(timedelta(minutes=9))
    queues_are_served()
    assert now([dana]) == ["nobody"]
    clock.move(timedelta(minutes=1))
    queues_are_served()
    assert now([dana]) == ["Rita"]


def in_queue(ada: Actor, team: str, **more: Any) -> Lead:
    actions.set_up(ada)
    target = {"kind": "queue", "team_id": Team.objects.get(name=team).id}
    actions.create_rule(ada, {"name": "Marketplace", "when": {}, "position": 0, "target": target, **more})
    return lead(ada)


@held_clock
def test_the_rehearsal_is_what_then_happens(rita: Actor, omer: Actor, sam: Actor, ada: Actor) -> None:
    values = {
        "name": "Facebook to South",
        "when": {"field": "source", "op": "eq", "value": "facebook"},
        "target": {"kind": "team", "team_id": Team.objects.get(name="South").id},
    }
    sources = ["facebook" if n % 3 == 0 else "website" for n in range(12)]
    for n, source in enumerate(sources):
        lead(ada, f"P{n}", source=source)
    before = list(Lead.objects.order_by("id").values_list("owner_id", "version"))

    found = queries.rehearse(ada, actions.draft_rule(ada, values))
    assert list(Lead.objects.order_by("id").values_list("owner_id", "version")) == before
    assert [one.lead.name for one in found] == [f"P{n}" for n in range(12)]
    foretold = [one.then.person.name if one.then.person else "nobody" for one in found]
    assert foretold[::3] == ["Sam"] * 4
    assert 0 < sum(one.elsewhere for one in found) < 12

    actions.create_rule(ada, values)
    assert owners([lead(ada, f"Q{n}", source=source) for n, source in enumerate(sources)]) == foretold


@pytest.mark.django_db(transaction=True)
def test_ten_captures_at_once_give_nobody_more_than_there_is_room_for() -> None:
    acme = people.acme()
    with tenancy.workspace(acme.id):
        rita, omer = (people.member(acme, name, "rep") for name in ("Rita", "Omer"))
        ada = people.member(acme, "Ada", "admin")
        leads.set_up_pipeline(ada)
        actions.set_up(ada)
        may(ada, rita, daily_cap=5)
        may(ada, omer, open_cap=9)

    def capture_some(number: int) -> None:
        try:
            with tenancy.workspace(acme.id):
                capture(ada, [f"P{number} {n}" for n in range(1 + number % 3)])
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as threads:
        list(threads.map(capture_some, range(20)))
    with tenancy.workspace(acme.id):
        shared: Counter[UUID | None] = Counter(Lead.objects.values_list("owner_id", flat=True))
        assert (shared[rita.member_id], shared[omer.member_id]) == (5, 9)
        assert Lead.objects.filter(owner=None).exists()
