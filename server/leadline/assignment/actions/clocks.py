"""Start, stop and read the clocks of the first human answer. Leads are locked before their clocks."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from leadline.assignment import queries
from leadline.assignment.actions.telling import tell_about_clocks
from leadline.assignment.events import AnswerDueSoon, AnswerOverdue
from leadline.assignment.models import SlaClock
from leadline.assignment.queries import Rulebook
from leadline.assignment.queries.clocks import policy_words
from leadline.assignment.rules import ClockKind, Mark, Times, next_mark, times
from leadline.engines.timeline import actions as timeline
from leadline.engines.timeline.ports import Entry
from leadline.infra import events, tenancy
from leadline.infra.entity import save_all
from leadline.kit import clock
from leadline.kit.sentences import Sentence, word
from leadline.leads import actions as leads
from leadline.leads.models import Lead
from leadline.leads.ports import AnswerTimes
from leadline.leads.rules import LeadStatus
from leadline.workspaces import audit
from leadline.workspaces.actor import Actor

_POLICY = ("band", "minutes", "kind", "started_at", "warn_50_at", "warn_80_at", "due_at", "next_at")
_SAID = ("warned_50_at", "warned_80_at", "breached_at")
_STOPPED = ("stopped_at", "stopped_by", "next_at")
_FIELD_OF = {Mark.HALF: "warned_50_at", Mark.MOST: "warned_80_at", Mark.BREACH: "breached_at"}
_WORDS = {
    Mark.HALF: word("Half of the time for the first answer is gone ({policy})"),
    Mark.MOST: word("Most of the time for the first answer is gone ({policy})"),
    Mark.BREACH: word("Nobody answered in time ({policy})"),
}


def new_clocks(book: Rulebook, found: Iterable[Lead], now: datetime) -> dict[UUID, SlaClock]:
    """Unsaved clocks of untouched leads; they count from the inquiry, imported ones from now."""
    clocks = {}
    for lead in found:
        if lead.first_touch_at is None and lead.band in book.policies:
            row = SlaClock(workspace_id=lead.workspace_id, lead=lead)
            start = now if lead.channel == "import" else min(lead.inbound_at, now)
            _wind(row, book, lead.band, start)
            clocks[lead.id] = row
    return clocks


def start_clocks(clocks: Iterable[SlaClock]) -> None:
    """Save new clocks; a lead that has one keeps it."""
    rows = list(clocks)
    if rows:
        SlaClock.objects.bulk_create(rows, ignore_conflicts=True)


def answer_times(row: SlaClock) -> AnswerTimes:
    """What the lead keeps of its clock, so that cards, lists and pages say the same."""
    return AnswerTimes(warn_50_at=row.warn_50_at, warn_80_at=row.warn_80_at, due_at=row.due_at)


def recompute(lead_ids: Collection[UUID]) -> None:
    """Leads became hot, warm or cold: running clocks count by the policy of the new band from now on.

    The time still counts from the inquiry. What was already missed stays missed.
    """
    rows = [row for row in _running(lead_ids) if row.breached_at is None and row.band != row.lead.band]
    book = queries.rulebook() if rows else None
    if book is None:
        return
    now = clock.now()
    for row in rows:
        if row.lead.band in book.policies:
            _wind(row, book, row.lead.band, row.started_at)
            row.warned_50_at = row.warned_50_at if row.warn_50_at <= now else None
            row.warned_80_at = row.warned_80_at if row.warn_80_at <= now else None
            _set_next(row)
    save_all(rows, [*_POLICY, *_SAID])
    leads.set_respond_by({row.lead_id: answer_times(row) for row in rows})


def stop_clocks(at: Mapping[UUID, datetime], *, by: str) -> None:
    """A human answered ("touch"), or nobody needs to any more ("closed"): the clock stands still."""
    rows = _running(at)
    for row in rows:
        row.stopped_at, row.stopped_by, row.next_at = at[row.lead_id], by, None
        if by == "touch" and row.stopped_at <= row.due_at:
            # Answered in time, though we learned of it too late.
            row.breached_at = None
    save_all(rows, [*_STOPPED, "breached_at"])
    if by == "closed" and rows:
        leads.set_respond_by({row.lead_id: None for row in rows})


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
            _wind(row, book, row.lead.band, clock.now())
    save_all(rows, [*_POLICY, *_SAID, *_STOPPED[:2], "escalated_at"])
    leads.set_respond_by({row.lead_id: answer_times(row) for row in rows})


def speak(workspace_id: UUID, clock_ids: Collection[UUID]) -> int:
    """Let due clocks of a workspace warn or tell a breach, each thing once and in order; how many spoke.

    Clocks that another worker holds are left to it; what fell due while the server was off is told now.
    """
    with tenancy.workspace(workspace_id):
        now = clock.now()
        rows = _due(clock_ids, now)
        said = [(row, mark, at) for row in rows for mark, at in _say(row, now)]
        if not said:
            return len(rows)
        save_all(rows, [*_SAID, *_STOPPED, "escalated_at"])
        said.sort(key=lambda one: one[2])
        _write_down(Actor.product(workspace_id), said)
        events.record(*(_event(row, mark, now) for row, mark, _ in said))
        for row, mark, _ in said:
            if mark == Mark.BREACH:
                leads.mark_escalated(row.lead_id)
        # After a pause of the server the newest word is enough for people.
        tell_about_clocks(workspace_id, {row.id: (row, mark) for row, mark, _ in said}.values())
        return len(rows)


def _due(clock_ids: Collection[UUID], now: datetime) -> list[SlaClock]:
    due = SlaClock.objects.filter(id__in=clock_ids, next_at__lte=now)
    held = Lead.objects.filter(sla_clock__in=due).order_by("id")
    held_ids = list(
        held.select_for_update(no_key=True, skip_locked=True, of=("self",)).values_list("id", flat=True)
    )
    rows = SlaClock.objects.filter(lead_id__in=held_ids, next_at__lte=now, stopped_at=None)
    joined = rows.select_related("lead__owner", "lead__contact").order_by("next_at", "id")
    return list(joined.select_for_update(of=("self",)))


def _say(row: SlaClock, now: datetime) -> list[tuple[Mark, datetime]]:
    if row.lead.status != LeadStatus.OPEN or row.lead.deleted_at is not None:
        row.stopped_at, row.stopped_by, row.next_at = now, "closed", None
        return []
    said = []
    while (upcoming := _upcoming(row)) and upcoming[1] <= now:
        setattr(row, _FIELD_OF[upcoming[0]], now)
        said.append(upcoming)
    if row.breached_at is not None:
        row.escalated_at = row.escalated_at or now
    _set_next(row)
    return said


def _upcoming(row: SlaClock) -> tuple[Mark, datetime] | None:
    done = [mark for mark, name in _FIELD_OF.items() if getattr(row, name) is not None]
    return next_mark(Times(warn_50_at=row.warn_50_at, warn_80_at=row.warn_80_at, due_at=row.due_at), done)


def _set_next(row: SlaClock) -> None:
    upcoming = _upcoming(row)
    row.next_at = upcoming[1] if upcoming else None


def _wind(row: SlaClock, book: Rulebook, band: str, start: datetime) -> None:
    policy = book.policies[band]
    counted = policy.clock == ClockKind.BUSINESS and book.calendar is not None
    row.band, row.minutes, row.started_at = band, policy.minutes, start
    row.kind = ClockKind.BUSINESS if counted else ClockKind.CALENDAR
    for name, at in vars(times(start, policy.minutes, policy.clock, book.calendar)).items():
        setattr(row, name, at)
    _set_next(row)


def _running(lead_ids: Iterable[UUID]) -> list[SlaClock]:
    rows = SlaClock.objects.filter(lead_id__in=list(lead_ids), stopped_at=None).order_by("lead_id")
    return list(rows.select_related("lead").select_for_update(of=("self",)))


def _write_down(actor: Actor, said: Sequence[tuple[SlaClock, Mark, datetime]]) -> None:
    timeline.record(
        *(
            Entry.by(
                actor,
                "sla",
                about_id=row.lead_id,
                with_id=row.lead.contact_id,
                text=Sentence(_WORDS[mark], {"policy": policy_words(row)}),
                payload={"mark": mark.value, "due_at": row.due_at.isoformat(), "fell_due_at": at.isoformat()},
            )
            for row, mark, at in said
        )
    )
    audit.record_all(
        audit.entry(actor, f"sla.{mark.value}", "lead", row.lead_id, {"due_at": row.due_at})
        for row, mark, _ in said
    )


def _event(row: SlaClock, mark: Mark, now: datetime) -> events.Event:
    who: dict[str, Any] = {
        "workspace_id": row.workspace_id,
        "lead_id": row.lead_id,
        "due_at": row.due_at,
        "at": now,
    }
    if mark == Mark.BREACH:
        return AnswerOverdue(band=row.band, **who)
    return AnswerDueSoon(mark=mark.value, **who)
