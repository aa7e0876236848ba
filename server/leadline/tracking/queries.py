"""Reads of visits."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Sum

from leadline.kit import clock
from leadline.tracking import policy
from leadline.tracking.models import Visit
from leadline.workspaces.actor import Actor

_DAYS = 30
_MOST_PAGES = 10


@dataclass(frozen=True, kw_only=True)
class PageViews:
    """A page and how often it was looked at."""

    path: str
    views: int


@dataclass(frozen=True, kw_only=True)
class SiteCounts:
    """What was counted on a website in thirty days; `remembered` are the views with consent."""

    since: date
    views: int
    remembered: int
    pages: list[PageViews]


def site_counts(actor: Actor, site_id: UUID) -> SiteCounts:
    """The views of the last thirty days and the pages looked at most; two statements."""
    since = (clock.now() - timedelta(days=_DAYS)).date()
    rows = policy.visible_counts(actor).filter(site_id=site_id, day__gte=since)
    sums = rows.aggregate(views=Sum("views"), remembered=Sum("remembered"))
    pages = rows.values_list("path").annotate(n=Sum("views")).order_by("-n", "path")[:_MOST_PAGES]
    return SiteCounts(
        since=since,
        views=sums["views"] or 0,
        remembered=sums["remembered"] or 0,
        pages=[PageViews(path=path, views=views) for path, views in pages],
    )


def seconds_of(visit_ids: Collection[UUID]) -> dict[UUID, int]:
    """How long these pages were really looked at, in seconds."""
    rows = Visit.objects.filter(id__in=visit_ids, active_ms__gt=0).values_list("id", "active_ms")
    return {visit_id: round(active / 1000) for visit_id, active in rows}
