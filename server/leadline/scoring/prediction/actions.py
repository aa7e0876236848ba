"""Switch the prediction on and off, learn, judge leads, and watch whether what was learned still holds."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from leadline.infra import tenancy
from leadline.infra.jobs import background
from leadline.kit import clock
from leadline.kit.errors import Conflict, Invalid
from leadline.kit.sentences import say
from leadline.leads import actions as leads
from leadline.scoring.prediction import policy, queries, rules
from leadline.scoring.prediction.apart import LearningFailed, learn_apart
from leadline.scoring.prediction.drifting import drift_of_inputs, drift_of_outcomes
from leadline.scoring.prediction.examples import known_at_capture, lesson_of
from leadline.scoring.prediction.learning import FEWEST_EACH, FEWEST_LEADS, Lesson
from leadline.scoring.prediction.models import LeadPrediction, PredictionModel, PredictionSettings
from leadline.scoring.prediction.rules import Training
from leadline.workspaces import audit
from leadline.workspaces.actor import Actor

_PIECE = 500
_MOST_KEYS = 500
_MOST_WATCHED = 2000


def change_settings(
    actor: Actor, changes: Mapping[str, Any], version: int | None = None
) -> PredictionSettings:
    """Switch the prediction on or off, or say which fields may be inputs; what was learned stays as it is."""
    policy.require_can_set_up(actor)
    row = _settings(actor)
    if version is not None and row.version != version:
        raise Conflict("Somebody changed this meanwhile. Look again.", extra={"version": row.version})
    for key in ("allowed", "refused"):
        if len(changes.get(key, ())) > _MOST_KEYS:
            raise Invalid(say("Name at most {n} fields.", n=_MOST_KEYS), field=key)
    if changes.get("enabled") and not policy.visible_models(actor).filter(useful=True).exists():
        raise Conflict(
            "There is no useful prediction to switch on yet. Let it learn first.", code="no_prediction"
        )
    before = {key: [getattr(row, key), new] for key, new in changes.items() if getattr(row, key) != new}
    if before:
        for key in before:
            setattr(row, key, changes[key])
        row.save(update_fields=list(before))
        audit.record(actor, "prediction.changed", "prediction", row.id, before)
    if "enabled" in before:
        follow = judge_open_leads if row.enabled else forget_chances
        follow.later(workspace_id=str(actor.workspace_id))
    return row


def ask_for_training(actor: Actor) -> PredictionSettings:
    """Learn anew in the background; asking while it learns changes nothing."""
    policy.require_can_set_up(actor)
    row = _settings(actor)
    if rules.is_busy(row.training, row.asked_at, clock.now()):
        return row
    closed, won = queries.closed_leads()
    if not rules.enough(closed, won):
        raise Conflict(
            say(
                "Learning needs {n} closed leads, {each} of them won and {each} lost; there are {closed}.",
                n=FEWEST_LEADS,
                each=FEWEST_EACH,
                closed=closed,
            ),
            code="too_few_leads",
        )
    row.training, row.progress, row.asked_at, row.trouble = Training.WAITING, 0, clock.now(), ""
    row.save(update_fields=["training", "progress", "asked_at", "trouble"])
    audit.record(actor, "prediction.training", "prediction", row.id, {"closed": closed, "won": won})
    train.later(workspace_id=str(actor.workspace_id))
    return row


@background(retries=1, priority=-2)
def train(*, workspace_id: str) -> None:
    """Learn from the closed leads of a workspace and keep what was learned in place of the old."""
    inside = UUID(workspace_id)
    with tenancy.workspace(inside):
        actor = Actor.product(inside)
        row = _settings(actor)
        lesson = lesson_of(row)
        won = sum(lesson.outcomes)
        if not rules.enough(len(lesson.outcomes), won):
            _settle(row, Training.IDLE)
            return
        row.training, row.asked_at = Training.RUNNING, clock.now()
        row.save(update_fields=["training", "asked_at"])

    def told(share: float) -> None:
        with tenancy.workspace(inside):
            _settings_rows().filter(training=Training.RUNNING).update(progress=share)

    try:
        learned = learn_apart(lesson, told)
    except LearningFailed as failure:
        with tenancy.workspace(inside):
            _settle(_settings(actor), Training.FAILED, str(failure))
        return
    with tenancy.workspace(inside):
        _keep(actor, lesson, learned)


@background(retries=3, priority=-1)
def judge_open_leads(*, workspace_id: str, after: str = "") -> None:
    """Judge all open leads that the model in use has not judged, piece by piece."""
    with tenancy.workspace(UUID(workspace_id)):
        model = queries.model_in_use()
        if model is None:
            return
        piece = queries.not_judged(model.id, after=UUID(after) if after else None, limit=_PIECE)
        judge(model, piece)
        if len(piece) == _PIECE:
            judge_open_leads.later(workspace_id=workspace_id, after=str(piece[-1]))


@background(retries=3, priority=-1)
def forget_chances(*, workspace_id: str) -> None:
    """Take the chances from all leads, piece by piece; nothing when there is a prediction again."""
    with tenancy.workspace(UUID(workspace_id)):
        if queries.model_in_use() is not None:
            return
        piece = queries.with_a_chance(_PIECE)
        leads.apply_chances(dict.fromkeys(piece))
        if len(piece) == _PIECE:
            forget_chances.later(workspace_id=workspace_id)


def judge_new_leads(workspace_id: UUID) -> int:
    """Judge the leads that came in lately; how many there were."""
    with tenancy.workspace(workspace_id):
        model = queries.model_in_use()
        if model is None:
            return 0
        fresh = queries.new_and_not_judged(model.id, _PIECE)
        judge(model, fresh)
        return len(fresh)


def judge(row: PredictionModel, lead_ids: Collection[UUID]) -> None:
    """Write down the chance of these leads and its reasons; judging twice changes nothing."""
    if not lead_ids:
        return
    model = rules.unpacked(row.id, row.version, bytes(row.learned))
    now = clock.now()
    made = []
    for lead_id, values in known_at_capture(lead_ids).items():
        chance, parts = model.judge(values)
        made.append(
            LeadPrediction(
                lead_id=lead_id,
                model_id=row.id,
                chance=round(chance, 4),
                reasons=rules.reasons(parts, values),
                at=now,
            )
        )
    LeadPrediction.objects.bulk_create(
        made,
        update_conflicts=True,
        unique_fields=["lead"],
        update_fields=["model_id", "chance", "reasons", "at"],
    )
    leads.apply_chances({one.lead_id: round(100 * one.chance) for one in made})


def watch(workspace_id: UUID) -> None:
    """Compare the leads since the learning with those learned from; the page warns of what differs."""
    with tenancy.workspace(workspace_id):
        row = PredictionModel.objects.first()
        if row is None or not row.useful:
            return
        model = rules.unpacked(row.id, row.version, bytes(row.learned))
        known = list(known_at_capture(queries.captured_since(row, _MOST_WATCHED)).values())
        running = row.report.get("drift", {}).get("running", [])
        typical = row.report.get("typical", {})
        chances, outcomes = queries.judged_and_closed(row)
        since = {
            "inputs": drift_of_inputs(model.inputs, typical, known, but=running),
            "outcomes": drift_of_outcomes(chances, outcomes),
        }
        PredictionModel.objects.filter(id=row.id).update(since=since)


def _keep(actor: Actor, lesson: Lesson, learned: Mapping[str, Any]) -> None:
    report = {key: value for key, value in learned.items() if key != "model"}
    policy.visible_models(actor).delete()
    row = PredictionModel.objects.create(
        leads=len(lesson.outcomes),
        won=sum(lesson.outcomes),
        useful=bool(learned["useful"]),
        report=report,
        learned=rules.packed(learned["model"]) if learned["model"] else b"",
    )
    settings = _settings(actor)
    if settings.enabled and not row.useful:
        # Numbers without a signal behind them would only mislead.
        settings.enabled = False
        settings.save(update_fields=["enabled"])
        audit.record(actor, "prediction.changed", "prediction", settings.id, {"enabled": [True, False]})
        forget_chances.later(workspace_id=str(actor.workspace_id))
    _settle(settings, Training.IDLE)
    audit.record(
        actor, "prediction.learned", "prediction", row.id, {"leads": row.leads, "useful": row.useful}
    )
    if settings.enabled:
        judge_open_leads.later(workspace_id=str(actor.workspace_id))


def _settings(actor: Actor) -> PredictionSettings:
    row, _ = PredictionSettings.objects.get_or_create(workspace_id=actor.workspace_id)
    return _settings_rows().select_for_update().get(id=row.id)


def _settings_rows() -> QuerySet[PredictionSettings]:
    # Row-level security narrows these to the running workspace.
    return PredictionSettings.objects.all()


def _settle(row: PredictionSettings, training: Training, trouble: str = "") -> None:
    row.training, row.progress, row.trouble = training, 1.0, trouble[:200]
    row.save(update_fields=["training", "progress", "trouble"])
