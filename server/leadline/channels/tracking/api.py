"""What was counted on websites, and the line to paste into them."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from ninja import Router

from leadline.capture import queries as capture
from leadline.infra.web import Shape
from leadline.tracking import queries
from leadline.workspaces.requests import ActorRequest

router = Router(tags=["websites"])


class PageViewsOut(Shape):
    """A page and how often it was looked at."""

    path: str
    views: int


class SiteCountsOut(Shape):
    """Thirty days of a website; `remembered` are the views of visitors who agreed."""

    since: date
    views: int
    remembered: int
    pages: list[PageViewsOut]


@router.get("/websites/{connection_id}/counts", response=SiteCountsOut)
def read_site_counts(request: ActorRequest, connection_id: UUID) -> SiteCountsOut:
    """How often the pages of a website were looked at."""
    site = capture.connection(request.auth, connection_id)
    found = queries.site_counts(request.auth, site.id)
    pages = [PageViewsOut(path=page.path, views=page.views) for page in found.pages]
    return SiteCountsOut(since=found.since, views=found.views, remembered=found.remembered, pages=pages)
