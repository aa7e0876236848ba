"""Whose leads were not answered in time: the rows, and how often each owner kept the time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count, F, Q, QuerySet

from leadline.assignment import policy
from leadline.assignment.models import SlaClock
from leadline.infra.web import page
from leadline.infra.web.shapes import decode_cursor
from leadline.kit import clock
from leadline.kit.errors import Invalid
from leadline.leads.rules import Band
from leadline.workspaces import queries as workspaces
from leadline.workspaces.actor import Actor

_DAYS = 30
# One look at the clocks must stay one look, however long somebody has been selling.
_LONGEST = timedelta(days=400)
_BREACHED = Q(breached_at__isnull=False) | Q(stopped_by="touch", stopped_at__gt=F("due_at"))
_MET = Q(breached_at=None, stopped_by="touch", stopped_at__lte=F("due_at"))


@dataclass(frozen=True, kw_only=True)
class Period:
    """Whole days of the workspace; what fell due in them counts."""

    first: date
    last: date
    begins: datetime
    ends: datetime


@dataclass(frozen=True, kw_only=True)
class Breach:
    """A lead that was not answered in time; `late_minutes` counts to the answer, the closing, or now."""

    lead: dict[str, Any]
    owner: dict[str, Any] | None
    band: str
    due_at: datetime
    late_minutes: int
    answered_at: datetime | None
    closed: bool
    escalated: bool


@dataclass(frozen=True, kw_only=True)
class Kept:
    """How many answers were in time and how many not; `attainment` in percent, none without any."""

    met: int
    breached: int
    owner: dict[str, Any] | None = None
    band: str = ""

    @property
    def attainment(self) -> float | None:
        """The share of answers in time."""
        decided = self.met + self.breached
        return round(100 * self.met / decided, 1) if decided else None


@dataclass(frozen=True, kw_only=True)
class Breaches:
    """A page of breaches, the newest first, and the numbers of the whole period."""

    first: date
    last: date
    items: Sequence[Breach]
    next_cursor: str | None
    total: Kept
    owners: Sequence[Kept]
    bands: Sequence[Kept]


def breaches(
    actor: Actor,
    *,
    first: date | None = None,
    last: date | None = None,
    owner_id: UUID | None = None,
    cursor: str | None = None,
    limit: int = 50,
) -> Breaches:
    """What the actor may see of it, in three statements; without days the last thirty. Clocks of leads that
    were closed before anybody answered and before the time was over count for neither side."""
    period = _period(workspaces.own_workspace(actor).timezone, first, last)
    clocks = policy.visible_clocks(actor).filter(due_at__gte=period.begins, due_at__lt=period.ends)
    if owner_id:
        clocks = clocks.filter(lead__owner_id=owner_id)
    counts = _counts(clocks)
    rows = clocks.filter(_BREACHED).select_related("lead__owner").order_by("-due_at", "-id")
    if cursor:
        rows = rows.filter(_before(cursor))
    shown, next_cursor = page(
        list(rows[: limit + 1]), limit=limit, key=lambda row: (row.due_at.isoformat(), str(row.id))
    )
    now = clock.now()
    return Breaches(
        first=period.first,
        last=period.last,
        items=[_breach(row, now) for row in shown],
        next_cursor=next_cursor,
        total=_sum(counts),
        owners=_worst_first(_owners(counts)),
        bands=[_sum([one for one in counts if one.band == band], band=band) for band in _bands(counts)],
    )


def _period(zone: str, first: date | None, last: date | None) -> Period:
    here = ZoneInfo(zone)
    last = last or clock.now().astimezone(here).date()
    first = first or last - min(timedelta(days=_DAYS - 1), last - date.min)
    if first > last:
        raise Invalid("The first day is after the last one.", field="first")
    if last - first > _LONGEST or last.year >= date.max.year or first.year <= date.min.year:
        raise Invalid("Choose at most 400 days.", field="first")
    begins = datetime.combine(first, time(), here)
    ends = datetime.combine(last + timedelta(days=1), time(), here)
    return Period(first=first, last=last, begins=begins, ends=ends)


def _counts(clocks: QuerySet[SlaClock]) -> list[Kept]:
    """By owner and band; those for whom nothing fell due are left out."""
    rows = (
        clocks.order_by()
        .values("lead__owner_id", "lead__owner__name", "band")
        .annotate(met=Count("id", filter=_MET), breached=Count("id", filter=_BREACHED))
    )
    return [
        Kept(
            owner=_named(row["lead__owner_id"], row["lead__owner__name"]),
            band=row["band"],
            met=row["met"],
            breached=row["breached"],
        )
        for row in rows
        if row["met"] or row["breached"]
    ]


def _sum(counts: Sequence[Kept], *, owner: dict[str, Any] | None = None, band: str = "") -> Kept:
    met, breached = sum(one.met for one in counts), sum(one.breached for one in counts)
    return Kept(owner=owner, band=band, met=met, breached=breached)


def _owners(counts: Sequence[Kept]) -> list[Kept]:
    by_owner: dict[UUID | None, list[Kept]] = {}
    for one in counts:
        by_owner.setdefault(one.owner["id"] if one.owner else None, []).append(one)
    return [_sum(of_one, owner=of_one[0].owner) for of_one in by_owner.values()]


def _bands(counts: Sequence[Kept]) -> list[str]:
    return [band.value for band in Band if any(one.band == band for one in counts)]


def _worst_first(found: Iterable[Kept]) -> list[Kept]:
    return sorted(
        found, key=lambda one: (one.attainment or 0, -one.breached, str((one.owner or {}).get("name")))
    )


def _breach(row: SlaClock, now: datetime) -> Breach:
    answered_at = row.stopped_at if row.stopped_by == "touch" else None
    late = (row.stopped_at or now) - row.due_at
    lead = row.lead
    return Breach(
        lead={"id": lead.id, "name": lead.name},
        owner=_named(lead.owner_id, lead.owner.name if lead.owner else None),
        band=row.band,
        due_at=row.due_at,
        late_minutes=max(int(late.total_seconds() // 60), 0),
        answered_at=answered_at,
        closed=row.stopped_at is not None and answered_at is None,
        escalated=row.escalated_at is not None or lead.escalated_at is not None,
    )


def _named(row_id: UUID | None, name: str | None) -> dict[str, Any] | None:
    return {"id": row_id, "name": name} if row_id else None


def _before(cursor: str) -> Q:
    values: list[Any] = decode_cursor(cursor)
    try:
        at, row_id = datetime.fromisoformat(values[0]), UUID(values[1])
        at.astimezone()
    except (ValueError, TypeError, AttributeError, OverflowError, IndexError) as error:
        raise Invalid("This cursor is not valid; start again without it.", field="cursor") from error
    return Q(due_at__lte=at) & (Q(due_at__lt=at) | Q(id__lt=row_id))
