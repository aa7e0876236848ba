"""Every lead has an owner and a reason from the moment it comes in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from leadline.assignment import actions, queries
from leadline.assignment.schedule import nobody_is_without_an_owner
from leadline.assignment.tests.inquiries import capture, lead, owners
from leadline.engines.notices.models import Notice
from leadline.engines.timeline.models import TimelineEntry
from leadline.infra.models import EventRow
from leadline.kit import clock
from leadline.kit.errors import Conflict
from leadline.leads import actions as leads
from leadline.leads.models import Lead
from leadline.leads.ports import ScoreOf
from leadline.testing import Api
from leadline.workspaces import actions as people
from leadline.workspaces.actor import Actor
from leadline.workspaces.models import AuditEntry, Team

pytestmark = pytest.mark.usefixtures("held")


def rule(actor: Actor, name: str, when: dict[str, Any], **target: Any) -> Any:
    return actions.create_rule(actor, {"name": name, "when": when, "target": target})


def team(name: str) -> Any:
    return Team.objects.get(name=name).id


def source(key: str) -> dict[str, Any]:
    return {"field": "source", "op": "eq", "value": key}


def test_nine_leads_go_to_three_reps_in_turn(rita: Actor, omer: Actor, sam: Actor, mona: Actor) -> None:
    found = [lead(mona, f"Person {n}") for n in range(9)]

    assert owners(found) == ["Rita", "Omer", "Sam"] * 3
    assert found[0].assignment_text == "to Rita: Everyone else → team Sales, next in turn"
    assert found[0].assignment_reason["turn"] == {"number": 1, "free": 3}


def test_a_batch_takes_turns_like_single_leads(rita: Actor, omer: Actor, sam: Actor, mona: Actor) -> None:
    lead(mona, "First")
    found = capture(mona, [f"Person {n}" for n in range(8)])

    assert owners(found) == ["Omer", "Sam", "Rita", "Omer", "Sam", "Rita", "Omer", "Sam"]


def test_the_assignment_is_on_the_timeline_and_in_the_audit(rita: Actor) -> None:
    dana = lead(rita)

    entry = TimelineEntry.objects.get(about_id=dana.id, kind="assigned")
    assert (entry.text, entry.automatic) == (dana.assignment_text, True)
    assert AuditEntry.objects.filter(object_id=dana.id, action="assigned").count() == 1


def test_reps_who_are_not_active_are_skipped(rita: Actor, omer: Actor, sam: Actor, ada: Actor) -> None:
    lead(ada, "First")
    people.change_member(ada, omer.member_id, {"active": False}, None)  # type: ignore[arg-type]

    assert set(owners([lead(ada, f"Person {n}") for n in range(6)])) == {"Rita", "Sam"}


def test_without_an_active_rep_a_manager_takes_over_then_an_administrator(
    mona: Actor, ada: Actor, ola: Actor
) -> None:
    assert owners([lead(ola, "One")]) == ["Mona"]
    people.change_member(ola, mona.member_id, {"active": False}, None)  # type: ignore[arg-type]
    assert owners([lead(ola, "Two")]) == ["Ada"]
    people.change_member(ola, ada.member_id, {"active": False}, None)  # type: ignore[arg-type]
    assert owners([lead(ola, "Three")]) == ["Ola"]


def test_no_rule_matches_and_the_lead_still_has_an_owner(rita: Actor, mona: Actor, ada: Actor) -> None:
    actions.set_up(ada)
    for existing in queries.rules(ada):
        actions.change_rule(ada, existing.id, {"enabled": False})

    dana = lead(ada)
    assert owners([dana]) == ["Mona"]
    assert dana.assignment_text == "to Mona: no rule matches"


def test_facebook_leads_go_to_team_south(rita: Actor, sam: Actor, ada: Actor) -> None:
    actions.set_up(ada)
    rule(ada, "Facebook", source("facebook"), kind="team", team_id=team("South"))

    found = capture(ada, [f"Person {n}" for n in range(5)], source="facebook")
    assert owners(found) == ["Sam"] * 5
    assert {row.team.name for row in found if row.team} == {"South"}


def test_the_first_rule_that_matches_decides_and_says_why(
    rita: Actor, omer: Actor, sam: Actor, ada: Actor
) -> None:
    actions.set_up(ada)
    hebrew = {"field": "contact.language", "op": "eq", "value": "he"}
    both = {"all": [source("whatsapp"), hebrew]}
    rule(ada, "WhatsApp in Hebrew", both, kind="team", team_id=team("North"))
    rule(ada, "Facebook", source("facebook"), kind="team", team_id=team("South"))

    found = capture(ada, ["A", "B"], source="whatsapp", person={"language": "he"})
    assert owners(found) == ["Rita", "Omer"]
    assert found[0].assignment_text == (f"to Rita: {queries.sentence(both)} → team North, next in turn")
    assert owners([lead(ada, "C", source="facebook", person={"language": "he"})]) == ["Sam"]

    simulation = queries.simulate(ada, found[0].id)
    assert [(tried.name, str(tried.outcome)) for tried in simulation.tried] == [
        ("People we know", "nobody knows the person"),
        ("WhatsApp in Hebrew", "decides"),
    ]
    assert simulation.person is not None
    assert simulation.person.name == "Rita"


def test_a_rule_whose_person_left_is_skipped_and_says_so(rita: Actor, sam: Actor, ada: Actor) -> None:
    actions.set_up(ada)
    rule(ada, "To Sam", source("website"), kind="member", member_id=sam.member_id)
    assert owners([lead(ada, "Before")]) == ["Sam"]
    people.change_member(ada, sam.member_id, {"active": False}, None)  # type: ignore[arg-type]

    after = lead(ada, "After")
    assert owners([after]) == ["Rita"]
    assert after.assignment_reason["skipped"] == ["To Sam: the person is not active"]


def test_who_is_known_goes_to_the_owner_of_the_contact(rita: Actor, omer: Actor, ada: Actor) -> None:
    first = lead(ada, "Dana")
    assert first.assignment_text == "to Rita: Everyone else → team Sales, next in turn"
    lead(ada, "Somebody else")
    leads.mark_spam(ada, first.id)

    again = lead(ada, "Dana")
    assert owners([first]) == owners([again]) == ["Rita"]
    assert again.assignment_text == "to Rita: People we know"


def test_an_owner_who_comes_with_the_inquiry_stays(rita: Actor, omer: Actor) -> None:
    dana = lead(rita, owner_id=omer.member_id)

    assert owners([dana]) == ["Omer"]
    assert dana.assignment_text == "to Omer: chosen with the inquiry"
    assert dana.respond_by is not None


def test_an_owner_who_comes_with_the_inquiry_is_told(
    rita: Actor, omer: Actor, held: datetime, drain: Callable[[], int]
) -> None:
    dana = lead(rita, owner_id=omer.member_id)
    drain()

    event = EventRow.objects.get(name="LeadAssigned").payload
    assert (event["owner_id"], event["previous_owner_id"]) == (str(omer.member_id), None)
    notice = Notice.objects.get(kind="lead.assigned")
    assert (notice.member_id, notice.link_id) == (omer.member_id, dana.id)


def test_who_enters_an_own_lead_is_not_told_of_it(
    rita: Actor, omer: Actor, api: Callable[[Actor], Api], drain: Callable[[], int]
) -> None:
    for owner in (rita, omer):
        body = {"name": f"For {owner.name}", "owner_id": str(owner.member_id), "source": "phone"}
        assert api(rita).post("/leads", body).status_code == 201
    drain()

    assert EventRow.objects.filter(name="LeadAssigned").count() == 2
    assert Notice.objects.get(kind="lead.assigned").member_id == omer.member_id


def test_the_open_leads_of_who_leaves_find_new_owners(rita: Actor, omer: Actor, ada: Actor) -> None:
    found = capture(ada, [f"Person {n}" for n in range(4)])
    won = found[2]
    Lead.objects.filter(id=won.id).update(status="won")

    people.change_member(ada, rita.member_id, {"active": False}, None)  # type: ignore[arg-type]

    assert not Lead.objects.filter(owner_id=rita.member_id, status="open").exists()
    assert Lead.objects.get(id=won.id).owner_id == rita.member_id
    moved = Lead.objects.get(id=found[0].id)
    assert (
        moved.assignment_text == "to Omer: Rita is no longer active; Everyone else → team Sales, next in turn"
    )
    assert moved.respond_by == found[0].respond_by


def test_the_daily_check_finds_owners_for_leads_without_one(rita: Actor, ada: Actor) -> None:
    dana = lead(ada)
    Lead.objects.update(owner=None)
    nobody_is_without_an_owner()

    dana.refresh_from_db()
    assert owners([dana]) == ["Rita"]
    assert queries.workspaces_with_unowned_leads() == []


def test_a_lead_that_is_kept_until_it_is_ready_is_decided_again_then(
    rita: Actor, mona: Actor, ada: Actor
) -> None:
    actions.set_up(ada)
    first = rule(ada, "Marketing keeps it", {}, kind="member", member_id=mona.member_id)
    actions.change_rule(ada, first.id, {"until_ready": True, "position": 0})
    dana = lead(ada)
    assert owners([dana]) == ["Mona"]

    ready = ScoreOf(lead_id=dana.id, fit=50, engagement=0, score=50, band="warm", ready_at=clock.now())
    leads.apply_scores([ready])
    dana.refresh_from_db()
    assert owners([dana]) == ["Rita"]
    assert dana.assignment_text == "to Rita: ready for sales; Everyone else → team Sales, next in turn"


def test_handing_over_by_hand_to_a_person_or_a_team(rita: Actor, sam: Actor, ada: Actor) -> None:
    dana = lead(ada)
    assert owners([actions.hand_to(ada, dana.id, owner_id=sam.member_id)]) == ["Sam"]
    back = actions.hand_to(ada, dana.id, team_id=team("North"))
    assert owners([back]) == ["Rita"]
    assert back.assignment_text == "to Rita: given by Ada → team North, next in turn"

    people.change_member(ada, sam.member_id, {"active": False}, None)  # type: ignore[arg-type]
    with pytest.raises(Conflict):
        actions.hand_to(ada, dana.id, owner_id=sam.member_id)


def test_the_new_owner_is_told_and_nobody_else(rita: Actor, mona: Actor, drain: Callable[[], int]) -> None:
    dana = lead(mona, text="Do you build roofs?")
    drain()

    notice = Notice.objects.get(kind="lead.assigned")
    assert (notice.member_id, notice.link_id) == (rita.member_id, dana.id)
    assert (notice.title, notice.text) == ("New lead: Dana Levi", "Website: Do you build roofs?")


def test_who_joins_without_a_team_gets_leads_too(rita: Actor, ada: Actor) -> None:
    from leadline.infra import events
    from leadline.testing import people as known
    from leadline.workspaces.events import MemberJoined
    from leadline.workspaces.models import Workspace

    actions.set_up(ada)
    nina = known.member(Workspace.objects.get(id=ada.workspace_id), "Nina", "rep")
    assert nina.member_id is not None
    events.record(MemberJoined(workspace_id=ada.workspace_id, member_id=nina.member_id))

    assert set(owners(capture(ada, ["A", "B"]))) == {"Rita", "Nina"}


def test_the_founder_alone_in_the_first_team_does_not_get_the_leads_of_reps_in_other_teams(
    ada: Actor,
) -> None:
    from leadline.testing import people as known
    from leadline.workspaces.models import Workspace

    actions.set_up(ada)
    assert owners([lead(ada, "Early")]) == ["Ada"]
    known.member(Workspace.objects.get(id=ada.workspace_id), "Rita", "rep", team="North")

    assert owners(capture(ada, ["A", "B"])) == ["Rita", "Rita"]


def test_a_rule_about_a_field_that_is_gone_does_not_stop_the_capture(rita: Actor, ada: Actor) -> None:
    from leadline.assignment.models import AssignmentRule

    actions.set_up(ada)
    AssignmentRule.objects.create(
        name="Old", when={"field": "custom.gone", "op": "eq", "value": 1}, target_kind="contact_owner"
    )
    assert owners([lead(ada)]) == ["Rita"]


def test_owner_and_clock_take_the_same_statements_for_one_and_for_many(
    rita: Actor, omer: Actor, ada: Actor, statements: Callable[[], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    actions.set_up(ada)
    rule(ada, "Facebook", source("facebook"), kind="team", team_id=team("North"))
    ours: list[list[str]] = []
    real = actions.assign_captured

    def watched(workspace_id: Any, lead_ids: Any, **how: Any) -> None:
        with statements() as seen:
            real(workspace_id, lead_ids, **how)
        ours.append([query["sql"][:70] for query in seen])

    monkeypatch.setattr("leadline.assignment.reactions.actions.assign_captured", watched)
    capture(ada, ["One"])
    capture(ada, [f"Person {n}" for n in range(50)])
    assert len(ours[0]) == len(ours[1])
    mine = [sql for sql in ours[0] if "assignment_" in sql or "WITH" in sql]
    assert len(mine) <= 4
