"""What a clock keeps: its moments, its pauses and when it has something to say next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from leadline.assignment.models import SlaClock
from leadline.assignment.queries import Rulebook
from leadline.assignment.rules import (
    ChainStep,
    ClockKind,
    Mark,
    Times,
    counted_time,
    next_mark,
    overdue_from,
    pauses_of,
    running_on,
    stands_still,
    times,
)
from leadline.kit.business_hours import Calendar
from leadline.leads.ports import AnswerTimes

TIMES = ("warn_50_at", "warn_80_at", "due_at", "next_at")
POLICY = ("band", "minutes", "kind", "started_at", *TIMES)
SAID = ("warned_50_at", "warned_80_at", "breached_at")
STOPPED = ("stopped_at", "stopped_by", "next_at")
ESCALATED = ("escalated_at", "escalations")
PAUSES = ("pauses", "paused_by")
FIELD_OF = {Mark.HALF: "warned_50_at", Mark.MOST: "warned_80_at", Mark.BREACH: "breached_at"}


def wind(row: SlaClock, book: Rulebook, band: str, start: datetime, team_id: UUID | None) -> None:
    """Let a clock count from `start` by the present policy of a band and the hours of a team."""
    policy, calendar = book.policies[band], book.calendars.of(team_id)
    counted = policy.clock == ClockKind.BUSINESS and calendar is not None
    row.band, row.minutes, row.started_at = band, policy.minutes, start
    row.kind = ClockKind.BUSINESS if counted else ClockKind.CALENDAR
    set_times(row, calendar)


def set_times(row: SlaClock, calendar: Calendar | None) -> None:
    """The moments of a clock by its own policy, its pauses and these hours."""
    found = times(row.started_at, row.minutes, row.kind, calendar, pauses_of(row.pauses))
    for name, at in vars(found).items():
        setattr(row, name, at)
    set_next(row, (), calendar)


def set_next(row: SlaClock, chain: Sequence[ChainStep], calendar: Calendar | None) -> None:
    """When a clock has something to say again; after the breach it is the chain that goes on."""
    row.next_at = None
    if row.stopped_at is not None or stands_still(row.pauses):
        return
    if upcoming := upcoming_mark(row):
        row.next_at = upcoming[1]
    elif step := upcoming_step(row, chain, calendar):
        row.next_at = step[1]


def upcoming_mark(row: SlaClock) -> tuple[Mark, datetime] | None:
    """The first of the marks that the clock has not said yet, and from when on it does."""
    return next_mark(_times(row), [mark for mark, name in FIELD_OF.items() if getattr(row, name) is not None])


def upcoming_step(
    row: SlaClock, chain: Sequence[ChainStep], calendar: Calendar | None
) -> tuple[ChainStep, datetime] | None:
    """The step of the chain that comes next after the breach, and when, in the time the clock counts."""
    if row.breached_at is None or row.escalations >= len(chain):
        return None
    step, counted = chain[row.escalations], counted_time(row.kind, calendar)
    return step, running_on(overdue_from(_times(row)), step.after, counted, pauses_of(row.pauses))


def end_pause(row: SlaClock, at: datetime) -> None:
    """End the running pause of a clock, if there is one; its times are to be set anew."""
    if stands_still(row.pauses):
        begins = str(row.pauses[-1][0])
        row.pauses = [*row.pauses[:-1], [begins, max(at.isoformat(), begins)]]


def answer_times(row: SlaClock) -> AnswerTimes | None:
    """What the lead keeps of its clock, so that cards, lists and pages say the same; nothing in a pause."""
    if stands_still(row.pauses):
        return None
    return AnswerTimes(warn_50_at=row.warn_50_at, warn_80_at=row.warn_80_at, due_at=row.due_at)


def running(lead_ids: Iterable[UUID]) -> list[SlaClock]:
    """The clocks of these leads that were not stopped, held, with what conditions ask about."""
    rows = SlaClock.objects.filter(lead_id__in=list(lead_ids), stopped_at=None).order_by("lead_id")
    joined = rows.select_related("lead__contact", "lead__company", "lead__stage")
    return list(joined.select_for_update(of=("self",)))


def _times(row: SlaClock) -> Times:
    return Times(warn_50_at=row.warn_50_at, warn_80_at=row.warn_80_at, due_at=row.due_at)
