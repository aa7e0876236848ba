"""Start and stop the clocks of the first human answer. Leads are locked before their clocks."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from uuid import UUID

from leadline.assignment import queries
from leadline.assignment.actions.pausing import begin_pause, pause_or_resume
from leadline.assignment.actions.winding import (
    ESCALATED,
    PAUSES,
    POLICY,
    SAID,
    STOPPED,
    TIMES,
    answer_times,
    end_pause,
    running,
    set_next,
    set_times,
    wind,
)
from leadline.assignment.models import SlaClock
from leadline.assignment.queries import Placed, Rulebook
from leadline.assignment.rules import ClockKind
from leadline.infra.entity import save_all
from leadline.kit import clock
from leadline.leads import actions as leads
from leadline.workspaces.actor import Actor


def new_clocks(actor: Actor, book: Rulebook, placed: Iterable[Placed], now: datetime) -> dict[UUID, SlaClock]:
    """Unsaved clocks of untouched leads where they were placed; they count from the inquiry, imported ones
    from now."""
    clocks = {}
    pause_of = book.plan.pause_of(actor, now) if book.plan.pauses else None
    for one in placed:
        lead = one.lead
        if lead.first_touch_at is None and lead.band in book.policies:
            row = SlaClock(workspace_id=lead.workspace_id, lead=lead)
            start = now if lead.channel == "import" else min(lead.inbound_at, now)
            wind(row, book, lead.band, start, one.choice.team_id)
            if pause_of is not None and (name := pause_of(lead)):
                begin_pause(row, name, start)
            clocks[lead.id] = row
    return clocks


def start_clocks(clocks: Iterable[SlaClock]) -> None:
    """Save new clocks; a lead that has one keeps it."""
    rows = list(clocks)
    if rows:
        SlaClock.objects.bulk_create(rows, ignore_conflicts=True)


def recompute(lead_ids: Collection[UUID]) -> None:
    """Leads became hot, warm or cold: running clocks count by the policy of the new band from now on.

    The time still counts from the inquiry. What was already missed stays missed.
    """
    rows = [row for row in running(lead_ids) if row.breached_at is None and row.band != row.lead.band]
    book = queries.rulebook() if rows else None
    if book is None:
        return
    for row in rows:
        if row.lead.band in book.policies:
            wind(row, book, row.lead.band, row.started_at, row.lead.team_id)
    _warn_anew(rows)


def count_by_other_hours(lead_ids: Collection[UUID]) -> None:
    """Leads went to other teams: clocks of business hours count by the hours of those."""
    rows = [row for row in running(lead_ids) if row.breached_at is None and row.kind == ClockKind.BUSINESS]
    calendars = queries.calendars() if rows else None
    if calendars is None or not calendars.teams:
        return
    for row in rows:
        set_times(row, calendars.of(row.lead.team_id))
    _warn_anew(rows)


def stop_clocks(at: Mapping[UUID, datetime], *, by: str) -> None:
    """A human answered ("touch"), or nobody needs to any more ("closed"): the clock stands still."""
    rows = running(at)
    paused = [row for row in rows if answer_times(row) is None]
    calendars = queries.calendars() if paused else None
    for row in rows:
        if calendars is not None and row in paused:
            # What was left when the pause began is left now.
            end_pause(row, at[row.lead_id])
            set_times(row, calendars.of(row.lead.team_id))
        row.stopped_at, row.stopped_by, row.next_at = at[row.lead_id], by, None
        if by == "touch" and row.stopped_at <= row.due_at:
            # Answered in time, though we learned of it too late.
            row.breached_at = None
    save_all(rows, [*STOPPED, "breached_at", *TIMES[:3], *PAUSES] if paused else [*STOPPED, "breached_at"])
    if by == "closed" and rows:
        leads.set_respond_by({row.lead_id: None for row in rows})
    elif paused:
        leads.set_respond_by({row.lead_id: answer_times(row) for row in paused})


def restart_clocks(lead_ids: Collection[UUID]) -> None:
    """Leads that came back unanswered get their whole time again."""
    stopped = SlaClock.objects.filter(lead_id__in=lead_ids, stopped_by="closed", lead__first_touch_at=None)
    rows = list(stopped.select_related("lead").order_by("lead_id"))
    book = queries.rulebook() if rows else None
    if book is None:
        return
    for row in rows:
        if row.lead.band in book.policies:
            row.stopped_at, row.stopped_by = None, ""
            row.warned_50_at = row.warned_80_at = row.breached_at = row.escalated_at = None
            row.escalations, row.pauses, row.paused_by = 0, [], ""
            wind(row, book, row.lead.band, clock.now(), row.lead.team_id)
    save_all(rows, [*POLICY, *SAID, *STOPPED[:2], *ESCALATED, *PAUSES])
    leads.set_respond_by({row.lead_id: answer_times(row) for row in rows})
    pause_or_resume([row.lead_id for row in rows])


def _warn_anew(rows: Collection[SlaClock]) -> None:
    """Save clocks whose moments are others now; a warning that lies ahead again is given again."""
    now = clock.now()
    for row in rows:
        row.warned_50_at = row.warned_50_at if row.warn_50_at <= now else None
        row.warned_80_at = row.warned_80_at if row.warn_80_at <= now else None
        set_next(row, (), None)
    save_all(rows, [*POLICY, *SAID])
    leads.set_respond_by({row.lead_id: answer_times(row) for row in rows})
