"""Leads for which time has passed, for the timers of automations."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F, Q, QuerySet

from leadline.engines.automation.ports import Occurrence, Timed
from leadline.engines.automation.queries import already_run
from leadline.leads.models import Lead, StageVisit
from leadline.leads.rules import LeadStatus

# What was overdue for longer, such as in an old list, is no news to anybody.
_STILL_NEWS = timedelta(days=1)


def due_steps(now: datetime) -> QuerySet[Lead]:
    """Open leads with a next step that is due and of which the owner was not reminded."""
    rows = Lead.objects.filter(status=LeadStatus.OPEN, deleted_at=None, owner__isnull=False)
    waiting = rows.filter(next_step_at__lte=now, next_step_at__gt=now - _STILL_NEWS)
    return waiting.filter(Q(step_reminded_at=None) | Q(step_reminded_at__lt=F("next_step_at")))


def steps_to_remind_of(now: datetime, limit: int) -> dict[UUID, list[UUID]]:
    """The leads of `due_steps` by workspace, the longest due first; for the sweep."""
    rows = due_steps(now).order_by("next_step_at", "id").values_list("workspace_id", "id")[:limit]
    found: dict[UUID, list[UUID]] = {}
    for workspace_id, lead_id in rows:
        found.setdefault(workspace_id, []).append(lead_id)
    return found


def long_in_stage(automation: Timed, now: datetime, limit: int) -> Iterable[Occurrence]:
    """Open leads that have been in the chosen stage for the chosen days; once per stay."""
    stage_id, days = automation.trigger_options.get("stage"), automation.trigger_options.get("days")
    if not stage_id or not days:
        return []
    until = now - timedelta(days=float(days))
    visits = StageVisit.objects.filter(
        stage_id=stage_id,
        left_at=None,
        entered_at__lte=until,
        lead__status=LeadStatus.OPEN,
        lead__deleted_at=None,
    )
    if automation.enabled_at:
        # What fell due before the automation was switched on is not for it.
        visits = visits.filter(entered_at__gt=automation.enabled_at - timedelta(days=float(days)))
    fresh = visits.exclude(already_run(automation, subject="lead_id", occurrence=F("id")))
    rows = fresh.order_by("entered_at").values_list("lead_id", "id")[:limit]
    return [(automation.workspace_id, lead_id, str(visit_id)) for lead_id, visit_id in rows]


def not_converted(automation: Timed, now: datetime, limit: int) -> Iterable[Occurrence]:
    """Open leads that came in the chosen days ago and were not converted; once per lead."""
    days = automation.trigger_options.get("days")
    if not days:
        return []
    until = now - timedelta(days=float(days))
    leads = Lead.objects.filter(
        status=LeadStatus.OPEN, deleted_at=None, converted_at=None, inbound_at__lte=until
    )
    if automation.enabled_at:
        leads = leads.filter(inbound_at__gt=automation.enabled_at - timedelta(days=float(days)))
    rows = leads.exclude(already_run(automation)).order_by("inbound_at").values_list("id", flat=True)[:limit]
    return [(automation.workspace_id, lead_id, "not_converted") for lead_id in rows]


def without_next_step(automation: Timed, now: datetime, limit: int) -> Iterable[Occurrence]:
    """Open leads for which nothing is planned and nothing happened for the chosen days.

    It is about how leads stand, so also those from before the automation was switched on; once for each
    state a lead is in, so that one whose step was done and not followed by another is found again.
    """
    days = automation.trigger_options.get("days")
    if not days:
        return []
    idle = Lead.objects.filter(
        status=LeadStatus.OPEN,
        deleted_at=None,
        next_step_at=None,
        next_step="",
        last_activity_at__lte=now - timedelta(days=float(days)),
    ).exclude(already_run(automation, occurrence=F("version")))
    rows = idle.order_by("last_activity_at", "id").values_list("id", "version")[:limit]
    return [(automation.workspace_id, lead_id, str(version)) for lead_id, version in rows]
