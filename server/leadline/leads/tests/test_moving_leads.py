"""Leads move through the stages, are won, lost with a reason, and opened again."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from leadline.engines.search.models import SearchRow
from leadline.engines.timeline.models import TimelineEntry
from leadline.infra import tenancy
from leadline.infra.models import EventRow
from leadline.kit import clock
from leadline.kit.errors import Conflict, Forbidden, NotFound
from leadline.leads import actions, queries
from leadline.leads.actions import mark_spam, move_lead
from leadline.leads.models import Lead, LossReason, StageVisit
from leadline.leads.ports import LossIn, WonIn
from leadline.leads.tests import people
from leadline.testing import people as members
from leadline.workspaces.actor import Actor
from leadline.workspaces.models import AuditEntry, Workspace


def recorded(name: str) -> int:
    return EventRow.objects.filter(name=name).count()


def test_a_move_is_kept_and_written_down(rita: Actor, held: datetime) -> None:
    lead = people.lead(rita)
    clock.move(timedelta(days=2))

    move_lead(rita, lead.id, people.stage("Quote Sent").id)

    lead.refresh_from_db()
    assert (lead.stage.name, lead.status, lead.entered_stage_at) == ("Quote Sent", "open", clock.now())
    first, second = StageVisit.objects.order_by("entered_at")
    assert first.left_at == second.entered_at == clock.now()
    assert second.by_name == "Rita"
    assert TimelineEntry.objects.filter(kind="stage").get().text == "New Inquiry → Quote Sent"
    assert AuditEntry.objects.filter(action="moved").get().changes == {"stage": ["New Inquiry", "Quote Sent"]}
    assert recorded("LeadMoved") == 1


def test_moving_a_lead_where_it_is_does_nothing(rita: Actor) -> None:
    lead = people.lead(rita)

    move_lead(rita, lead.id, lead.stage_id)

    assert recorded("LeadMoved") == 0
    assert StageVisit.objects.count() == 1


def test_a_lost_lead_needs_a_reason(rita: Actor) -> None:
    lead, lost = people.lead(rita), people.stage("Closed lost")

    with pytest.raises(Conflict) as refused:
        move_lead(rita, lead.id, lost.id)
    assert refused.value.code == "loss_reason_required"

    price = LossReason.objects.get(name="Price")
    move_lead(rita, lead.id, lost.id, lost=LossIn(reason_id=price.id, note="Too much", competitor="Gamma"))

    lead.refresh_from_db()
    assert (lead.status, lead.loss_reason, lead.loss_note, lead.competitor) == (
        "lost",
        price,
        "Too much",
        "Gamma",
    )
    assert lead.closed_at is not None
    assert (recorded("LeadLost"), recorded("LeadWon")) == (1, 0)


def test_a_won_lead_is_converted_and_keeps_its_value_or_gets_a_new_one(rita: Actor) -> None:
    lead = people.lead(rita, value_minor=100)

    move_lead(rita, lead.id, people.stage("Closed won").id, won=WonIn(value_minor=900))

    lead.refresh_from_db()
    assert (lead.status, lead.value_minor) == ("won", 900)
    assert lead.converted_at == lead.closed_at
    assert (recorded("LeadWon"), recorded("LeadReopened")) == (1, 0)


def test_a_closed_lead_can_be_opened_again(rita: Actor) -> None:
    lead = people.lead(rita)
    reason = LossReason.objects.get(name="Price")
    move_lead(rita, lead.id, people.stage("Closed lost").id, lost=LossIn(reason_id=reason.id))

    move_lead(rita, lead.id, people.stage("Negotiation").id)

    lead.refresh_from_db()
    assert (lead.status, lead.closed_at, lead.loss_reason) == ("open", None, None)
    assert recorded("LeadReopened") == 1
    assert TimelineEntry.objects.filter(kind="stage").count() == 2


def test_a_person_has_one_open_lead_at_a_time(rita: Actor) -> None:
    first = people.lead(rita, "Dana")
    move_lead(rita, first.id, people.stage("Closed won").id)
    second = people.lead(rita, "Dana")

    with pytest.raises(Conflict) as refused:
        move_lead(rita, first.id, people.stage("Negotiation").id)

    assert refused.value.code == "other_open_lead"
    assert refused.value.extra == {"other_lead_id": str(second.id)}


def test_moving_away_and_back_sums_the_visits(rita: Actor, held: datetime) -> None:
    lead = people.lead(rita)
    start, quote = lead.stage_id, people.stage("Quote Sent").id
    for stage_id in (quote, start, quote):
        clock.move(timedelta(days=1))
        move_lead(rita, lead.id, stage_id)
    clock.move(timedelta(days=3))

    days = {stay.name: stay.days for stay in queries.lead_page(rita, lead.id).stages}
    assert (days["New Inquiry"], days["Quote Sent"], days["Negotiation"]) == (2.0, 4.0, None)


def test_spam_leaves_board_and_search_and_comes_back_with_a_move(rita: Actor) -> None:
    lead = people.lead(rita)

    mark_spam(rita, lead.id)
    assert queries.board(rita).columns[0].count == 0
    assert not SearchRow.objects.filter(object_id=lead.id).exists()

    move_lead(rita, lead.id, lead.stage_id)
    assert queries.board(rita).columns[0].count == 1
    assert SearchRow.objects.filter(object_id=lead.id).exists()


def test_who_saw_an_older_version_is_told(rita: Actor, omer: Actor) -> None:
    lead = people.lead(rita)
    move_lead(omer, lead.id, people.stage("Quote Sent").id)

    with pytest.raises(Conflict):
        move_lead(rita, lead.id, people.stage("Negotiation").id, version=1)
    assert Lead.objects.get().stage.name == "Quote Sent"


def test_a_rep_reaches_the_own_teams_leads_and_no_others(
    rita: Actor, omer: Actor, sam: Actor, mona: Actor
) -> None:
    lead = people.lead(rita)
    quote = people.stage("Quote Sent").id

    move_lead(omer, lead.id, quote)
    move_lead(mona, lead.id, people.stage("Negotiation").id)
    with pytest.raises(NotFound):
        move_lead(sam, lead.id, quote)


def test_who_may_only_look_sees_but_does_not_move(rita: Actor, inside: Workspace) -> None:
    lead = people.lead(rita)
    guest = members.member(inside, "Gil", "read_only")

    seen = queries.lead_page(guest, lead.id).can
    assert (seen.change, seen.delete, seen.send) == (False, False, False)
    with pytest.raises(Forbidden):
        move_lead(guest, lead.id, people.stage("Quote Sent").id)


def test_another_company_does_not_even_learn_that_the_lead_exists(rita: Actor, stranger: Actor) -> None:
    lead, quote = people.lead(rita), people.stage("Quote Sent").id

    with tenancy.workspace(stranger.workspace_id), pytest.raises(NotFound):
        move_lead(stranger, lead.id, quote)


def test_a_stage_goes_away_only_when_its_cards_have_a_place(ada: Actor) -> None:
    lead, quote = people.lead(ada), people.stage("Quote Sent")
    move_lead(ada, lead.id, quote.id)

    with pytest.raises(Conflict):
        actions.archive_stage(ada, quote.id)
    actions.archive_stage(ada, quote.id, people.stage("Negotiation").id)

    assert Lead.objects.get().stage.name == "Negotiation"
    assert [c.stage.name for c in queries.board(ada).columns if c.count] == ["Negotiation"]
    assert StageVisit.objects.filter(left_at=None).get().stage.name == "Negotiation"
