"""The clock of the first human answer: by band, in business hours, stopped only by a human."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from leadline.assignment import actions, queries
from leadline.assignment.models import SlaClock
from leadline.assignment.schedule import let_clocks_speak
from leadline.assignment.tests.inquiries import capture, lead
from leadline.engines.automation.models import Automation
from leadline.engines.notices.models import Notice
from leadline.engines.timeline.models import TimelineEntry
from leadline.infra.models import EventRow
from leadline.kit import clock
from leadline.leads import actions as leads
from leadline.leads.actions.locked import take
from leadline.leads.models import Lead, Stage
from leadline.leads.rules import Band
from leadline.workspaces.actor import Actor

HOUR = timedelta(hours=1)


def hot(actor: Actor, name: str = "Dana Levi") -> Lead:
    """A lead with the clock of a hot one from its first moment."""
    urgent(actor)
    return lead(actor, name)


def urgent(actor: Actor) -> None:
    """Cold leads are answered like hot ones, so that a new lead has the shortest clock at once."""
    actions.set_up(actor)
    by_band = {row.band: row for row in queries.policies(actor)}
    same = {"minutes": by_band["hot"].minutes, "clock": by_band["hot"].clock}
    actions.change_policy(actor, by_band["cold"].id, same)


def set_band(actor: Actor, of: Lead, band: Band) -> None:
    """Somebody knows better than the score."""
    leads.override_band(actor, take(actor, of.id), band.value, "why not")


def later(**span: Any) -> None:
    clock.move(timedelta(**span))
    let_clocks_speak()


def the_clock(of: Lead) -> SlaClock:
    return SlaClock.objects.get(lead=of)


def told(kind: str) -> list[str]:
    return sorted(Notice.objects.filter(kind=kind).values_list("member__name", flat=True))


def spoken(of: Lead) -> list[str]:
    rows = TimelineEntry.objects.filter(about_id=of.id, kind="sla").order_by("id")
    return [row.payload["mark"] for row in rows if "mark" in row.payload]


def test_each_band_has_its_time(rita: Actor, ada: Actor, held: datetime) -> None:
    cold = lead(ada, "Cold")
    warm, boiling = lead(ada, "Warm"), lead(ada, "Hot")
    set_band(ada, warm, Band.WARM)
    set_band(ada, boiling, Band.HOT)

    due = {row.lead.name: row.due_at - held for row in SlaClock.objects.select_related("lead")}
    assert due == {"Cold": 48 * HOUR, "Warm": 24 * HOUR, "Hot": HOUR}
    for row in (cold, warm, boiling):
        row.refresh_from_db()
        assert row.respond_by == the_clock(row).due_at


def test_a_hot_lead_is_missed_one_second_after_its_hour_and_once(
    rita: Actor, mona: Actor, ada: Actor, held: datetime
) -> None:
    dana = hot(ada)
    later(minutes=60)
    assert the_clock(dana).breached_at is None
    assert told("sla.breach") == []

    later(seconds=1)
    later(seconds=5)
    later(hours=3)
    dana.refresh_from_db()
    assert the_clock(dana).breached_at == held + HOUR + timedelta(seconds=1)
    assert dana.escalated_at == held + HOUR + timedelta(seconds=1)
    assert told("sla.breach") == ["Mona", "Rita"]
    assert EventRow.objects.filter(name="LeadEscalated").count() == 1
    assert spoken(dana) == ["half", "most", "breach"]


def test_the_owner_is_warned_at_half_and_at_eighty_percent(
    rita: Actor, mona: Actor, ada: Actor, held: datetime
) -> None:
    hot(ada)
    later(minutes=29)
    assert told("sla.half") == []
    later(minutes=1)
    assert told("sla.half") == ["Rita"]
    later(minutes=17)
    assert told("sla.most") == []
    later(minutes=1)
    assert told("sla.most") == ["Rita"]


def test_a_human_touch_stops_the_clock_and_an_automatic_reply_does_not(
    rita: Actor, omer: Actor, mona: Actor, ada: Actor, held: datetime
) -> None:
    answered, robot = hot(ada, "Answered"), lead(ada, "Robot")
    leads.note_auto_reply([robot.id], "whatsapp", clock.now())
    clock.move(timedelta(minutes=59))
    leads.note_touch([answered.id], rita.member_id, "whatsapp", clock.now())
    later(minutes=10)

    assert the_clock(answered).stopped_at == held + timedelta(minutes=59)
    assert the_clock(answered).breached_at is None
    assert the_clock(robot).breached_at is not None
    assert Lead.objects.get(id=answered.id).escalated_at is None


def test_the_second_touch_changes_nothing(rita: Actor, ada: Actor, held: datetime) -> None:
    dana = hot(ada)
    leads.note_touch([dana.id], rita.member_id, "whatsapp", clock.now())
    clock.move(HOUR)
    leads.note_touch([dana.id], rita.member_id, "whatsapp", clock.now())

    assert the_clock(dana).stopped_at == held


def test_an_answer_in_time_that_is_learned_of_too_late_is_no_miss(
    rita: Actor, ada: Actor, held: datetime
) -> None:
    dana = hot(ada)
    later(minutes=61)
    assert the_clock(dana).breached_at is not None

    leads.note_touch([dana.id], rita.member_id, "phone", held + timedelta(minutes=50))
    assert the_clock(dana).breached_at is None


def test_hot_leads_run_on_business_time_once_there_are_hours(rita: Actor, ada: Actor) -> None:
    actions.set_up(ada)
    week = {day: [["09:00", "17:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}
    actions.change_hours(ada, {"weekly": week, "timezone": "UTC", "holidays": ["2026-01-12"]})
    with clock.hold(datetime(2026, 1, 9, 16, 30, tzinfo=UTC)):
        dana = hot(ada)
        row = the_clock(dana)
        # Friday 16:30; Monday is a holiday: the second half hour is on Tuesday.
        assert row.due_at == datetime(2026, 1, 13, 9, 30, tzinfo=UTC)
        assert row.warn_50_at == datetime(2026, 1, 9, 17, 0, tzinfo=UTC)
        assert row.kind == "business"
        later(days=2)
        assert the_clock(dana).breached_at is None


def test_four_hours_from_friday_at_four_end_on_monday_at_noon(rita: Actor, ada: Actor) -> None:
    actions.set_up(ada)
    week = {day: [["09:00", "17:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}
    actions.change_hours(ada, {"weekly": week, "timezone": "UTC"})
    policy = next(row for row in queries.policies(ada) if row.band == "hot")
    actions.change_policy(ada, policy.id, {"minutes": 240})
    with clock.hold(datetime(2026, 1, 9, 16, 0, tzinfo=UTC)):
        assert the_clock(hot(ada)).due_at == datetime(2026, 1, 12, 12, 0, tzinfo=UTC)


def test_after_a_pause_of_the_server_everything_is_said_once_in_order(
    rita: Actor, mona: Actor, ada: Actor, held: datetime
) -> None:
    urgent(ada)
    found = capture(ada, ["A", "B", "C"])
    later(days=3)
    let_clocks_speak()

    assert [spoken(row) for row in found] == [["half", "most", "breach"]] * 3
    assert told("sla.half") == told("sla.most") == []
    names = EventRow.objects.filter(name__startswith="Answer").order_by("seq").values_list("name", flat=True)
    assert list(names) == ["AnswerDueSoon"] * 6 + ["AnswerOverdue"] * 3


def test_a_changed_band_moves_the_due_time_and_warns_again(rita: Actor, ada: Actor, held: datetime) -> None:
    dana = lead(ada)
    later(minutes=10)
    set_band(ada, dana, Band.HOT)
    dana.refresh_from_db()
    assert dana.respond_by == held + HOUR

    later(minutes=20)
    assert spoken(dana) == ["half"]
    set_band(ada, dana, Band.WARM)
    dana.refresh_from_db()
    assert dana.respond_by == held + 24 * HOUR
    later(hours=12)
    assert spoken(dana) == ["half", "half"]


def test_a_lead_that_is_closed_has_no_clock_and_gets_it_again_when_reopened(
    rita: Actor, mona: Actor, ada: Actor, held: datetime
) -> None:
    dana = hot(ada)
    leads.move_lead(ada, dana.id, Stage.objects.get(kind="won").id)
    dana.refresh_from_db()
    assert (dana.respond_by, the_clock(dana).next_at) == (None, None)
    later(hours=5)
    assert spoken(dana) == []

    leads.move_lead(ada, dana.id, Stage.objects.get(name="Negotiation").id)
    dana.refresh_from_db()
    assert dana.respond_by == held + 6 * HOUR
    later(minutes=61)
    assert told("sla.breach") == ["Mona", "Rita"]


def test_a_lead_in_the_trash_is_silent(rita: Actor, mona: Actor, ada: Actor, held: datetime) -> None:
    dana = hot(ada)
    leads.delete_lead(ada, dana.id)
    later(hours=5)
    assert spoken(dana) == []

    leads.restore_lead(ada, dana.id)
    later(minutes=61)
    assert spoken(dana) == ["half", "most", "breach"]


def test_an_inquiry_that_reached_us_late_counts_from_when_it_was_sent(
    rita: Actor, ada: Actor, held: datetime
) -> None:
    hot(ada, "First")
    late = lead(ada, "Late", at=held - timedelta(minutes=50))
    ahead = lead(ada, "Ahead", at=held + timedelta(minutes=50))

    assert the_clock(late).due_at == held + timedelta(minutes=10)
    assert the_clock(ahead).due_at == held + HOUR


def untouched(automation: Automation) -> list[Any]:
    return [subject for _, subject, _ in queries.untouched(automation, clock.now(), 10)]


def automation(**options: Any) -> Automation:
    return Automation.objects.create(
        name="Untouched",
        enabled=True,
        enabled_at=clock.now(),
        trigger_key="lead.untouched",
        trigger_options=options,
    )


def test_a_lead_is_untouched_after_two_hours_but_not_when_it_was_touched_at_1_59(
    rita: Actor, ada: Actor, held: datetime
) -> None:
    before = lead(ada, "Before")
    clock.move(3 * HOUR)
    wanted = automation(**{"for": "2h"})
    waiting, touched = lead(ada, "Waiting"), lead(ada, "Touched")
    clock.move(timedelta(hours=1, minutes=59))
    assert untouched(wanted) == []
    leads.note_touch([touched.id], rita.member_id, "phone", clock.now())
    clock.move(timedelta(minutes=1))

    assert untouched(wanted) == [waiting.id]
    assert before.id not in untouched(wanted)


def test_in_business_hours_a_lead_of_the_evening_is_untouched_in_the_morning(rita: Actor, ada: Actor) -> None:
    actions.set_up(ada)
    week = {day: [["09:00", "17:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}
    actions.change_hours(ada, {"weekly": week, "timezone": "UTC"})
    with clock.hold(datetime(2026, 1, 6, 12, 0, tzinfo=UTC)):
        wanted = automation(**{"for": "2h", "business_hours": True})
        clock.move(4 * HOUR)
        dana = lead(ada)
        clock.move(18 * HOUR - timedelta(seconds=2))
        assert untouched(wanted) == []
        clock.move(timedelta(seconds=3))
        assert untouched(wanted) == [dana.id]


def test_escalating_tells_the_managers_once(rita: Actor, mona: Actor, ada: Actor, held: datetime) -> None:
    dana = lead(ada)
    assert actions.escalate(ada, dana.id, once="run-1") == 1
    assert actions.escalate(ada, dana.id, once="run-1") == 0

    dana.refresh_from_db()
    assert dana.escalated_at == held
    assert told("lead.escalated") == ["Mona"]


def test_the_sweep_takes_the_same_statements_for_many_clocks(
    rita: Actor, mona: Actor, ada: Actor, held: datetime, statements: Callable[[], Any]
) -> None:
    counts = []
    for size in (1, 30):
        capture(ada, [f"P{size} {n}" for n in range(size)])
        clock.move(25 * HOUR)
        with statements() as seen:
            let_clocks_speak()
        counts.append(len(seen))
        clock.move(-25 * HOUR)
    assert counts[0] == counts[1]
