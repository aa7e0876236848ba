"""Let clocks stand still for as long as a rule says so, and go on with the time that was left."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from leadline.assignment import queries
from leadline.assignment.actions.winding import (
    PAUSES,
    SAID,
    TIMES,
    answer_times,
    end_pause,
    running,
    set_next,
    set_times,
)
from leadline.assignment.models import SlaClock
from leadline.assignment.queries import Plan
from leadline.assignment.rules import stands_still
from leadline.engines.timeline import actions as timeline
from leadline.engines.timeline.ports import Entry
from leadline.infra import tenancy
from leadline.infra.entity import save_all
from leadline.infra.jobs import background
from leadline.kit import clock
from leadline.kit.sentences import Sentence, say
from leadline.leads import actions as leads
from leadline.workspaces.actor import Actor

_PIECE = 500


def pause_or_resume(lead_ids: Collection[UUID], plan: Plan | None = None) -> None:
    """Look again whether the clocks of these leads run; one statement where there are no rules for pauses."""
    known = plan or queries.plan()
    if not known.pauses and plan is None:
        return
    rows, now = running(lead_ids), clock.now()
    if not rows:
        return
    pause_of = known.pause_of(Actor.product(rows[0].workspace_id), now)
    wanted = {row.id: pause_of(row.lead) for row in rows}
    begun = [row for row in rows if wanted[row.id] and not stands_still(row.pauses)]
    over = [row for row in rows if stands_still(row.pauses) and not wanted[row.id]]
    for row in begun:
        begin_pause(row, wanted[row.id], now)
    _resume(over, known, now)
    save_all([*begun, *over], [*PAUSES, *TIMES, *SAID])
    leads.set_respond_by({row.lead_id: answer_times(row) for row in [*begun, *over]})
    timeline.record(
        *(_entry(row, say("The clock stands still: {rule}", rule=row.paused_by)) for row in begun),
        *(_entry(row, say("The clock goes on: {rule} is over", rule=row.paused_by)) for row in over),
    )


def begin_pause(row: SlaClock, name: str, at: datetime) -> None:
    """Let a clock stand still from now on, because of the rule with this name."""
    row.pauses, row.paused_by, row.next_at = [*row.pauses, [at.isoformat(), None]], name[:200], None


def look_again_everywhere(workspace_id: UUID) -> None:
    """The rules for pauses are others now: all running clocks of the workspace are looked at, soon."""
    look_again.later(workspace_id=str(workspace_id))


@background(retries=5)
def look_again(*, workspace_id: str, after: str | None = None) -> None:
    """Look at a piece of the running clocks, in the order of their leads, and go on with the next."""
    with tenancy.workspace(UUID(workspace_id)):
        waiting = SlaClock.objects.filter(stopped_at=None).order_by("lead_id")
        if after:
            waiting = waiting.filter(lead_id__gt=UUID(after))
        piece = list(waiting.values_list("lead_id", flat=True)[:_PIECE])
        pause_or_resume(piece, queries.plan())
        if len(piece) == _PIECE:
            look_again.later(workspace_id=workspace_id, after=str(piece[-1]))


def _resume(rows: Sequence[SlaClock], plan: Plan, now: datetime) -> None:
    calendars = queries.calendars() if rows else None
    for row in rows:
        assert calendars is not None
        calendar = calendars.of(row.lead.team_id)
        end_pause(row, now)
        set_times(row, calendar)
        set_next(row, plan.chain, calendar)


def _entry(row: SlaClock, text: Sentence) -> Entry:
    return Entry(
        kind="sla",
        about_id=row.lead_id,
        with_id=row.lead.contact_id,
        automatic=True,
        actor_name="Leadline",
        text=text,
        payload={"paused": stands_still(row.pauses), "rule": row.paused_by},
    )
