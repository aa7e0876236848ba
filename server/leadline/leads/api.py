"""Leads, the board, pipelines, stages, reasons and sources over HTTP."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpResponse
from ninja import File, Form, Router, Status
from ninja.files import UploadedFile
from pydantic import BaseModel, Field

from leadline.engines.timeline import queries as timeline
from leadline.engines.timeline.ports import EntryOut
from leadline.engines.views import actions as views
from leadline.infra import files
from leadline.infra.language import worded
from leadline.infra.web import Page, showing_current
from leadline.kit.errors import Invalid
from leadline.leads import actions, queries, rules, shapes
from leadline.leads.models import LossReason, Objection, Pipeline, Stage
from leadline.leads.ports import LossIn, WonIn
from leadline.workspaces.actor import Actor
from leadline.workspaces.requests import ActorRequest

Limit = Annotated[int, Field(ge=1, le=200)]
router = Router(tags=["leads"])


def _json(answer: BaseModel) -> HttpResponse:
    # The answer is made of our own values: it is written out as it is, not checked a second time.
    return HttpResponse(answer.model_dump_json(), content_type="application/json")


def _version(request: ActorRequest, in_body: int | None) -> int | None:
    tag = request.headers.get("If-Match", "").strip().removeprefix("W/").strip('"')
    if not tag or tag == "*":
        return in_body
    if not tag.isdigit():
        raise Invalid('If-Match holds the version of the record, as in "3".', field="If-Match")
    return int(tag)


def _showing_current(actor: Actor, lead_id: UUID) -> AbstractContextManager[None]:
    return showing_current(lambda: queries.lead_page(actor, lead_id).model_dump(mode="json"))


def _lead(actor: Actor, lead_id: UUID) -> HttpResponse:
    lead = queries.lead_page(actor, lead_id)
    response = _json(lead)
    response.headers["ETag"] = f'"{lead.version}"'
    return response


@router.get("/board", response=shapes.Board)
def get_board(
    request: ActorRequest,
    pipeline: UUID | None = None,
    filter: str | None = None,
    view: str = "all",
    sort: str = "-entered_stage_at",
    limit: Limit = 50,
) -> HttpResponse:
    """The columns of a pipeline with exact totals and their first cards."""
    tree = views.from_text(filter)
    board = queries.board(request.auth, tree, pipeline_id=pipeline, view=view, sort=sort, per_column=limit)
    return _json(board)


@router.get("/board/money", response=shapes.MoneyOut)
def get_money(request: ActorRequest, pipeline: UUID | None = None) -> shapes.MoneyOut:
    """The open money of a pipeline by stage and by owner, of the leads this member sees."""
    return queries.money(request.auth, pipeline)


@router.get("/board/columns/{stage_id}", response=shapes.ColumnPage)
def get_column(
    request: ActorRequest,
    stage_id: UUID,
    cursor: str | None = None,
    filter: str | None = None,
    view: str = "all",
    sort: str = "-entered_stage_at",
    limit: Limit = 50,
) -> HttpResponse:
    """More cards of one column."""
    tree = views.from_text(filter)
    found = queries.column_page(
        request.auth, stage_id, tree, view=view, cursor=cursor, sort=sort, limit=limit
    )
    return _json(found)


@router.get("/leads", response=Page[shapes.LeadRow])
def get_leads(
    request: ActorRequest,
    filter: str | None = None,
    view: str = "all",
    kind: rules.Kind | None = None,
    q: str = "",
    sort: str = "",
    cursor: str | None = None,
    limit: Limit = 50,
) -> HttpResponse:
    """A page of leads, deals or both.

    Without a kind: leads; both where the filter asks for status, stage or converted_at, and in views of
    what needs attention. Without a sort: the newest first, in the view `action` the best first.
    """
    tree = views.from_text(filter)
    found = queries.leads_page(
        request.auth, tree, view=view, kind=kind, q=q, sort=sort, cursor=cursor, limit=limit
    )
    return _json(found)


@router.get("/leads/{uuid:lead_id}", response=shapes.LeadOut)
def get_lead(request: ActorRequest, lead_id: UUID) -> HttpResponse:
    """One lead with everything its page shows."""
    return _lead(request.auth, lead_id)


@router.patch("/leads/{uuid:lead_id}", response=shapes.LeadOut)
def change_lead(request: ActorRequest, lead_id: UUID, body: shapes.LeadIn) -> HttpResponse:
    """Change what is sent; 409 with the present record when somebody changed it meanwhile."""
    changes = body.model_dump(exclude_unset=True)
    version = _version(request, changes.pop("version", None))
    with _showing_current(request.auth, lead_id):
        actions.change_lead(request.auth, lead_id, changes, version)
    return _lead_after(request.auth, lead_id)


@router.delete("/leads/{uuid:lead_id}", response={204: None})
def delete_lead(request: ActorRequest, lead_id: UUID) -> Status[None]:
    """Put a lead into the trash."""
    with _showing_current(request.auth, lead_id):
        actions.delete_lead(request.auth, lead_id, _version(request, None))
    return Status(204, None)


@router.post("/leads/{uuid:lead_id}/restorations", response=shapes.LeadOut)
def restore_lead(request: ActorRequest, lead_id: UUID) -> HttpResponse:
    """Take a lead out of the trash."""
    actions.restore_lead(request.auth, lead_id)
    return _lead(request.auth, lead_id)


@router.post("/leads/{uuid:lead_id}/moves", response=shapes.LeadOut)
def create_move(request: ActorRequest, lead_id: UUID, body: shapes.MoveIn) -> HttpResponse:
    """Move a lead to a stage; a lost one with its reason, one with required fields with these."""
    lost = LossIn(**body.lost.model_dump()) if body.lost else None
    won = WonIn(**body.won.model_dump()) if body.won else None
    fields = body.fields.model_dump(exclude_unset=True, exclude={"version"}) if body.fields else {}
    version = _version(request, body.version)
    with _showing_current(request.auth, lead_id):
        actions.fill_and_move(request.auth, lead_id, body.stage_id, fields, version, lost=lost, won=won)
    return _lead(request.auth, lead_id)


@router.post("/leads/{uuid:lead_id}/spam-marks", response={204: None})
def create_spam_mark(request: ActorRequest, lead_id: UUID) -> Status[None]:
    """Take a lead off the board as spam."""
    actions.mark_spam(request.auth, lead_id)
    return Status(204, None)


@router.post("/leads/{uuid:lead_id}/notes", response={201: EntryOut})
def create_note(request: ActorRequest, lead_id: UUID, body: shapes.NoteIn) -> Status[EntryOut]:
    """Write a note on a lead."""
    entry = actions.add_note(request.auth, lead_id, body.text, body.id)
    return Status(201, timeline.shown([entry])[0])


@router.get("/leads/{uuid:lead_id}/timeline", response=Page[EntryOut])
def get_timeline(
    request: ActorRequest,
    lead_id: UUID,
    cursor: str | None = None,
    kinds: str = "",
    limit: Limit = 50,
) -> Page[EntryOut]:
    """What happened to a lead, newest first."""
    queries.require_visible(request.auth, lead_id)
    wanted = [kind for kind in kinds.split(",") if kind]
    return timeline.entries(request.auth, about_id=lead_id, cursor=cursor, kinds=wanted, limit=limit)


@router.post("/leads/{uuid:lead_id}/files", response={201: shapes.LeadOut})
def create_file(
    request: ActorRequest, lead_id: UUID, file: File[UploadedFile], key: Form[str]
) -> HttpResponse:
    """Keep a file in the field `key` of a lead, in place of the one before."""
    actions.keep_file(request.auth, lead_id, key, file.name or "file", file)
    response = _lead(request.auth, lead_id)
    response.status_code = 201
    return response


@router.get("/leads/{uuid:lead_id}/files")
def get_file(request: ActorRequest, lead_id: UUID, key: str) -> HttpResponse:
    """The file in a field of a lead."""
    return files.answer(queries.file_of(request.auth, lead_id, key))


@router.delete("/leads/{uuid:lead_id}/files", response={204: None})
def delete_file(request: ActorRequest, lead_id: UUID, key: str) -> Status[None]:
    """Take the file out of a field."""
    actions.drop_file(request.auth, lead_id, key)
    return Status(204, None)


@router.get("/leads/{uuid:lead_id}/objections", response=list[shapes.ObjectionOut])
def get_objections(request: ActorRequest, lead_id: UUID) -> Sequence[Objection]:
    """What was said against buying, newest first."""
    return queries.objections_of(request.auth, lead_id)


@router.post("/leads/{uuid:lead_id}/objections", response={201: shapes.ObjectionOut})
def create_objection(request: ActorRequest, lead_id: UUID, body: shapes.ObjectionIn) -> Status[Objection]:
    """Write down an objection."""
    values = body.model_dump(exclude={"id"})
    return Status(201, actions.add_objection(request.auth, lead_id, values, body.id))


@router.patch("/objections/{objection_id}", response=shapes.ObjectionOut)
def change_objection(request: ActorRequest, objection_id: UUID, body: shapes.ObjectionChangeIn) -> Objection:
    """Say what was answered and what became of it."""
    changes = {key: value for key, value in _sent(body).items() if value is not None}
    version = _version(request, body.version)
    with showing_current(
        lambda: shapes.ObjectionOut.model_validate(queries.objection(request.auth, objection_id))
    ):
        return actions.change_objection(request.auth, objection_id, changes, version)


@router.get("/objection-kinds", response=list[shapes.ObjectionKind])
def get_objection_kinds(request: ActorRequest) -> list[shapes.ObjectionKind]:
    """Objections by win rate."""
    return queries.objection_kinds(request.auth)


@router.get("/pipelines", response=list[shapes.PipelineOut])
def get_pipelines(request: ActorRequest) -> list[dict[str, Any]]:
    """Pipelines with their stages."""
    return [_pipeline(pipeline) for pipeline in queries.pipelines(request.auth)]


@router.post("/pipelines", response={201: shapes.PipelineOut})
def create_pipeline(request: ActorRequest, body: shapes.PipelineIn) -> Status[dict[str, Any]]:
    """Another pipeline with the default stages."""
    made = actions.create_pipeline(request.auth, body.name or "")
    return Status(201, _pipeline_by_id(request.auth, made.id))


@router.patch("/pipelines/{pipeline_id}", response=shapes.PipelineOut)
def change_pipeline(request: ActorRequest, pipeline_id: UUID, body: shapes.PipelineIn) -> dict[str, Any]:
    """Rename, reorder, or make it the default."""
    changes = _settings_sent(body)
    with showing_current(
        lambda: shapes.PipelineOut.model_validate(_pipeline_by_id(request.auth, pipeline_id))
    ):
        actions.change_pipeline(request.auth, pipeline_id, changes, _version(request, body.version))
    return _pipeline_by_id(request.auth, pipeline_id)


@router.delete("/pipelines/{pipeline_id}", response={204: None})
def delete_pipeline(request: ActorRequest, pipeline_id: UUID, to: UUID | None = None) -> Status[None]:
    """Take a pipeline away; `to` names the open stage that gets its leads."""
    actions.archive_pipeline(request.auth, pipeline_id, to)
    return Status(204, None)


@router.post("/stages", response={201: shapes.StageOut})
def create_stage(request: ActorRequest, body: shapes.StageIn) -> Status[Stage]:
    """A new column."""
    if body.pipeline_id is None:
        raise Invalid("Say in which pipeline.", field="pipeline_id")
    values = _settings_sent(body)
    return Status(201, actions.create_stage(request.auth, values.pop("pipeline_id"), values))


@router.patch("/stages/{stage_id}", response=shapes.StageOut)
def change_stage(request: ActorRequest, stage_id: UUID, body: shapes.StageIn) -> Stage:
    """Rename, recolour or reorder a column; set its probability and when its cards rot."""
    changes = _settings_sent(body)
    with showing_current(lambda: shapes.StageOut.model_validate(queries.stage(request.auth, stage_id))):
        return actions.change_stage(request.auth, stage_id, changes, _version(request, body.version))


@router.delete("/stages/{stage_id}", response={204: None})
def delete_stage(request: ActorRequest, stage_id: UUID, to: UUID | None = None) -> Status[None]:
    """Take a column away; `to` names the stage that gets its cards."""
    actions.archive_stage(request.auth, stage_id, to)
    return Status(204, None)


@router.get("/loss-reasons", response=list[shapes.LossReasonOut])
def get_loss_reasons(request: ActorRequest) -> list[LossReason]:
    """Why leads are lost."""
    return list(queries.loss_reasons(request.auth))


@router.post("/loss-reasons", response={201: shapes.LossReasonOut})
def create_loss_reason(request: ActorRequest, body: shapes.LossReasonIn) -> Status[LossReason]:
    """Another reason."""
    return Status(201, actions.create_loss_reason(request.auth, body.name or ""))


@router.patch("/loss-reasons/{reason_id}", response=shapes.LossReasonOut)
def change_loss_reason(request: ActorRequest, reason_id: UUID, body: shapes.LossReasonIn) -> LossReason:
    """Rename, reorder or archive a reason."""
    changes = _settings_sent(body)
    version = _version(request, body.version)
    with showing_current(
        lambda: shapes.LossReasonOut.model_validate(queries.loss_reason(request.auth, reason_id))
    ):
        return actions.change_loss_reason(request.auth, reason_id, changes, version)


@router.get("/exchange-rates", response=shapes.RatesOut)
def get_exchange_rates(request: ActorRequest) -> dict[str, Any]:
    """What other currencies are worth in the workspace's."""
    base, rates = queries.exchange_rates(request.auth)
    return {"base": base, "rates": rates}


