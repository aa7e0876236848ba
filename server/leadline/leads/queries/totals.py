"""Counts and sums of columns, from the kept totals where they can answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import BigIntegerField, Count, IntegerField, QuerySet, Subquery, Sum
from django.db.models.functions import Cast, Coalesce, Extract, Floor

from leadline.leads.models import LISTED, BoardTotal, Lead
from leadline.leads.queries.filtering import Plain
from leadline.leads.rules import Kind
from leadline.workspaces.actor import Actor
from leadline.workspaces.policy import owned_by


@dataclass
class Totals:
    """One column: how many leads, their value per currency, and when they entered on average."""

    count: int = 0
    value: dict[str, int] = field(default_factory=dict)
    entered_seconds: int = 0

    def average_days(self, now: datetime) -> float:
        """How long the leads that are in the column have been there, on average."""
        if self.count == 0:
            return 0.0
        return round(max(now.timestamp() - self.entered_seconds / self.count, 0) / 86400, 1)


def kept_totals(actor: Actor, pipeline_id: UUID, plain: Plain) -> dict[UUID, Totals]:
    """The columns of a pipeline without looking at a single lead: 1 statement."""
    rows = _kept(actor, plain).filter(pipeline_id=pipeline_id).values("stage_id", "currency")
    return _collect(rows.annotate(n=Sum("count"), minor=Sum("value_minor"), entered=Sum("entered_seconds")))


def counted_totals(leads: QuerySet[Lead], pipeline_id: UUID) -> dict[UUID, Totals]:
    """The columns of a pipeline, counted over the filtered leads: 1 statement."""
    seconds = Cast(Floor(Extract("entered_stage_at", "epoch")), BigIntegerField())
    rows = leads.filter(pipeline_id=pipeline_id).order_by().values("stage_id", "currency")
    return _collect(rows.annotate(n=Count("id"), minor=Sum("value_minor"), entered=Sum(seconds)))


def kept_count(actor: Actor, plain: Plain, kind: Kind = Kind.ALL) -> int:
    """How many leads there are in all pipelines: 1 statement.

    The kept totals do not tell deals from leads; deals are counted in their own index.
    """
    deals = Lead.objects.filter(LISTED, owned_by(actor), plain.conditions, converted_at__isnull=False)
    if kind is Kind.DEAL:
        return deals.count()
    every = Coalesce(Sum("count"), 0)
    if kind is Kind.ALL:
        return int(_kept(actor, plain).aggregate(n=every)["n"])
    counted = deals.order_by().values("workspace_id").annotate(n=Count("id")).values("n")
    leads = every - Coalesce(Subquery(counted, output_field=IntegerField()), 0)
    return int(_kept(actor, plain).aggregate(n=leads)["n"])


def _kept(actor: Actor, plain: Plain) -> QuerySet[BoardTotal]:
    return BoardTotal.objects.filter(owned_by(actor)).filter(plain.conditions)


def _collect(rows: Any) -> dict[UUID, Totals]:
    totals: dict[UUID, Totals] = {}
    for row in rows:
        column = totals.setdefault(row["stage_id"], Totals())
        column.count += row["n"]
        column.entered_seconds += row["entered"]
        if row["minor"]:
            column.value[row["currency"]] = column.value.get(row["currency"], 0) + row["minor"]
    return totals
