"""Clocks that have something to say, and leads that wait for a human."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from leadline.assignment.models import SlaClock
from leadline.assignment.queries.calendars import calendar
from leadline.assignment.rules import ClockKind, moment_before, stands_still
from leadline.engines.automation import queries as automation
from leadline.engines.automation.ports import Occurrence, Timed
from leadline.engines.automation.rules import duration
from leadline.infra.language import worded
from leadline.kit import clock
from leadline.kit.sentences import Sentence, say, span, word
from leadline.leads.models import Lead
from leadline.leads.rules import Band, LeadStatus, clock_state
from leadline.workspaces.actor import Actor

_OCCURRENCE = "untouched"
_RUNNING: Mapping[str, str] = {
    Band.HOT: word("Hot: answer within {time}"),
    Band.WARM: word("Warm: answer within {time}"),
    Band.COLD: word("Cold: answer within {time}"),
}
_SETTLED: Mapping[str, str] = {
    Band.HOT: word("Was hot: to be answered within {time}"),
    Band.WARM: word("Was warm: to be answered within {time}"),
    Band.COLD: word("Was cold: to be answered within {time}"),
}


def due_clocks(now: datetime, limit: int) -> dict[UUID, list[UUID]]:
    """Clocks that have something to say, by workspace, the longest due first; for the sweep."""
    rows = SlaClock.objects.filter(next_at__lte=now).order_by("next_at", "id")
    found: dict[UUID, list[UUID]] = {}
    for workspace_id, clock_id in rows.values_list("workspace_id", "id")[:limit]:
        found.setdefault(workspace_id, []).append(clock_id)
    return found


def clock_details(actor: Actor, lead_ids: Sequence[UUID]) -> Mapping[UUID, Any]:
    """The clock of each lead's page; one statement."""
    now = clock.now()
    return {row.lead_id: _detail(row, now) for row in SlaClock.objects.filter(lead_id__in=lead_ids)}


def _detail(row: SlaClock, now: datetime) -> dict[str, Any]:
    touched_at = row.stopped_at if row.stopped_by == "touch" else None
    closed = row.stopped_at is not None and touched_at is None
    paused = stands_still(row.pauses) and row.stopped_at is None
    state = clock_state(
        due_at=row.due_at,
        warn_50_at=row.warn_50_at,
        warn_80_at=row.warn_80_at,
        touched_at=touched_at,
        now=now,
    )
    return {
        "state": "none" if closed or paused else state,
        "paused": row.paused_by if paused else None,
        "started_at": row.started_at,
        "due_at": row.due_at,
        "stopped_at": row.stopped_at,
        "breached_at": row.breached_at,
        "policy": worded(policy_words(row)),
    }


def policy_words(row: SlaClock) -> Sentence:
    """The policy of a clock as people say it.

    A clock that was stopped or ran out keeps its policy whatever the lead's band is later, and says so.
    """
    settled = row.stopped_at is not None or row.breached_at is not None
    return Sentence((_SETTLED if settled else _RUNNING)[row.band], {"time": _time(row)})


def _time(row: SlaClock) -> Sentence:
    time = span(timedelta(minutes=row.minutes))
    return say("{time} of business hours", time=time) if row.kind == ClockKind.BUSINESS else time


def untouched(automation_: Timed, now: datetime, limit: int) -> Iterable[Occurrence]:
    """Open leads that no human has touched for as long as the automation says, the longest waiting first.

    What had waited long enough before the automation was switched on is left out.
    """
    options = automation_.trigger_options
    span = duration(str(options.get("for") or "2h"), field="for")
    hours = calendar() if options.get("business_hours") else None
    rows = Lead.objects.filter(status=LeadStatus.OPEN, deleted_at=None, first_touch_at=None)
    rows = rows.filter(inbound_at__lte=moment_before(now, span, hours))
    if automation_.enabled_at is not None:
        rows = rows.filter(inbound_at__gt=moment_before(automation_.enabled_at, span, hours))
    rows = rows.exclude(automation.already_run(automation_, occurrence=_OCCURRENCE))
    ids = rows.order_by("inbound_at", "id").values_list("id", flat=True)[:limit]
    return [(automation_.workspace_id, lead_id, _OCCURRENCE) for lead_id in ids]
