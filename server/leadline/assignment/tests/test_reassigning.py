"""Leads go on to somebody else, to whoever has the company, and are never left with who is gone."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from leadline.assignment import actions, queries
from leadline.assignment.schedule import nobody_is_without_an_owner
from leadline.assignment.tests.inquiries import capture, lead, owners
from leadline.kit import clock
from leadline.kit.errors import Conflict
from leadline.leads import actions as leads
from leadline.leads.models import Lead, Stage
from leadline.workspaces import actions as people
from leadline.workspaces.actor import Actor
from leadline.workspaces.models import Member

pytestmark = pytest.mark.usefixtures("held")


def now(*found: Lead) -> list[str]:
    rows = {row.id: row for row in Lead.objects.select_related("owner")}
    return owners([rows[one.id] for one in found])


def leave(ada: Actor, who: Actor) -> None:
    assert who.member_id is not None
    people.change_member(ada, who.member_id, {"active": False}, None)


def company_rule(ada: Actor) -> None:
    actions.set_up(ada)
    target = {"kind": "company_owner"}
    actions.create_rule(ada, {"name": "Their company", "when": {}, "position": 0, "target": target})


def test_an_untouched_lead_goes_to_the_next_in_turn_and_a_touched_one_stays(rita: Actor, omer: Actor) -> None:
    dana, noa = capture(rita, ["Dana", "Noa"])
    assert now(dana, noa) == ["Rita", "Omer"]
    moved = actions.reassign(rita, dana.id)
    assert owners([moved]) == ["Omer"]
    assert moved.assignment_text == ("to Omer: given on by Rita; Everyone else → team Sales, next in turn")
    leads.note_touch([noa.id], omer.member_id, "phone", clock.now())
    with pytest.raises(Conflict) as answered:
        actions.reassign(omer, noa.id)
    assert (answered.value.code, now(noa)) == ("already_answered", ["Omer"])
    assert owners([actions.reassign(omer, noa.id, answered_too=True)]) == ["Rita"]


def test_a_lead_stays_where_nobody_else_can_take_it(rita: Actor, ada: Actor) -> None:
    dana = lead(rita)
    actions.set_up(ada)
    Member.objects.exclude(name=rita.name).update(active=False)
    with pytest.raises(Conflict) as alone:
        actions.reassign(rita, dana.id)
    assert (alone.value.code, now(dana)) == ("nobody_else", ["Rita"])


def test_a_new_person_of_a_company_goes_to_whoever_has_it(rita: Actor, omer: Actor, ada: Actor) -> None:
    company_rule(ada)
    acme: dict[str, Any] = {"person": {"company": "Bar Ltd"}}
    first = lead(ada, "Dana", **acme)
    assert now(first) == ["Rita"]
    again = lead(ada, "Noa", **acme)
    assert (now(again), again.assignment_text) == (["Rita"], "to Rita: Their company")
    assert now(lead(ada, "Eve", person={"company": "Other Ltd"})) == ["Omer"]

    together = capture(ada, ["A", "B", "C"], person={"company": "New Ltd"})
    assert len(set(now(*together))) == 1
    tried = {one.name: str(one.outcome) for one in queries.simulate(ada, together[0].id).tried}
    assert tried["Their company"] == "decides"


def test_the_company_of_who_left_goes_to_others(rita: Actor, omer: Actor, ada: Actor) -> None:
    company_rule(ada)
    first = lead(ada, "Dana", person={"company": "Bar Ltd"})
    leads.move_lead(ada, first.id, Stage.objects.get(kind="won").id)
    leave(ada, rita)
    assert now(first, lead(ada, "Noa", person={"company": "Bar Ltd"})) == ["Rita", "Omer"]


def test_a_lead_that_comes_back_after_its_owner_left_finds_a_new_one(
    rita: Actor, omer: Actor, ada: Actor
) -> None:
    won, gone = capture(ada, ["Won", "Other", "Gone"])[::2]
    leads.move_lead(ada, won.id, Stage.objects.get(kind="won").id)
    leads.delete_lead(ada, gone.id)
    leave(ada, rita)
    assert now(won, gone) == ["Rita", "Rita"]

    leads.move_lead(ada, won.id, Stage.objects.get(name="Negotiation").id)
    leads.restore_lead(ada, gone.id)
    assert now(won, gone) == ["Omer", "Omer"]


def test_the_daily_check_finds_owners_for_leads_of_who_is_gone(
    rita: Actor, omer: Actor, ada: Actor, held: datetime
) -> None:
    dana = lead(ada)
    Member.objects.filter(name=rita.name).update(active=False)
    nobody_is_without_an_owner()
    assert (now(dana), queries.owners_who_left()) == (["Omer"], [])
