"""Fields of a lead and of its person are changed, and every change is written down."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from leadline.contacts.models import Contact, Identity
from leadline.engines.schema import actions as schema
from leadline.engines.schema.actions import FieldType
from leadline.engines.search.models import SearchRow
from leadline.engines.timeline.models import TimelineEntry
from leadline.infra.models import EventRow
from leadline.kit import clock, ids
from leadline.kit.errors import Conflict, Forbidden, Invalid, NotFound
from leadline.leads import actions, queries
from leadline.leads.actions import change_lead
from leadline.leads.models import Lead
from leadline.leads.ports import ScoreOf
from leadline.leads.tests import people
from leadline.workspaces.actor import Actor
from leadline.workspaces.models import AuditEntry


def recorded(name: str) -> int:
    return EventRow.objects.filter(name=name).count()


def test_a_change_is_kept_written_down_and_told(rita: Actor) -> None:
    lead = people.lead(rita, "Dana")

    change_lead(rita, lead.id, {"name": "Dana's roof", "value_minor": 700, "interest": "Roof"}, version=1)

    lead.refresh_from_db()
    assert (lead.name, lead.value_minor, lead.currency, lead.version) == ("Dana's roof", 700, "ILS", 2)
    changes = TimelineEntry.objects.get(kind="field").payload["changes"]
    assert changes["name"] == ["Dana", "Dana's roof"]
    assert AuditEntry.objects.get(action="changed").changes["value_minor"] == [0, 700]
    assert SearchRow.objects.get(object_id=lead.id).title == "Dana's roof"
    assert EventRow.objects.get(name="LeadChanged").payload["fields"] == [
        "name",
        "value_minor",
        "interest",
        "currency",
    ]


def test_a_change_to_the_same_is_no_change(rita: Actor) -> None:
    lead = people.lead(rita, "Dana", interest="Roof")

    change_lead(rita, lead.id, {"interest": "Roof", "name": " Dana "})

    assert Lead.objects.get().version == 1
    assert recorded("LeadChanged") == 0
    assert not TimelineEntry.objects.filter(kind="field").exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"score": 100}, "score"),
        ({"shoe_size": 1}, "shoe_size"),
        ({"value_minor": -1}, "value_minor"),
        ({"value_minor": 1.5}, "value_minor"),
        ({"currency": "XYZ"}, "currency"),
        ({"lead_type": "VIP"}, "lead_type"),
        ({"name": "  "}, "name"),
        ({"contact": {"phone": "abc"}}, "contact.phone"),
    ],
)
def test_what_cannot_be_is_refused_by_name(rita: Actor, changes: dict[str, object], field: str) -> None:
    lead = people.lead(rita, "Dana")

    with pytest.raises(Invalid) as refused:
        change_lead(rita, lead.id, changes)

    assert refused.value.field == field
    assert Lead.objects.get().version == 1


def test_an_old_version_is_a_conflict(rita: Actor, omer: Actor) -> None:
    lead = people.lead(rita, "Dana")
    change_lead(omer, lead.id, {"interest": "Roof"}, version=1)

    with pytest.raises(Conflict):
        change_lead(rita, lead.id, {"interest": "Wall"}, version=1)

    assert Lead.objects.get().interest == "Roof"


def test_an_old_version_is_a_conflict_for_the_persons_details_too(rita: Actor, omer: Actor) -> None:
    lead = people.lead(rita, "Dana")
    change_lead(omer, lead.id, {"contact": {"city": "Eilat"}}, version=1)

    with pytest.raises(Conflict), transaction.atomic():
        change_lead(rita, lead.id, {"contact": {"city": "Akko"}}, version=1)

    assert Contact.objects.get().city == "Eilat"


def test_a_score_in_between_is_no_conflict(rita: Actor) -> None:
    lead = people.lead(rita, "Dana")
    actions.apply_scores(
        [ScoreOf(lead_id=lead.id, fit=30, engagement=45, score=75, band="hot", ready_at=clock.now())]
    )

    change_lead(rita, lead.id, {"interest": "Wall"}, version=1)

    assert (Lead.objects.get().score, Lead.objects.get().band) == (75, "hot")
    assert [recorded(n) for n in ("LeadScored", "BandChanged", "LeadReady")] == [1, 1, 1]


def test_the_same_score_again_says_nothing(rita: Actor) -> None:
    lead = people.lead(rita, "Dana")
    before = {n: recorded(n) for n in ("LeadScored", "BandChanged", "LeadReady")}
    row = ScoreOf(lead_id=lead.id, fit=1, engagement=60, score=61, band="warm", ready_at=clock.now())

    actions.apply_scores([row])
    actions.apply_scores([row])

    assert {n: recorded(n) - before[n] for n in before} == {"LeadScored": 1, "BandChanged": 1, "LeadReady": 1}


def test_the_persons_details_are_changed_through_the_lead(rita: Actor) -> None:
    lead = people.lead(rita, "Dana")

    change_lead(
        rita,
        lead.id,
        {"contact": {"name": "Dana Levi", "phone": "052-7654321", "company": "Delta", "city": "Haifa"}},
    )

    dana = Contact.objects.get()
    assert (dana.name, dana.first_name, dana.phone, dana.city) == (
        "Dana Levi",
        "Dana",
        "+972527654321",
        "Haifa",
    )
    assert Lead.objects.get().company == dana.company
    assert Identity.objects.get(kind="phone").shown == "+972527654321"
    assert "527654321" in SearchRow.objects.get(object_id=lead.id).text
    assert "contact.phone" in EventRow.objects.get(name="LeadChanged").payload["fields"]


def test_a_custom_field_is_checked_kept_filtered_and_emptied(rita: Actor, ada: Actor) -> None:
    schema.create_field(ada, object_key="lead", label="Roof size", type=FieldType.NUMBER)
    lead = people.lead(rita, "Dana")

    change_lead(rita, lead.id, {"custom": {"roof_size": 120}})
    found = queries.leads_page(rita, {"field": "custom.roof_size", "op": "gt", "value": 100}).items
    assert [(row.name, row.custom) for row in found] == [("Dana", {"roof_size": 120})]
    with pytest.raises(Invalid) as refused:
        change_lead(rita, lead.id, {"custom": {"shoe": 1}})
    assert refused.value.field == "custom.shoe"

    change_lead(rita, lead.id, {"custom": {"roof_size": None}})
    assert Lead.objects.get().custom == {}


def test_the_number_of_somebody_else_is_refused(rita: Actor) -> None:
    people.lead(rita, "Eli", identities={"whatsapp": "972521111111"})
    lead = people.lead(rita, "Dana")

    with pytest.raises(Conflict) as refused:
        change_lead(rita, lead.id, {"contact": {"phone": "052-1111111"}})

    assert refused.value.code == "identity_taken"


def test_a_lead_is_given_to_somebody_else_with_a_reason(rita: Actor, omer: Actor) -> None:
    lead = people.lead(rita, "Dana")

    change_lead(rita, lead.id, {"owner_id": omer.member_id})

    lead.refresh_from_db()
    assert (lead.owner_id, lead.assignment_text) == (omer.member_id, "Given to Omer by Rita.")
    assert lead.contact.owner_id == omer.member_id
    assert SearchRow.objects.get(object_id=lead.id).owner_id == omer.member_id
    told = EventRow.objects.filter(name="LeadAssigned").latest("seq").payload
    assert (told["owner_id"], told["by_rule"]) == (str(omer.member_id), False)


def test_a_lead_cannot_be_given_to_somebody_of_another_company(rita: Actor, stranger: Actor) -> None:
    lead = people.lead(rita, "Dana")

    with pytest.raises(NotFound):
        change_lead(rita, lead.id, {"owner_id": stranger.member_id})


def test_a_note_is_on_the_timeline_and_is_no_touch(rita: Actor) -> None:
    lead = people.lead(rita, "Dana")
    note_id = ids.new_id()

    actions.add_note(rita, lead.id, "Calls back on Sunday", note_id)
    actions.add_note(rita, lead.id, "Calls back on Sunday", note_id)

    note = TimelineEntry.objects.get(kind="note")
    assert (note.text, note.actor_name, note.automatic) == ("Calls back on Sunday", "Rita", False)
    lead.refresh_from_db()
    assert lead.first_touch_at is None
    assert recorded("LeadTouched") == 0


def test_only_the_first_touch_stays_the_first(rita: Actor) -> None:
    lead = people.lead(rita, "Dana")
    first = clock.now()

    actions.note_auto_reply([lead.id], "whatsapp", first)
    assert Lead.objects.get().first_touch_at is None
    actions.note_touch([lead.id], rita.member_id, "whatsapp", first)
    actions.note_touch([lead.id], rita.member_id, "phone", first + timedelta(hours=1))

    lead.refresh_from_db()
    assert (lead.first_touch_at, lead.last_activity_at) == (first, first + timedelta(hours=1))
    assert recorded("LeadTouched") == 2


def test_only_one_caller_escalates(rita: Actor) -> None:
    lead = people.lead(rita, "Dana")

    assert [actions.mark_escalated(lead.id), actions.mark_escalated(lead.id)] == [True, False]
    assert recorded("LeadEscalated") == 1


def test_the_trash_gives_a_lead_back_unless_the_person_came_again(rita: Actor, mona: Actor) -> None:
    lead = people.lead(rita, "Dana")
    with pytest.raises(Forbidden):
        actions.delete_lead(rita, lead.id)

    actions.delete_lead(mona, lead.id)
    with pytest.raises(NotFound):
        queries.lead_page(mona, lead.id)
    assert not SearchRow.objects.filter(object_id=lead.id).exists()
    actions.restore_lead(mona, lead.id)
    assert queries.lead_page(mona, lead.id).name == "Dana"

    actions.delete_lead(mona, lead.id)
    people.lead(rita, "Dana")
    with pytest.raises(Conflict) as refused:
        actions.restore_lead(mona, lead.id)
    assert refused.value.code == "other_open_lead"


def test_an_essential_record_knows_how_complete_it_is(rita: Actor) -> None:
    bare = people.lead(rita, "", identities={"phone": "0501234567"})
    full = people.lead(
        rita, "Eli Bar", identities={"phone": "0527654321", "email": "eli@delta.co.il"}, interest="Roof"
    )

    assert queries.lead_page(rita, bare.id).completeness == 33
    page = queries.lead_page(rita, full.id)
    assert (page.completeness, page.company_name, page.phone) == (100, "delta.co.il", "+972527654321")


def test_own_fields_of_the_person_are_checked_and_kept_with_the_person(
    ada: Actor, rita: Actor, api: Callable[[Actor], Any]
) -> None:
    api(ada).post("/fields", {"object": "contact", "type": "number", "label": "Children"})
    lead = people.lead(rita)
    client = api(rita)
    changed = client.patch(f"/leads/{lead.id}", {"contact": {"custom": {"children": "3"}}}).json()
    assert changed["contact"]["custom"] == {"children": 3}
    wrong = client.patch(f"/leads/{lead.id}", {"contact": {"custom": {"children": "many"}}})
    assert (wrong.status_code, wrong.json()["field"]) == (422, "custom.children")
