"""Pipelines, stages and loss reasons: the defaults of a new workspace and their later changes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet

from leadline.engines.schema import queries as schema
from leadline.infra import lookup
from leadline.infra.entity import WorkspaceEntity
from leadline.infra.language import speaking, worded
from leadline.kit import clock, text
from leadline.kit.errors import Conflict, Invalid
from leadline.kit.sentences import say
from leadline.leads import policy, rules
from leadline.leads.models import Lead, LossReason, Pipeline, Stage, StageVisit
from leadline.workspaces import audit
from leadline.workspaces.actor import Actor
from leadline.workspaces.queries import own_workspace

R = TypeVar("R", bound=WorkspaceEntity)


def set_up_pipeline(actor: Actor) -> Stage:
    """The default pipeline with its stages and the loss reasons, named in the language of the workspace;
    its first stage. Safe to repeat."""
    pipeline = Pipeline.objects.filter(is_default=True).first()
    if pipeline is None:
        with speaking(own_workspace(actor).language):
            pipeline = _make_default(actor)
    return pipeline.stages.filter(archived_at=None).order_by("position", "id")[0]


def _make_default(actor: Actor) -> Pipeline:
    pipeline, made = Pipeline.objects.get_or_create(
        is_default=True, defaults={"name": worded(rules.DEFAULT_PIPELINE)}
    )
    if made:
        Stage.objects.bulk_create(_default_stages(pipeline))
        reasons = [worded(name) for name in rules.DEFAULT_LOSS_REASONS]
        LossReason.objects.bulk_create(
            [LossReason(name=name, position=position) for position, name in enumerate(reasons)],
            ignore_conflicts=True,
        )
        audit.record(actor, "created", "pipeline", pipeline.id, {"name": pipeline.name})
    return pipeline


def create_pipeline(actor: Actor, name: str) -> Pipeline:
    """Another pipeline with the default stages."""
    policy.require_can_set_up(actor)
    pipeline = Pipeline(name=_name(name), position=policy.visible_pipelines(actor).count())
    _save(pipeline)
    with speaking(own_workspace(actor).language):
        Stage.objects.bulk_create(_default_stages(pipeline))
    audit.record(actor, "created", "pipeline", pipeline.id, {"name": pipeline.name})
    return pipeline


def _default_stages(pipeline: Pipeline) -> list[Stage]:
    return [
        Stage(
            pipeline=pipeline,
            name=worded(spec.name),
            position=position,
            colour=spec.colour,
            probability=spec.probability,
            rots_after_days=spec.rots_after_days,
            kind=spec.kind,
        )
        for position, spec in enumerate(rules.DEFAULT_STAGES)
    ]


def change_pipeline(
    actor: Actor, pipeline_id: UUID, changes: Mapping[str, Any], version: int | None
) -> Pipeline:
    """Rename, reorder, or make a pipeline the default one."""
    policy.require_can_set_up(actor)
    pipeline = lookup.lock(policy.visible_pipelines(actor), pipeline_id)
    if changes.get("is_default"):
        Pipeline.objects.filter(is_default=True).exclude(id=pipeline.id).update(is_default=False)
    return _change(actor, pipeline, changes, version)


def create_stage(actor: Actor, pipeline_id: UUID, values: Mapping[str, Any]) -> Stage:
    """A new column; without a position it comes before the closed ones."""
    policy.require_can_set_up(actor)
    pipeline = lookup.lock(policy.visible_pipelines(actor), pipeline_id)
    stages = list(pipeline.stages.filter(archived_at=None).order_by("position", "id"))
    opened = sum(1 for stage in stages if stage.kind == rules.StageKind.OPEN)
    at = min(values.get("position", opened), len(stages))
    _require_known(values)
    stage = Stage(pipeline=pipeline, **{**values, "name": _name(values.get("name", "")), "position": at})
    for position, other in enumerate(stages):
        other.position = position if position < at else position + 1
    Stage.objects.bulk_update(stages, ["position"])
    _save(stage)
    audit.record(actor, "created", "stage", stage.id, {"name": stage.name})
    return stage


def change_stage(actor: Actor, stage_id: UUID, changes: Mapping[str, Any], version: int | None) -> Stage:
    """Rename, recolour, reorder a stage; set its probability and when its cards rot."""
    policy.require_can_set_up(actor)
    stage = lookup.lock(policy.visible_stages(actor), stage_id)
    if changes.get("kind", stage.kind) != stage.kind:
        # Its leads are open, won or lost because of it.
        raise Invalid("A stage keeps its kind. Make another stage and move the leads.", field="kind")
    _require_known(changes)
    _make_room(stage, policy.visible_stages(actor).filter(pipeline=stage.pipeline_id), changes)
    return _change(actor, stage, changes, version)


def _require_known(values: Mapping[str, Any]) -> None:
    """Invalid (422) for a field that a lead has not, or that nobody can fill in."""
    asked = values.get("required_fields") or []
    known = schema.fields_named("lead", asked)
    for key in asked:
        if key not in known or not known[key].writable:
            raise Invalid(
                say("There is no field “{key}” that can be changed.", key=key), field="required_fields"
            )


def archive_pipeline(actor: Actor, pipeline_id: UUID, to_stage_id: UUID | None = None) -> None:
    """Take a pipeline away; its leads go to the given open stage and its closed neighbours.

    The default pipeline stays (409); so does one with leads for which no stage is named.
    """
    policy.require_can_set_up(actor)
    pipeline = lookup.lock(policy.visible_pipelines(actor), pipeline_id)
    if pipeline.is_default:
        raise Conflict(
            "New leads begin in this pipeline. Make another one the default first.", code="default_pipeline"
        )
    target = lookup.get(policy.visible_stages(actor), to_stage_id) if to_stage_id else None
    if target is not None and (target.pipeline_id == pipeline.id or target.kind != rules.StageKind.OPEN):
        raise Invalid("Choose an open stage of another pipeline.", field="to")
    for stage in policy.visible_stages(actor).filter(pipeline=pipeline):
        leads = list(Lead.objects.filter(stage=stage).values_list("id", flat=True))
        if leads:
            _move_all(actor, stage, leads, _counterpart(actor, stage, target))
    pipeline.archived_at, pipeline.name = clock.now(), f"{pipeline.name[:80]} {pipeline.id}"
    pipeline.save(update_fields=["archived_at", "name"])
    audit.record(actor, "archived", "pipeline", pipeline.id, {"name": pipeline.name})


def _counterpart(actor: Actor, stage: Stage, target: Stage | None) -> UUID | None:
    """Where the leads of a stage go when its pipeline does: the target, or its neighbour of the same kind."""
    if target is None or stage.kind == target.kind:
        return target.id if target else None
    same = policy.visible_stages(actor).filter(pipeline_id=target.pipeline_id, kind=stage.kind)
    return same.order_by("position", "id").values_list("id", flat=True).first()


def archive_stage(actor: Actor, stage_id: UUID, to_stage_id: UUID | None = None) -> None:
    """Take a stage away; its cards go to another open stage, without one it is a Conflict (409)."""
    policy.require_can_set_up(actor)
    stage = lookup.lock(policy.visible_stages(actor), stage_id)
    others = policy.visible_stages(actor).filter(pipeline_id=stage.pipeline_id, kind=stage.kind)
    if not others.exclude(id=stage.id).exists():
        raise Conflict(
            say("A pipeline needs a stage of the kind “{kind}”.", kind=stage.kind), code="last_stage_of_kind"
        )
    leads = list(Lead.objects.filter(stage=stage).values_list("id", flat=True))
    if leads:
        _move_all(actor, stage, leads, to_stage_id)
    stage.archived_at = clock.now()
    stage.save(update_fields=["archived_at"])
    audit.record(actor, "archived", "stage", stage.id, {"name": stage.name, "moved": len(leads)})


def _move_all(actor: Actor, stage: Stage, lead_ids: list[UUID], to_stage_id: UUID | None) -> None:
    if to_stage_id is None or to_stage_id == stage.id:
        raise Conflict(
            say("There are leads in “{stage}”. Say which stage gets them.", stage=stage.name),
            code="stage_not_empty",
        )
    target = lookup.get(policy.visible_stages(actor), to_stage_id)
    if target.kind != stage.kind:
        raise Conflict(
            "Leads can only go to a stage that means the same (open, won or lost).",
            code="stage_of_other_kind",
        )
    now = clock.now()
    Lead.objects.filter(id__in=lead_ids).update(
        stage=target, pipeline_id=target.pipeline_id, entered_stage_at=now, version=F("version") + 1
    )
    StageVisit.objects.filter(lead_id__in=lead_ids, left_at=None).update(left_at=now)
    StageVisit.objects.bulk_create(
        [
            StageVisit(lead_id=lead_id, stage=target, entered_at=now, by_name=actor.name)
            for lead_id in lead_ids
        ],
        batch_size=5000,
    )


def create_loss_reason(actor: Actor, name: str) -> LossReason:
    """Another reason to choose from."""
    policy.require_can_set_up(actor)
    reason = LossReason(name=_name(name), position=policy.visible_loss_reasons(actor).count())
    _save(reason)
    audit.record(actor, "created", "loss_reason", reason.id, {"name": reason.name})
    return reason


def change_loss_reason(
    actor: Actor, reason_id: UUID, changes: Mapping[str, Any], version: int | None
) -> LossReason:
    """Rename, reorder or archive a reason; leads that were lost for it keep it."""
    policy.require_can_set_up(actor)
    reason = lookup.lock(policy.visible_loss_reasons(actor), reason_id)
    _make_room(reason, policy.visible_loss_reasons(actor), changes)
    return _change(actor, reason, changes, version)


def _change(actor: Actor, row: R, changes: Mapping[str, Any], version: int | None) -> R:
    if version is not None and row.version != version:
        raise Conflict("Somebody changed this meanwhile. Look again.", extra={"version": row.version})
    wanted = {k: _name(v) if k == "name" else v for k, v in changes.items()}
    before = {key: [getattr(row, key), new] for key, new in wanted.items() if getattr(row, key) != new}
    if not before:
        return row
    for key in before:
        setattr(row, key, wanted[key])
    _save(row, update_fields=list(before))
    audit.record(actor, "changed", str(row._meta.verbose_name).replace(" ", "_"), row.id, before)
    return row


def _make_room(row: Any, rows: QuerySet[Any], changes: Mapping[str, Any]) -> None:
    """The neighbours stand around the new place of a row, one after the other."""
    to = changes.get("position")
    if to is None or to == row.position:
        return
    others = list(rows.exclude(id=row.id).order_by("position", "id"))
    for position, other in enumerate(others):
        other.position = position if position < to else position + 1
    rows.model._default_manager.bulk_update(others, ["position"])


def _name(name: str) -> str:
    cleaned = text.clean(name, 120)
    if not cleaned:
        raise Invalid("Give it a name.", field="name")
    return cleaned


def _save(row: WorkspaceEntity, **options: Any) -> None:
    try:
        with transaction.atomic():
            row.save(**options)
    except IntegrityError as error:
        if "name_once" in str(error) or "reason_once" in str(error):
            raise Conflict("There is one with this name already.", code="name_taken", field="name") from error
        raise
