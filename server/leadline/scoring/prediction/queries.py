"""Reads of the prediction."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q

from leadline.engines.schema import queries as schema
from leadline.kit import clock
from leadline.leads import queries as lead_queries
from leadline.leads.models import Lead
from leadline.leads.rules import LeadStatus
from leadline.scoring.prediction import policy
from leadline.scoring.prediction.examples import CLOSED, label_of
from leadline.scoring.prediction.models import LeadPrediction, PredictionModel, PredictionSettings
from leadline.scoring.prediction.rules import LEARNS_AGAIN_AFTER, better, enough
from leadline.workspaces.actor import Actor

_NEW = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Chance:
    """What is predicted for a lead; nothing when the prediction is off or has not judged it yet."""

    enabled: bool
    chance: float | None = None
    base: float | None = None
    reasons: list[dict[str, Any]] | None = None
    at: datetime | None = None


def prediction(actor: Actor) -> dict[str, Any]:
    """Everything about the prediction of the workspace; four statements."""
    settings = policy.visible_settings(actor).first() or PredictionSettings()
    model = policy.visible_models(actor).defer("learned").first()
    closed, won = closed_leads()
    return {
        "version": settings.version,
        "enabled": settings.enabled,
        "allowed": settings.allowed,
        "refused": settings.refused,
        "training": {
            "state": settings.training,
            "progress": settings.progress,
            "asked_at": settings.asked_at,
            "trouble": settings.trouble,
        },
        "closed_leads": closed,
        "won_leads": won,
        "enough": enough(closed, won),
        "model": _shown(model) if model else None,
    }


def closed_leads() -> tuple[int, int]:
    """How many leads are closed, and how many of them were won; one statement."""
    rows = Lead.objects.filter(status__in=CLOSED, deleted_at=None)
    found = rows.aggregate(closed=Count("id"), won=Count("id", filter=Q(status=LeadStatus.WON)))
    return found["closed"], found["won"]


def chance_of(actor: Actor, lead_id: UUID) -> Chance:
    """What is predicted for one lead, and why; five statements at most."""
    lead_queries.require_visible(actor, lead_id)
    model = model_in_use()
    if model is None:
        return Chance(enabled=False)
    found = LeadPrediction.objects.filter(lead_id=lead_id, model_id=model.id).first()
    if found is None:
        return Chance(enabled=True)
    described = schema.fields("lead")
    return Chance(
        enabled=True,
        chance=found.chance,
        base=model.won / model.leads,
        reasons=[{**one, "label": label_of(one["key"], described)} for one in found.reasons],
        at=found.at,
    )


def model_in_use() -> PredictionModel | None:
    """The model of the running workspace when the prediction is on and useful; one statement."""
    on = PredictionSettings.objects.filter(enabled=True)
    return PredictionModel.objects.filter(Exists(on), useful=True).defer("learned").first()


def not_judged(model_id: UUID, *, after: UUID | None, limit: int) -> list[UUID]:
    """A piece of the open leads that this model has not judged, in order of their ids."""
    rows = _not_judged(model_id)
    if after is not None:
        rows = rows.filter(id__gt=after)
    return list(rows.order_by("id").values_list("id", flat=True)[:limit])


def new_and_not_judged(model_id: UUID, limit: int) -> list[UUID]:
    """Open leads of the last day that this model has not judged, newest first."""
    rows = _not_judged(model_id).filter(inbound_at__gte=clock.now() - _NEW)
    return list(rows.order_by("-inbound_at", "-id").values_list("id", flat=True)[:limit])


def with_a_chance(limit: int) -> list[UUID]:
    """Leads of the running workspace that show a chance."""
    return list(Lead.objects.filter(chance__isnull=False).order_by("id").values_list("id", flat=True)[:limit])


def judged_and_closed(model: PredictionModel) -> tuple[list[float], list[bool]]:
    """What the model said of leads that were closed since it was learned, and what came out."""
    rows = LeadPrediction.objects.filter(model_id=model.id, lead__closed_at__gt=model.created_at)
    found = list(rows.filter(lead__status__in=CLOSED).values_list("chance", "lead__status"))
    return [chance for chance, _ in found], [status == LeadStatus.WON for _, status in found]


def captured_since(model: PredictionModel, limit: int) -> list[UUID]:
    """The newest leads that came in after the model was learned."""
    rows = Lead.objects.filter(created_at__gt=model.created_at, deleted_at=None)
    rows = rows.exclude(status=LeadStatus.SPAM).order_by("-inbound_at", "-id")
    return list(rows.values_list("id", flat=True)[:limit])


def workspaces_that_predict() -> list[UUID]:
    """For the sweep, across workspaces."""
    return list(PredictionSettings.objects.filter(enabled=True).values_list("workspace_id", flat=True))


def workspaces_with_a_model() -> list[UUID]:
    """For the sweep, across workspaces."""
    return list(PredictionModel.objects.values_list("workspace_id", flat=True))


def workspaces_to_learn(now: datetime) -> list[UUID]:
    """Where enough leads are closed and the last learning is long ago; across workspaces."""
    rows = Lead.objects.filter(status__in=CLOSED, deleted_at=None).values("workspace_id")
    counted = rows.annotate(closed=Count("id"), won=Count("id", filter=Q(status=LeadStatus.WON)))
    fresh = PredictionModel.objects.filter(created_at__gt=now - LEARNS_AGAIN_AFTER)
    learned = set(fresh.values_list("workspace_id", flat=True))
    return [
        row["workspace_id"]
        for row in counted.order_by()
        if enough(row["closed"], row["won"]) and row["workspace_id"] not in learned
    ]


def _not_judged(model_id: UUID) -> Any:
    judged = LeadPrediction.objects.filter(lead_id=OuterRef("id"), model_id=model_id)
    return Lead.objects.filter(~Exists(judged), status=LeadStatus.OPEN, deleted_at=None)


def _shown(model: PredictionModel) -> dict[str, Any]:
    described = schema.fields("lead")
    report = model.report

    def labelled(rows: Collection[Mapping[str, Any]]) -> list[dict[str, Any]]:
        return [{**row, "label": label_of(row["key"], described)} for row in rows]

    drift, since = report.get("drift") or {}, model.since or {}
    return {
        "trained_at": model.created_at,
        "leads": model.leads,
        "won": model.won,
        "useful": model.useful,
        "measures": report.get("measures"),
        "rules": report.get("rules"),
        "better": better(report),
        "factors": labelled(report.get("factors", [])),
        "refused": labelled(report.get("refused", [])),
        "drift": {
            "inputs": labelled(drift.get("inputs", [])),
            "outcomes": drift.get("outcomes"),
            "newest_auc": (drift.get("newest") or {}).get("auc"),
        },
        "since": {
            "inputs": labelled(since.get("inputs", [])),
            "outcomes": since.get("outcomes"),
            "newest_auc": None,
        },
    }
