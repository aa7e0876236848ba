"""Many leads under given rules, asked of the database: a dry run foretells it, a recount writes it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import (
    Case,
    DurationField,
    ExpressionWrapper,
    F,
    FloatField,
    OuterRef,
    Q,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Extract, Greatest, Least, Power

from leadline.engines.views import actions as views
from leadline.kit.errors import Invalid
from leadline.leads.models import Lead
from leadline.leads.rules import LeadStatus
from leadline.scoring.models import ScoreEntry
from leadline.scoring.queries import Rule, Scoring
from leadline.scoring.rules import EventKind, Group, Weights, capped, fades_at, whole
from leadline.workspaces.actor import Actor

_PRESENT = ("id", "fit", "engagement", "score", "band", "band_overridden", "ready_at")
_SECONDS_A_DAY = 86_400.0
# After so many half-lives nothing is left; the database refuses numbers that are smaller still.
_MOST_HALVES = 200.0


@dataclass(frozen=True, kw_only=True)
class Counted:
    """An open lead as it is, and as it stands under the rules."""

    lead_id: UUID
    matching: Sequence[Rule]
    was: tuple[int, int, int, str, datetime | None]
    now: tuple[int, int, int, str, datetime | None]
    fades_at: datetime | None

    @property
    def moved(self) -> bool:
        """Whether anything of the score differs."""
        return self.was != self.now


def open_leads() -> models.QuerySet[Lead]:
    """The leads that are counted: open ones outside the trash."""
    return Lead.objects.filter(status=LeadStatus.OPEN, deleted_at=None)


def counted(
    scoring: Scoring, actor: Actor, now: datetime, lead_ids: Collection[UUID] | None = None
) -> Iterator[Counted]:
    """Open leads, all or these, under the rules; one statement, read piece by piece."""
    fits = readable(scoring, actor, now)
    rows = open_leads() if lead_ids is None else open_leads().filter(id__in=lead_ids)
    holds = {f"rule_{n}": _holds(condition) for n, (_, condition) in enumerate(fits)}
    asked = rows.annotate(left=_left(scoring.weights, now), **holds).order_by("id")
    rules = [rule for rule, _ in fits]
    for row in asked.values_list(*_PRESENT, "left", *holds).iterator(chunk_size=2000):
        yield _counted(row, rules, scoring.weights, now)


def readable(scoring: Scoring, actor: Actor, now: datetime) -> list[tuple[Rule, Q]]:
    """The fit rules with their conditions; one about a field that is gone gives no points."""
    found = []
    for rule in scoring.of(Group.FIT):
        try:
            found.append((rule, views.to_q(dict(rule.when), "lead", actor, now)))
        except Invalid:
            continue
    return found


def _holds(condition: Q) -> Case:
    # An empty condition means always, and nothing can be asked about it.
    when = condition or Q(pk__isnull=False)
    return Case(When(when, then=Value(True)), default=Value(False))


def _left(weights: Weights, now: datetime) -> Coalesce:
    """What is left of the points for happenings: faded, opens capped, the sum not yet."""
    age = Extract(ExpressionWrapper(Value(now) - F("at"), output_field=DurationField()), "epoch")
    halves = Greatest(Cast(age, FloatField()), Value(0.0)) / Value(weights.half_life_days * _SECONDS_A_DAY)
    left = F("points") * Power(Value(0.5), Least(halves, Value(_MOST_HALVES)), output_field=FloatField())
    points = ExpressionWrapper(left, output_field=FloatField())
    opens = Coalesce(Sum(points, filter=Q(kind=EventKind.OPEN)), Value(0.0))
    over = Greatest(opens - Value(float(weights.opens_cap)), Value(0.0))
    entries = ScoreEntry.objects.filter(lead=OuterRef("pk"), group=Group.ENGAGEMENT).order_by()
    sums = entries.values("lead").annotate(sum=Sum(points) - over).values("sum")
    return Coalesce(Subquery(sums, output_field=FloatField()), Value(0.0))


def _counted(row: tuple[Any, ...], rules: Sequence[Rule], weights: Weights, now: datetime) -> Counted:
    lead_id, *was, overridden, ready_at = row[: len(_PRESENT)]
    left, holds = row[len(_PRESENT)], row[len(_PRESENT) + 1 :]
    matching = [rule for rule, held in zip(rules, holds, strict=True) if held]
    fit = int(capped(sum(rule.points for rule in matching), weights.fit_cap))
    exact = capped(left, weights.engagement_cap)
    engagement = whole(exact)
    score = fit + engagement
    band = was[3] if overridden else weights.band(score).value
    return Counted(
        lead_id=lead_id,
        matching=matching,
        was=(was[0], was[1], was[2], was[3], ready_at),
        now=(fit, engagement, score, band, (ready_at or now) if score >= weights.ready else None),
        fades_at=fades_at(exact, engagement, weights, now),
    )
