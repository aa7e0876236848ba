"""An inquiry opens a lead or joins the open one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from leadline.contacts import actions as contacts
from leadline.engines.search.models import SearchRow
from leadline.engines.timeline.models import TimelineEntry
from leadline.infra.models import EventRow
from leadline.kit import clock
from leadline.kit.errors import Invalid
from leadline.leads import actions
from leadline.leads.models import Lead, StageVisit
from leadline.leads.ports import NewInquiry
from leadline.leads.tests import people
from leadline.workspaces.actor import Actor
from leadline.workspaces.models import AuditEntry, Workspace


def names() -> list[str]:
    return [row.name for row in EventRow.objects.order_by("seq")]


def test_a_first_inquiry_opens_a_lead_in_the_first_stage(rita: Actor) -> None:
    lead = people.lead(rita, "Dana Levi", text="How much?", utm={"source": "x"}, extra={"shoe": "38"})

    assert (lead.name, lead.stage.name, lead.status, lead.owner_id) == (
        "Dana Levi",
        "New Inquiry",
        "open",
        rita.member_id,
    )
    assert (lead.source, lead.first_source, lead.text, lead.extra) == (
        "website",
        "website",
        "How much?",
        {"shoe": "38"},
    )
    assert StageVisit.objects.get().left_at is None
    entry = TimelineEntry.objects.get()
    assert (entry.kind, entry.direction, entry.text) == ("inquiry", "in", "How much?")
    assert SearchRow.objects.get(object_id=lead.id).title == "Dana Levi"
    assert AuditEntry.objects.filter(object_id=lead.id, action="created").exists()
    assert "LeadCaptured" in names()
    assert "InquiryJoined" not in names()


def test_a_second_inquiry_joins_the_open_lead_and_keeps_its_owner(rita: Actor, omer: Actor) -> None:
    first = people.lead(rita, "Dana", identities={"email": "dana@gmail.com"}, interest="Roof")
    second = people.lead(
        omer,
        "Dana",
        identities={"email": "DANA+x@gmail.com"},
        channel="whatsapp",
        interest="Wall",
        value_minor=500,
    )

    lead = Lead.objects.get()
    assert first.id == second.id
    assert (lead.owner_id, lead.interest, lead.value_minor, lead.currency) == (
        rita.member_id,
        "Roof",
        500,
        "ILS",
    )
    assert TimelineEntry.objects.filter(about_id=lead.id, kind="inquiry").count() == 2
    assert names().count("InquiryJoined") == names().count("LeadCaptured") == 1


def test_the_last_source_and_campaign_follow_the_inquiries_and_the_first_source_stays(rita: Actor) -> None:
    email = {"email": "dana@gmail.com"}
    people.lead(rita, "Dana", identities=email, source="google_ads", campaign="Spring")
    people.lead(rita, "Dana", identities=email, source="referral", campaign="Friends")
    people.lead(rita, "Dana", identities=email, source="partner")

    lead = Lead.objects.get()
    assert (lead.first_source, lead.source, lead.campaign) == ("google_ads", "partner", "Friends")
    assert AuditEntry.objects.filter(action="joined").order_by("id")[0].changes == {
        "contact": str(lead.contact_id),
        "source": ["google_ads", "referral"],
        "campaign": ["Spring", "Friends"],
    }


def test_an_answer_in_a_conversation_does_not_hide_where_the_person_came_from(rita: Actor) -> None:
    email = {"email": "dana@gmail.com"}
    lead = people.lead(rita, "Dana", identities=email, source="google_ads")
    people.lead(rita, "Dana", identities=email, channel="whatsapp", source="whatsapp")
    lead.refresh_from_db()
    assert lead.source == "whatsapp"

    Lead.objects.update(source="google_ads")
    actions.note_touch([lead.id], rita.member_id, "whatsapp", clock.now())
    people.lead(rita, "Dana", identities=email, channel="whatsapp", source="whatsapp")
    lead.refresh_from_db()
    assert lead.source == "google_ads"

    people.lead(rita, "Dana", identities=email, channel="whatsapp", source="facebook")
    lead.refresh_from_db()
    assert lead.source == "facebook"


def test_no_lead_is_without_a_source(rita: Actor) -> None:
    lead = people.lead(rita, "Dana", channel="form", source="")
    assert (lead.source, lead.first_source) == ("form", "form")
    with pytest.raises(Invalid, match="needs a source"):
        actions.change_lead(rita, lead.id, {"source": " "})
    with pytest.raises(IntegrityError), transaction.atomic():
        Lead.objects.update(source="")


def test_after_the_lead_is_closed_a_new_inquiry_opens_another_of_the_same_contact(rita: Actor) -> None:
    first = people.lead(rita, "Dana", identities={"phone": "0501234567"})
    actions.move_lead(rita, first.id, people.stage("Closed won").id)

    second = people.lead(rita, "Dana", identities={"whatsapp": "972501234567"})

    assert second.id != first.id
    assert second.contact_id == first.contact_id


def test_the_same_offline_lead_sent_twice_is_one(rita: Actor) -> None:
    from leadline.kit import ids

    lead_id = ids.new_id()
    first = people.lead(rita, "Dana", id=lead_id)
    again = people.lead(rita, "Dana", id=lead_id)

    assert first.id == again.id == lead_id
    assert TimelineEntry.objects.count() == 1


def test_two_inquiries_of_one_person_in_one_batch_make_one_lead(rita: Actor) -> None:
    match = contacts.match_or_make(rita, [people.person("Dana", email="d@gmail.com")])[0]
    inquiry = NewInquiry(contact=match.contact, channel="api", source="api", at=clock.now())

    opened = actions.open_or_join(rita, [inquiry, inquiry])

    assert [o.created for o in opened] == [True, False]
    assert Lead.objects.count() == 1


def test_a_message_that_follows_leaves_the_text_to_its_channel(rita: Actor) -> None:
    people.lead(rita, "Dana", text="Hi", message_follows=True)
    people.lead(rita, "Dana", text="Are you there?", message_follows=True)

    assert [e.text for e in TimelineEntry.objects.all()] == [""]


def test_a_batch_takes_as_many_statements_as_one(
    rita: Actor, inside: Workspace, statements: Callable[[], Any]
) -> None:
    def inquiries(start: int, size: int) -> list[NewInquiry]:
        persons = [people.person(f"P{i}", email=f"p{i}@gmail.com") for i in range(start, start + size)]
        matches = contacts.match_or_make(rita, persons)
        return [NewInquiry(contact=m.contact, channel="api", source="api", at=clock.now()) for m in matches]

    actions.open_or_join(rita, inquiries(0, 1))
    single, batch = inquiries(1, 1), inquiries(2, 300)
    with statements() as one:
        actions.open_or_join(rita, single)
    with statements() as many:
        actions.open_or_join(rita, batch)
    with statements() as joined:
        actions.open_or_join(rita, batch)

    assert len(many) == len(one) <= 10
    assert len(joined) <= 10
