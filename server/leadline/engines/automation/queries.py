"""Read automations, their runs and what is due."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import CharField, Exists, Expression, F, Max, OuterRef, QuerySet, Value
from django.db.models.functions import Cast

from leadline.engines.automation import policy
from leadline.engines.automation.models import Automation, Run
from leadline.engines.automation.ports import Timed
from leadline.engines.automation.rules import LIVE, RunState
from leadline.infra import tenancy
from leadline.infra.models import EventRow
from leadline.kit import clock
from leadline.workspaces.actor import Actor
from leadline.workspaces.models import Member

MOST_WORKSPACES = 500


def already_run(
    automation: Timed, *, subject: str = "id", occurrence: Expression | F | str | None = None
) -> Exists:
    """For a timer trigger's question: whether the automation has a run for this row already.

    `subject` is the row's column with the subject's id; `occurrence` its expression or text, without it any
    run of the subject counts.
    """
    runs = Run.objects.filter(automation_id=automation.id, subject_id=OuterRef(subject))
    if isinstance(occurrence, str):
        return Exists(runs.filter(occurrence=Value(occurrence)))
    if occurrence is not None:
        return Exists(runs.filter(occurrence=Cast(_outer(occurrence), CharField())))
    return Exists(runs)


def _outer(expression: Expression | F) -> Expression | F:
    return OuterRef(expression.name) if isinstance(expression, F) else expression  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Listening:
    """What the workspace's enabled automations want to know of some triggers."""

    starting: frozenset[str]
    waited_for: frozenset[str]


def next_position(actor: Actor) -> int:
    """The place after the last automation."""
    last = policy.visible_automations(actor).aggregate(last=Max("position"))["last"]
    return 0 if last is None else int(last) + 1


def listening(keys: Collection[str]) -> Listening:
    """Which of the keys start an automation, and which a run may wait for or end on; one statement for all
    that happens in a transaction."""
    starting, waited_for = set(), set()
    for trigger_key, heard, paused_at in tenancy.kept(Automation.KEPT, _enabled):
        if paused_at is None:
            starting |= {trigger_key} & set(keys)
        waited_for |= set(heard) & set(keys)
    return Listening(frozenset(starting), frozenset(waited_for))


def _enabled() -> list[tuple[str, list[str], datetime | None]]:
    enabled = Automation.objects.filter(enabled=True, archived_at=None)
    return list(enabled.values_list("trigger_key", "listens", "paused_at"))


def started_by(trigger_keys: Collection[str], at: datetime) -> list[Automation]:
    """The enabled automations these triggers start, that were on at that time."""
    enabled = Automation.objects.filter(enabled=True, archived_at=None, paused_at=None, enabled_at__lte=at)
    return list(enabled.filter(trigger_key__in=trigger_keys).order_by("position", "id"))


def enabled_automation(automation_id: UUID) -> Automation | None:
    """The automation if it is switched on and not paused."""
    return Automation.objects.filter(id=automation_id, enabled=True, archived_at=None, paused_at=None).first()


def timed_automations(trigger_keys: Collection[str]) -> list[tuple[UUID, UUID]]:
    """Workspace and id of every enabled automation that starts by the clock; for sweeps."""
    rows = Automation.objects.filter(
        enabled=True, archived_at=None, paused_at=None, trigger_key__in=trigger_keys
    )
    return list(rows.order_by("workspace_id", "position", "id").values_list("workspace_id", "id"))


def runs_waiting_for(key: str, subject_ids: Collection[UUID], *, but_not: UUID | None) -> list[Run]:
    """The living runs of the subjects that the event wakes or ends."""
    alive = Run.objects.filter(subject_id__in=subject_ids, state__in=LIVE)
    if but_not:
        alive = alive.exclude(id=but_not)
    return [run for run in alive.defer("context", "cause") if _cares(run, key)]


def _cares(run: Run, key: str) -> bool:
    return key in run.ends_on or run.wakes_on == key


def still_alive(run_ids: Collection[UUID]) -> QuerySet[Run]:
    """Those of the runs that have not ended meanwhile."""
    return Run.objects.filter(id__in=run_ids, state__in=LIVE)


def still_waiting(run_ids: Collection[UUID]) -> QuerySet[Run]:
    """Those of the runs that still wait."""
    return Run.objects.filter(id__in=run_ids, state=RunState.WAITING)


def next_version() -> dict[str, Any]:
    """What every change of runs sets besides, so that a rival notices."""
    return {"version": F("version") + 1, "updated_at": clock.now()}


def workspaces_with_due_runs(now: datetime) -> list[UUID]:
    """Where a run waits that is due; for the sweep, one statement."""
    due = Run.objects.filter(state__in=LIVE, paused_at=None, resume_at__lte=now)
    return list(due.order_by().values_list("workspace_id", flat=True).distinct()[:MOST_WORKSPACES])


def claim_due_runs(now: datetime, limit: int) -> list[UUID]:
    """Runs of this workspace that are due, oldest first, held until the transaction ends; no other sweep
    gets them."""
    due = Run.objects.filter(state__in=LIVE, paused_at=None, resume_at__lte=now).order_by("resume_at", "id")
    return list(due.select_for_update(skip_locked=True).values_list("id", flat=True)[:limit])


def recent_runs(subject_ids: Collection[UUID], since: datetime) -> list[tuple[UUID, UUID]]:
    """Automation and subject of each run that started since then."""
    runs = Run.objects.filter(subject_id__in=subject_ids, started_at__gt=since).exclude(
        state=RunState.SKIPPED
    )
    return list(runs.values_list("automation_id", "subject_id"))


def events_since(after: datetime, names: Collection[str]) -> list[tuple[str, Mapping[str, Any], datetime]]:
    """The events of these names recorded after that time in this workspace, and when."""
    rows = EventRow.objects.filter(at__gt=after, name__in=names)
    return list(rows.values_list("name", "payload", "at"))


def recorded_events(
    name: str, since: datetime, until: datetime
) -> Iterator[tuple[datetime, Mapping[str, Any]]]:
    """When an event of that name was recorded in this workspace, and what it said; oldest first."""
    found = EventRow.objects.filter(name=name, at__gte=since, at__lte=until).order_by("seq")
    return iter(found.values_list("at", "payload").iterator(chunk_size=2000))


def active_members(member_ids: Collection[UUID]) -> list[Member]:
    """Those of the members who can log in."""
    return list(Member.objects.filter(id__in=member_ids, active=True))