@router.patch("/exchange-rates", response=shapes.RatesOut)
def change_exchange_rates(request: ActorRequest, body: shapes.RatesIn) -> dict[str, Any]:
    """Set rates by currency; null takes one away. Each stands for itself, so no version is asked."""
    actions.set_exchange_rates(request.auth, body.rates)
    return get_exchange_rates(request)


@router.get("/sources", response=list[shapes.SourceOut])
def get_sources(request: ActorRequest) -> list[dict[str, str]]:
    """Where leads come from."""
    return [{"key": key, "label": worded(label)} for key, label in rules.SOURCES.items()]


def _lead_after(actor: Actor, lead_id: UUID) -> HttpResponse:
    if lead_id in queries.visible_ids(actor, [lead_id]):
        return _lead(actor, lead_id)
    # Who gave the lead away does not see it any more, but may see what the change made of it.
    last = queries.lead_page(Actor.product(actor.workspace_id), lead_id)
    return _json(last.model_copy(update={"can": shapes.CanOut(change=False, delete=False, send=False)}))


def _sent(body: BaseModel) -> dict[str, Any]:
    return body.model_dump(exclude_unset=True, exclude={"version"})


def _settings_sent(body: BaseModel) -> dict[str, Any]:
    # Nothing of these may be empty but the days after which cards rot: null means never.
    sent = _sent(body).items()
    return {key: value for key, value in sent if value is not None or key == "rots_after_days"}


def _pipeline(pipeline: Pipeline) -> dict[str, Any]:
    named = {name: getattr(pipeline, name) for name in ("id", "version", "name", "position", "is_default")}
    return {**named, "stages": getattr(pipeline, "shown_stages", [])}


def _pipeline_by_id(actor: Actor, pipeline_id: UUID) -> dict[str, Any]:
    return next(_pipeline(one) for one in queries.pipelines(actor) if one.id == pipeline_id)
