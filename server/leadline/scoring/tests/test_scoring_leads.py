"""Every lead has a score, a band and reasons that add up, from the moment it comes in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from leadline.contacts.ports import IdentityIn
from leadline.conversations.events import MessageReceived, MessageStateChanged
from leadline.engines.timeline import actions as timeline
from leadline.engines.timeline.ports import Entry
from leadline.infra import events
from leadline.infra.models import EventRow
from leadline.kit import clock, ids
from leadline.leads import actions as leads
from leadline.leads.models import Lead
from leadline.leads.rules import Band
from leadline.scoring import actions, queries
from leadline.scoring.models import ScoreEntry
from leadline.scoring.schedule import let_interest_fade
from leadline.scoring.tests.inquiries import inquiry, lead
from leadline.workspaces.actor import Actor

pytestmark = pytest.mark.usefixtures("held")


def message(lead: Lead, *, reply: bool = True, at: datetime | None = None, kind: str = "text") -> None:
    events.record(
        MessageReceived(
            workspace_id=lead.workspace_id,
            lead_id=lead.id,
            contact_id=lead.contact_id,
            message_id=ids.new_id(),
            channel="whatsapp",
            kind=kind,
            reply=reply,
            at=at or clock.now(),
        )
    )
    lead.refresh_from_db()


def state(lead: Lead, state: str, error_code: str = "") -> None:
    events.record(
        MessageStateChanged(
            workspace_id=lead.workspace_id,
            lead_id=lead.id,
            contact_id=lead.contact_id,
            message_id=ids.new_id(),
            channel="whatsapp",
            state=state,
            error_code=error_code,
            at=clock.now(),
        )
    )
    lead.refresh_from_db()


def reasons(actor: Actor, lead: Lead) -> dict[str, int]:
    return {str(r.label): r.points for r in queries.explanation(actor, lead.id).standing.reasons}


def told(name: str) -> int:
    return EventRow.objects.filter(name=name).count()


def test_a_referred_lead_says_where_its_points_came_from(ada: Actor) -> None:
    dana = lead(ada, source="referral")

    assert reasons(ada, dana) == {"Came from a referral": 15, "E-mail known": 6}
    assert (dana.score, dana.fit, dana.engagement, dana.band) == (21, 21, 0, "cold")


def test_two_leads_that_differ_in_the_source_differ_by_its_points(ada: Actor) -> None:
    referred, from_facebook = lead(ada, "Ann", source="referral"), lead(ada, "Bob", source="facebook")

    assert referred.score - from_facebook.score == 15 - 5


def test_a_phone_number_that_becomes_known_raises_the_score(ada: Actor) -> None:
    dana = lead(ada)
    before = dana.score

    leads.change_lead(ada, dana.id, {"contact": {"phone": "050-1234567"}})

    dana.refresh_from_db()
    assert dana.score == before + 8
    assert reasons(ada, dana)["Phone number known"] == 8


def test_a_field_that_is_emptied_takes_its_points_along(ada: Actor) -> None:
    dana = lead(ada, interest="A roof")
    before = dana.score

    leads.change_lead(ada, dana.id, {"interest": ""})

    dana.refresh_from_db()
    assert dana.score == before - 4
    assert "Says what they are interested in" not in reasons(ada, dana)
    assert [e.points for e in ScoreEntry.objects.filter(label__contains="interested").order_by("id")] == [
        4,
        -4,
    ]


def test_the_profile_never_counts_more_than_its_cap(ada: Actor) -> None:
    boss = {
        "company": "Roofs Ltd",
        "identities": (IdentityIn("phone", "050-1234567"), IdentityIn("email", "ceo@roofs.example")),
        "fields": {"title": "CEO & Founder"},
    }
    dana = lead(ada, person=boss, source="referral", interest="Roof", value_minor=900_000)

    assert dana.fit == 50
    shown = reasons(ada, dana)
    assert shown["The profile counts at most 50 points"] < 0
    assert sum(shown.values()) == dana.score == 50


def test_an_answer_counts_once_a_day(ada: Actor) -> None:
    dana = lead(ada)
    message(dana)
    message(dana)
    assert dana.engagement == 10

    clock.move(timedelta(hours=25))
    message(dana)
    assert dana.engagement == 20


def test_the_same_message_told_twice_counts_once(ada: Actor) -> None:
    dana = lead(ada)
    happened = MessageReceived(
        workspace_id=dana.workspace_id,
        lead_id=dana.id,
        contact_id=dana.contact_id,
        message_id=ids.new_id(),
        channel="whatsapp",
        kind="text",
        reply=True,
        at=clock.now(),
    )
    events.record(happened)
    clock.move(timedelta(days=3))
    events.record(happened)

    assert ScoreEntry.objects.filter(lead=dana, label="Answered our message").count() == 1


def test_an_answer_within_ten_minutes_of_our_first_message_counts_more(ada: Actor) -> None:
    fast, slow = lead(ada, "Fast"), lead(ada, "Slow")
    leads.note_auto_reply([fast.id, slow.id], "whatsapp", clock.now())
    clock.move(timedelta(minutes=9))
    message(fast)
    clock.move(timedelta(minutes=9))
    message(slow)

    assert (fast.engagement, slow.engagement) == (15, 10)


def test_a_talk_and_a_meeting_count_and_a_refusal_takes_points(ada: Actor) -> None:
    dana = lead(ada)
    on = {"about_id": dana.id, "with_id": dana.contact_id}
    timeline.record(Entry.by(ada, "call", payload={"duration_seconds": 29}, **on))
    timeline.record(Entry.by(ada, "call", payload={"duration_seconds": 95}, **on))
    timeline.record(Entry.by(ada, "meeting", **on))
    dana.refresh_from_db()
    assert dana.engagement == 25

    timeline.record(Entry.by(ada, "consent", payload={"allowed": False}, with_id=dana.contact_id))
    dana.refresh_from_db()
    assert dana.engagement == 10
    assert reasons(ada, dana)["Does not want messages any more"] == -15


def test_a_message_that_cannot_arrive_takes_points_but_a_broken_account_does_not(ada: Actor) -> None:
    dana = lead(ada)
    message(dana)
    message(dana, at=clock.now() - timedelta(days=2))
    before = dana.engagement

    state(dana, "failed", "190")
    assert dana.engagement == before
    state(dana, "failed", "131026")
    assert dana.engagement == before - 10


def test_opened_messages_count_at_most_five_points(ada: Actor) -> None:
    dana = lead(ada)
    for _ in range(8):
        state(dana, "read")
        clock.move(timedelta(hours=2))

    assert dana.engagement == 5
    assert sum(r.points for r in queries.explanation(ada, dana.id).standing.reasons) == dana.score


def test_reaching_fifty_makes_ready_once_and_reaching_it_again_again(ada: Actor) -> None:
    dana = lead(ada, source="referral")
    rule = actions.create_rule(
        ada,
        {
            "group": "fit",
            "name": "Close",
            "points": 25,
            "when": {"field": "interest", "op": "eq", "value": "a"},
        },
    )
    leads.change_lead(ada, dana.id, {"interest": "a"})
    dana.refresh_from_db()
    assert dana.score == 21 + 4 + 25 == 50
    first = dana.ready_at
    assert first == clock.now()
    assert told("LeadReady") == 1

    clock.move(timedelta(hours=1))
    leads.change_lead(ada, dana.id, {"campaign": "Spring"})
    dana.refresh_from_db()
    assert (dana.ready_at, told("LeadReady")) == (first, 1)

    leads.change_lead(ada, dana.id, {"interest": "b"})
    assert Lead.objects.get(id=dana.id).ready_at is None
    leads.change_lead(ada, dana.id, {"interest": "a"})
    dana.refresh_from_db()
    assert (dana.ready_at, told("LeadReady")) == (clock.now(), 2)
    assert rule.points == 25


def test_forty_nine_is_not_ready_and_fifty_is(ada: Actor, drain: Callable[[], int]) -> None:
    dana = lead(ada, source="referral")
    when = {"field": "source", "op": "eq", "value": "referral"}
    rule = actions.create_rule(ada, {"group": "fit", "name": "Nearly", "points": 28, "when": when})
    drain()
    dana.refresh_from_db()
    assert (dana.score, dana.ready_at, dana.band) == (49, None, "cold")

    actions.change_rule(ada, rule.id, {"points": 29})
    drain()
    dana.refresh_from_db()
    assert (dana.score, dana.ready_at, dana.band) == (50, clock.now(), "warm")


def test_bands_follow_the_thresholds_of_the_workspace(ada: Actor, drain: Callable[[], int]) -> None:
    dana = lead(ada, source="referral")
    actions.change_settings(ada, {"warm": 15, "hot": 20})
    drain()

    dana.refresh_from_db()
    assert (dana.score, dana.band) == (21, "hot")
    assert told("BandChanged") == 1


def test_a_band_set_by_hand_stays_until_it_is_given_back(ada: Actor) -> None:
    dana = lead(ada)
    actions.set_band(ada, dana.id, Band.HOT, "Knows the boss")
    leads.change_lead(ada, dana.id, {"interest": "Roof"})
    dana.refresh_from_db()
    assert (dana.band, dana.band_reason) == ("hot", "Knows the boss")

    actions.set_band(ada, dana.id, None, "")
    dana.refresh_from_db()
    assert dana.band == "cold"


def test_interest_halves_in_thirty_days_and_the_history_says_so(ada: Actor) -> None:
    dana = lead(ada)
    message(dana)
    message(dana, at=clock.now() - timedelta(days=2))
    assert dana.engagement == 20

    for _ in range(31):
        clock.move(timedelta(days=1))
        let_interest_fade()
    dana.refresh_from_db()
    assert dana.engagement in (9, 10)
    shown = queries.explanation(ada, dana.id)
    assert shown.history[-1].label == "Interest fades with time"
    assert sum(r.points for r in shown.standing.reasons) == dana.score


def test_a_closed_lead_is_left_alone(ada: Actor) -> None:
    dana = lead(ada)
    message(dana)
    leads.mark_spam(ada, dana.id)
    clock.move(timedelta(days=60))
    let_interest_fade()

    dana.refresh_from_db()
    assert dana.engagement == 10
    with_nothing_due = queries.due_fadings(clock.now(), 10)
    assert with_nothing_due == {}


def test_a_rule_about_a_field_that_is_gone_does_not_stop_the_capture(ada: Actor) -> None:
    actions.set_up(ada)
    from leadline.scoring.models import ScoreRule

    ScoreRule.objects.create(
        group="fit", name="Old", points=5, when={"field": "custom.gone", "op": "eq", "value": "x"}
    )

    assert lead(ada, source="referral").score == 21


def test_scoring_takes_the_same_statements_for_one_and_for_many(
    ada: Actor, statements: Callable[[], Any]
) -> None:
    lead(ada, "First")
    counts = []
    for size in (1, 40):
        opened = [inquiry(ada, f"P{size} {n}", source="referral") for n in range(size)]
        made = leads.open_or_join(Actor.product(ada.workspace_id), opened)
        ScoreEntry.objects.all().delete()
        Lead.objects.update(score=0, fit=0)
        with statements() as seen:
            actions.score(ada.workspace_id, [one.lead.id for one in made], fresh=True)
        counts.append([q["sql"][:60] for q in seen])
    # Three of this room, three of leads, and the automations look whether anybody waits for scores.
    assert len(counts[0]) == len(counts[1]) <= 7
