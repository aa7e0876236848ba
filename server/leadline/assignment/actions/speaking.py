"""Let clocks warn, tell what was missed, and take the steps of the chain after it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from leadline.assignment.actions.reassigning import take_away
from leadline.assignment.actions.setting_up import rulebook_of
from leadline.assignment.actions.telling import tell_about_clocks, tell_about_steps
from leadline.assignment.actions.winding import (
    ESCALATED,
    FIELD_OF,
    SAID,
    STOPPED,
    set_next,
    upcoming_mark,
    upcoming_step,
)
from leadline.assignment.events import AnswerDueSoon, AnswerOverdue
from leadline.assignment.models import SlaClock
from leadline.assignment.queries import Rulebook
from leadline.assignment.queries.clocks import policy_words
from leadline.assignment.rules import ChainStep, Mark, Person, told_by
from leadline.engines.timeline import actions as timeline
from leadline.engines.timeline.ports import Entry
from leadline.infra import events, tenancy
from leadline.infra.entity import save_all
from leadline.kit import clock
from leadline.kit.sentences import Sentence, say, word
from leadline.leads import actions as leads
from leadline.leads.models import Lead
from leadline.leads.rules import LeadStatus
from leadline.workspaces import audit
from leadline.workspaces.actor import Actor

_WORDS = {
    Mark.HALF: word("Half of the time for the first answer is gone ({policy})"),
    Mark.MOST: word("Most of the time for the first answer is gone ({policy})"),
    Mark.BREACH: word("Nobody answered in time ({policy})"),
}


@dataclass(frozen=True, kw_only=True)
class _Said:
    """One thing that a clock says: a mark, or a step of the chain with its number and whom it tells."""

    row: SlaClock
    fell_due_at: datetime
    mark: Mark | None = None
    step: ChainStep | None = None
    number: int = 0
    told: Sequence[Person] = ()


def speak(workspace_id: UUID, clock_ids: Collection[UUID]) -> int:
    """Let due clocks of a workspace say what they have to, each thing once and in order; how many spoke.

    Clocks that another worker holds are left to it; what fell due while the server was off is told now.
    """
    with tenancy.workspace(workspace_id):
        now = clock.now()
        rows = _due(clock_ids, now)
        if not rows:
            return 0
        book = rulebook_of(workspace_id)
        said = [one for row in rows for one in _say(row, book, now)]
        save_all(rows, [*SAID, *STOPPED, *ESCALATED])
        said.sort(key=lambda one: one.fell_due_at)
        _write_down(Actor.product(workspace_id), said)
        events.record(*(_event(one.row, one.mark, now) for one in said if one.mark))
        for one in said:
            if one.mark == Mark.BREACH:
                leads.mark_escalated(one.row.lead_id)
        # After a pause of the server the newest word is enough for people.
        newest = {one.row.id: (one.row, one.mark) for one in said if one.mark}
        tell_about_clocks(workspace_id, newest.values())
        tell_about_steps([(one.row, one.step, one.number, one.told) for one in said if one.step])
        _take_away(one for one in said if one.step and one.step.reassign)
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


def _say(row: SlaClock, book: Rulebook, now: datetime) -> Iterator[_Said]:
    if row.lead.status != LeadStatus.OPEN or row.lead.deleted_at is not None:
        row.stopped_at, row.stopped_by, row.next_at = now, "closed", None
        return
    while (upcoming := upcoming_mark(row)) and upcoming[1] <= now:
        setattr(row, FIELD_OF[upcoming[0]], now)
        yield _Said(row=row, fell_due_at=upcoming[1], mark=upcoming[0])
    if row.breached_at is not None:
        row.escalated_at = row.escalated_at or now
    chain, calendar = book.plan.chain, book.calendars.of(row.lead.team_id)
    while (step := upcoming_step(row, chain, calendar)) and step[1] <= now:
        row.escalations += 1
        told = told_by(step[0], book.people.values(), row.lead.team_id)
        yield _Said(row=row, fell_due_at=step[1], step=step[0], number=row.escalations, told=told)
    set_next(row, chain, calendar)


def _write_down(actor: Actor, said: Sequence[_Said]) -> None:
    timeline.record(*(_entry(actor, one) for one in said))
    audit.record_all(
        audit.entry(actor, f"sla.{one.mark or 'escalated'}", "lead", one.row.lead_id, _facts(one))
        for one in said
    )


def _entry(actor: Actor, one: _Said) -> Entry:
    row, facts = one.row, _facts(one)
    if one.mark:
        text, facts["mark"] = Sentence(_WORDS[one.mark], {"policy": policy_words(row)}), one.mark.value
    else:
        text = say("Still no answer; told: {names}", names=", ".join(facts["told"]))
    facts["due_at"], facts["fell_due_at"] = row.due_at.isoformat(), one.fell_due_at.isoformat()
    return Entry.by(actor, "sla", about_id=row.lead_id, with_id=row.lead.contact_id, text=text, payload=facts)


def _facts(one: _Said) -> dict[str, Any]:
    facts: dict[str, Any] = {"due_at": one.row.due_at}
    if one.step:
        facts |= {"step": one.number, "told": [person.name for person in one.told]}
    return facts


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


def _take_away(said: Iterator[_Said]) -> None:
    # Later, because persons are locked before their leads, which are held here.
    take_away.later_many(
        {
            "workspace_id": str(one.row.workspace_id),
            "lead_id": str(one.row.lead_id),
            "owner_id": str(one.row.lead.owner_id),
        }
        for one in said
        if one.row.lead.owner_id
    )
