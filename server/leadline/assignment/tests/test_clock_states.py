"""Board, list and page say the same about a clock, on its own calendar."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from leadline.assignment import actions
from leadline.assignment.schedule import let_clocks_speak
from leadline.assignment.tests.inquiries import lead
from leadline.assignment.tests.test_clocks import hot
from leadline.infra.models import EventRow
from leadline.kit import clock
from leadline.leads import actions as leads
from leadline.leads import queries
from leadline.leads.models import Lead
from leadline.workspaces.actor import Actor

FRIDAY = datetime(2026, 1, 9, 16, 30, tzinfo=UTC)


def said(actor: Actor, of: Lead) -> str:
    """The word for the clock, which must be the same everywhere."""
    card = next(c for column in queries.board(actor).columns for c in column.cards if c.id == of.id)
    row = next(r for r in queries.leads_page(actor).items if r.id == of.id)
    page = queries.lead_page(actor, of.id)
    assert card.sla == row.sla == page.sla.state
    assert card.respond_by == row.respond_by == page.sla.due_at or page.sla.state == "none"
    return str(card.sla)


@pytest.fixture
def dana(rita: Actor, ada: Actor) -> Lead:
    """A hot lead of Friday 16:30, half an hour before the business closes for the weekend."""
    week = {day: [["09:00", "17:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}
    actions.set_up(ada)
    actions.change_hours(ada, {"weekly": week, "timezone": "UTC"})
    with clock.hold(FRIDAY):
        return hot(ada)


@pytest.mark.parametrize(
    ("at", "word"),
    [
        (FRIDAY + timedelta(minutes=29), "running"),
        (FRIDAY + timedelta(minutes=30), "warn50"),
        (datetime(2026, 1, 11, 12, 0, tzinfo=UTC), "warn50"),
        (datetime(2026, 1, 12, 9, 17, tzinfo=UTC), "warn50"),
        (datetime(2026, 1, 12, 9, 18, tzinfo=UTC), "warn80"),
        (datetime(2026, 1, 12, 9, 30, tzinfo=UTC), "warn80"),
        (datetime(2026, 1, 12, 9, 31, tzinfo=UTC), "breached"),
    ],
)
def test_the_state_follows_business_time(ada: Actor, dana: Lead, at: datetime, word: str) -> None:
    with clock.hold(at):
        assert said(ada, dana) == word
        let_clocks_speak()
        assert said(ada, dana) == word


def test_an_answer_and_a_loss_are_seen_everywhere(rita: Actor, ada: Actor, held: datetime) -> None:
    in_time, late, spam = lead(ada, "Noa"), lead(ada, "Lea"), lead(ada, "Tom")
    leads.note_touch([in_time.id], rita.member_id, "whatsapp", held + timedelta(minutes=1))
    leads.mark_spam(ada, spam.id)
    clock.move(timedelta(days=5))
    leads.note_touch([late.id], rita.member_id, "whatsapp", clock.now())

    assert (said(ada, in_time), said(ada, late)) == ("met", "breached")
    assert queries.lead_page(ada, spam.id).sla.state == "none"


def test_browsers_are_told_when_the_state_changes(ada: Actor, dana: Lead, drain: Callable[[], int]) -> None:
    for at, name in (
        (FRIDAY + timedelta(minutes=30), "AnswerDueSoon"),
        (FRIDAY + timedelta(days=4), "AnswerOverdue"),
    ):
        with clock.hold(at):
            let_clocks_speak()
        told = EventRow.objects.filter(name=name).last()
        assert told is not None
        assert told.payload["lead_id"] == str(dana.id)
