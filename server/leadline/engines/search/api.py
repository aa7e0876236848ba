"""Global search."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from ninja import Router
from pydantic import Field

from leadline.engines.search import queries
from leadline.infra.web import Shape, one_of
from leadline.workspaces.requests import ActorRequest

router = Router(tags=["search"])


class HitOut(Shape):
    """One record that was found; the last four are there when it is, or belongs to, a lead."""

    object: str
    id: UUID
    title: str
    subtitle: str
    lead_id: UUID | None = None
    score: int | None = None
    band: Annotated[str, one_of(("hot", "warm", "cold"))] | None = None
    stage: str | None = None


class HitsOut(Shape):
    """The best hits, best first."""

    items: list[HitOut]


_MORE = ("lead_id", "score", "band", "stage")


@router.get("/search", response=HitsOut)
def search(request: ActorRequest, q: str = "", limit: Annotated[int, Field(ge=1, le=50)] = 8) -> HitsOut:
    """Find leads, people and companies by a part of a name, a mail address or a phone number."""
    return HitsOut(items=[_shown(hit) for hit in queries.search(request.auth, q, limit)])


def _shown(hit: queries.Hit) -> HitOut:
    more: dict[str, Any] = {key: hit.more.get(key) for key in _MORE}
    return HitOut(object=hit.object, id=hit.id, title=hit.title, subtitle=hit.subtitle, **more)
