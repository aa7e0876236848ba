"""What would have fallen due for leads in days gone by, for the dry runs of automations."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import F, Q

from leadline.engines.automation.ports import Fallen, Timed
from leadline.leads.models import Lead, StageVisit
from leadline.leads.rules import LeadStatus


def stayed_long(automation: Timed, since: datetime, until: datetime, limit: int) -> Iterable[Fallen]:
    """Stays in the chosen stage that reached the chosen days in that time, whatever came afterwards."""
    stage_id, days = automation.trigger_options.get("stage"), automation.trigger_options.get("days")
    if not stage_id or not days:
        return []
    length = timedelta(days=float(days))
    visits = StageVisit.objects.filter(
        Q(left_at=None) | Q(left_at__gt=F("entered_at") + length),
        stage_id=stage_id,
        entered_at__gt=since - length,
        entered_at__lte=until - length,
        lead__deleted_at=None,
    ).exclude(lead__status=LeadStatus.SPAM)
    rows = visits.order_by("entered_at").values_list("lead_id", "id", "entered_at")[:limit]
    return [(lead_id, str(visit_id), entered_at + length) for lead_id, visit_id, entered_at in rows]


def stayed_unconverted(automation: Timed, since: datetime, until: datetime, limit: int) -> Iterable[Fallen]:
    """Leads that were open and not converted when they reached the chosen days in that time."""
    days = automation.trigger_options.get("days")
    if not days:
        return []
    length = timedelta(days=float(days))
    due = F("inbound_at") + length
    leads = Lead.objects.filter(
        Q(converted_at=None) | Q(converted_at__gt=due),
        Q(closed_at=None) | Q(closed_at__gt=due),
        inbound_at__gt=since - length,
        inbound_at__lte=until - length,
        deleted_at=None,
    ).exclude(status=LeadStatus.SPAM)
    rows = leads.order_by("inbound_at").values_list("id", "inbound_at")[:limit]
    return [(lead_id, "not_converted", inbound_at + length) for lead_id, inbound_at in rows]
