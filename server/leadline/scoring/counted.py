"""Many leads under given rules, asked of the database: a dry run foretells it, a recount writes it down."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import (
    Case,
    DecimalField,
    DurationField,
    ExpressionWrapper,
    F,
    FloatField,
    Func,
    OuterRef,
    Q,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Extract, Greatest, Least, Power
from django.db.models.lookups import LessThan

from leadline.engines.views import actions as views
from leadline.kit.errors import Invalid
from leadline.leads.models import Lead
from leadline.leads.rules import LeadStatus
from leadline.scoring.models import ScoreEntry
from leadline.scoring.queries import Rule, Scoring, currency_of_price
from leadline.scoring.rules import EventKind, Group, Weights, capped, whole
from leadline.workspaces.actor import Actor

PRESENT = ("id", "band_overridden", "fit", "engagement", "score", "band", "ready_at", "poor_fit")
_SECONDS_A_DAY = 86_400.0
# After so many half-lives nothing is left; the database refuses numbers that are smaller still.
_MOST_HALVES = 200.0


class Judged(NamedTuple):
    """What is kept of the score of a lead."""

    fit: int
    engagement: int
    score: int
    band: str
    ready_at: datetime | None
    poor_fit: bool


@dataclass(frozen=True, kw_only=True)
class Counted:
    """An open lead as it is, and as it stands under the rules."""

    lead_id: UUID
    was: Judged
    now: Judged


@dataclass(frozen=True, kw_only=True)
class Question:
    """What is asked of every lead: what is kept, what is left of its interest, and which rules hold."""

    rows: models.QuerySet[Lead, Any]
    rules: Sequence[Rule]
    # The columns of a row are those of PRESENT, then these.
    holds: Sequence[str]


def open_leads() -> models.QuerySet[Lead]:
    """The leads that are counted: open ones outside the trash."""
    return Lead.objects.filter(status=LeadStatus.OPEN, deleted_at=None)


def asked(
    scoring: Scoring, actor: Actor, now: datetime, lead_ids: Collection[UUID] | None = None
) -> Question:
    """The question about open leads, all or these, under the rules; nothing is read yet."""
    fits = readable(scoring, actor, now)
    rows = open_leads() if lead_ids is None else open_leads().filter(_among(lead_ids))
    holds = {f"rule_{n}": _holds(condition) for n, (_, condition) in enumerate(fits)}
    currency = currency_of_price(actor, scoring.weights)
    told = rows.annotate(
        left=_left(scoring.weights, now), too_poor=_too_poor(scoring.weights, currency), **holds
    )
    return Question(
        rows=told.values_list(*PRESENT, "left", "too_poor", *holds),
        rules=[rule for rule, _ in fits],
        holds=list(holds),
    )


def counted(scoring: Scoring, actor: Actor, now: datetime) -> Iterator[Counted]:
    """All open leads under the rules; one statement, read piece by piece."""
    question = asked(scoring, actor, now)
    for row in question.rows.order_by("id").iterator(chunk_size=2000):
        yield _counted(row, question.rules, scoring.weights, now)


def readable(scoring: Scoring, actor: Actor, now: datetime) -> list[tuple[Rule, Q]]:
    """The fit rules with their conditions; one about a field that is gone gives no points."""
    found = []
    for rule in scoring.of(Group.FIT):
        try:
            found.append((rule, views.to_q(dict(rule.when), "lead", actor, now)))
        except Invalid:
            continue
    return found


def _among(lead_ids: Collection[UUID]) -> Func:
    # One list instead of a place for each of thousands of ids.
    given = Value(list(lead_ids), output_field=ArrayField(models.UUIDField()))
    one_of = {"arg_joiner": " = ANY(", "template": "%(expressions)s)"}
    return Func(F("id"), given, output_field=models.BooleanField(), **one_of)


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


def _too_poor(weights: Weights, currency: str) -> Case:
    """Whether the stated budget covers too little of the price, as `Weights.is_poor_fit` says."""
    usual = When(currency__in=["", currency], then=Value(weights.price_minor))
    price = Case(When(value_minor__gt=0, then=F("value_minor")), usual, default=Value(0))
    # Exact and as large as need be: the largest amount times a hundred fits into no whole number.
    wide = DecimalField(max_digits=30, decimal_places=0)
    covered = ExpressionWrapper(Cast(F("budget_minor"), wide) * Value(100), output_field=wide)
    needed = ExpressionWrapper(Cast(price, wide) * Value(weights.least_budget), output_field=wide)
    too_little = Q(budget_minor__isnull=False) & Q(LessThan(covered, needed))
    return Case(When(too_little, then=Value(True)), default=Value(False))


def _counted(row: tuple[Any, ...], rules: Sequence[Rule], weights: Weights, now: datetime) -> Counted:
    lead_id, overridden, *kept = row[: len(PRESENT)]
    was = Judged(*kept)
    left, poor_fit, *holds = row[len(PRESENT) :]
    points = sum(rule.points for rule, held in zip(rules, holds, strict=True) if held)
    fit = int(capped(points, weights.fit_cap))
    engagement = whole(capped(left, weights.engagement_cap))
    score = fit + engagement
    band = was.band if overridden else weights.band(score, poor_fit=poor_fit).value
    ready_at = (was.ready_at or now) if score >= weights.ready else None
    return Counted(lead_id=lead_id, was=was, now=Judged(fit, engagement, score, band, ready_at, poor_fit))
