"""Plan next steps for many leads, take them back, and remind owners when they are due."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.db import connection

from leadline.engines.notices import actions as notices
from leadline.engines.notices.ports import Telling
from leadline.infra import tenancy
from leadline.kit import clock
from leadline.kit.sentences import Value, moment, say
from leadline.leads.models import Lead
from leadline.leads.ports import PlannedStep
from leadline.leads.queries.due import due_steps

# Like clocks they run by themselves and do not count the version up, or every open form would conflict.
_PLAN = """
UPDATE leads_lead AS lead SET next_step = new.text, next_step_at = new.at
FROM unnest(%s::uuid[], %s::text[], %s::timestamptz[]) AS new(id, text, at)
WHERE lead.id = new.id AND lead.first_touch_at IS NULL AND lead.status = 'open'
    AND (lead.next_step = new.text OR (lead.next_step = '' AND lead.next_step_at IS NULL))
"""


def plan_steps(steps: Mapping[UUID, PlannedStep]) -> None:
    """Plan a step for those of these leads that nobody has touched and that have no other; one statement."""
    if not steps:
        return
    ordered = sorted(steps.items(), key=lambda one: one[0])
    columns: list[list[Any]] = [[lead_id for lead_id, _ in ordered]]
    columns += [[step.text for _, step in ordered], [step.at for _, step in ordered]]
    with connection.cursor() as cursor:
        cursor.execute(_PLAN, columns)


def finish_steps(lead_ids: Collection[UUID], text: str) -> None:
    """What was planned with these words is done; any other step stays. One statement."""
    Lead.objects.filter(id__in=lead_ids, next_step=text).update(next_step="", next_step_at=None)


def remind_of_steps(workspace_id: UUID, lead_ids: Collection[UUID]) -> int:
    """Tell each owner once that the next step of a lead is due; how many were told. Leads that another
    worker holds are left to it."""
    with tenancy.workspace(workspace_id):
        now = clock.now()
        due = due_steps(now).filter(id__in=lead_ids).order_by("next_step_at", "id")
        rows = list(due.select_for_update(no_key=True, skip_locked=True))
        Lead.objects.filter(id__in=[row.id for row in rows]).update(step_reminded_at=now)
        notices.tell([_reminder(row) for row in rows])
        return len(rows)


def _reminder(lead: Lead) -> Telling:
    assert lead.owner_id is not None
    assert lead.next_step_at is not None
    step: Value = lead.next_step or say("Next step")
    return Telling(
        member_id=lead.owner_id,
        kind="lead.step_due",
        title=say("{step}: {name}", step=step, name=lead.name),
        text=say("Due {at}", at=moment(lead.next_step_at)),
        link_object="lead",
        link_id=lead.id,
        once=f"step:{lead.id}:{lead.next_step_at.isoformat()}",
    )
