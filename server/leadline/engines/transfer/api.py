"""Bring records in from files, and make files of records."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote
from uuid import UUID

from django.http import FileResponse
from ninja import File, Form, Router, Status
from ninja.files import UploadedFile
from pydantic import Field

from leadline.engines.transfer import actions, queries
from leadline.engines.transfer.shapes import (
    ExportIn,
    ExportOut,
    ImportIn,
    ImportOut,
    ImportRow,
    PreviewOut,
    export_out,
    import_out,
    import_row,
    preview_out,
)
from leadline.engines.transfer.writing import MIMES
from leadline.infra.web import Page
from leadline.workspaces.requests import ActorRequest

Limit = Annotated[int, Field(ge=1, le=200)]
router = Router(tags=["transfer"])


@router.post("/imports", response={201: ImportOut})
def create_import(
    request: ActorRequest,
    file: File[UploadedFile],
    object: Form[str] = "lead",
    id: Form[UUID | None] = None,
) -> Status[ImportOut]:
    """Bring a file: CSV, Excel workbook, vCard or mbox. The answer proposes how to take it in."""
    run = actions.start_import(request.auth, file, name=file.name or "file", object_type=object, import_id=id)
    return Status(201, import_out(run))


@router.get("/imports", response=Page[ImportRow])
def get_imports(request: ActorRequest, cursor: str | None = None, limit: Limit = 50) -> Page[ImportRow]:
    """Imports, newest first."""
    rows, following = queries.imports_page(request.auth, cursor, limit)
    return Page(items=[ImportRow(**import_row(run)) for run in rows], next_cursor=following)


@router.get("/imports/{uuid:import_id}", response=ImportOut)
def get_import(request: ActorRequest, import_id: UUID) -> ImportOut:
    """One import with its progress."""
    return import_out(queries.import_page(request.auth, import_id))


@router.patch("/imports/{uuid:import_id}", response=ImportOut)
def change_import(request: ActorRequest, import_id: UUID, body: ImportIn) -> ImportOut:
    """Change how the file is read, where its columns go, and the terms; only before it is run."""
    changes = body.model_dump(exclude_unset=True, mode="json")
    form = {key: value for key, value in (changes.get("form") or {}).items() if value is not None}
    if changes.get("mapping") is None:
        changes.pop("mapping", None)
    return import_out(actions.change_import(request.auth, import_id, {**changes, "form": form}))


@router.delete("/imports/{uuid:import_id}", response={204: None})
def drop_import(request: ActorRequest, import_id: UUID) -> Status[None]:
    """Forget a file that was not run."""
    actions.drop_import(request.auth, import_id)
    return Status(204, None)


@router.get("/imports/{uuid:import_id}/preview", response=PreviewOut)
def get_preview(request: ActorRequest, import_id: UUID) -> PreviewOut:
    """The first rows as they would be, and how many rows are new, duplicates, and bad."""
    return preview_out(queries.preview(request.auth, import_id))


@router.post("/imports/{uuid:import_id}/runs", response=ImportOut)
def create_run(request: ActorRequest, import_id: UUID) -> ImportOut:
    """Take the rows in; asked twice they are taken in once."""
    return import_out(actions.begin(request.auth, import_id))


@router.post("/imports/{uuid:import_id}/cancellations", response=ImportOut)
def create_cancellation(request: ActorRequest, import_id: UUID) -> ImportOut:
    """Stop; what was taken in stays, and can be undone."""
    return import_out(actions.cancel(request.auth, import_id))


@router.post("/imports/{uuid:import_id}/undos", response=ImportOut)
def create_undo(request: ActorRequest, import_id: UUID) -> ImportOut:
    """Take an import of the last 30 days back; what somebody touched since stays and is listed."""
    return import_out(actions.undo(request.auth, import_id))


@router.get("/imports/{uuid:import_id}/errors")
def get_errors(request: ActorRequest, import_id: UUID) -> FileResponse:
    """The bad rows as they were, each with its reason, as CSV."""
    run, made = queries.error_file(request.auth, import_id)
    stem = run.name.rpartition(".")[0] or run.name
    return _attached(FileResponse(made, content_type="text/csv; charset=utf-8"), f"{stem}-errors.csv")


@router.post("/exports", response={201: ExportOut})
def create_export(request: ActorRequest, body: ExportIn) -> Status[ExportOut]:
    """Make a file of the records the filter finds, or, without an object, of everything."""
    made = actions.start_export(
        request.auth, object_type=body.object, format=body.format, filter=body.filter, export_id=body.id
    )
    return Status(201, export_out(made))


@router.get("/exports", response=Page[ExportOut])
def get_exports(request: ActorRequest, cursor: str | None = None, limit: Limit = 50) -> Page[ExportOut]:
    """The files you had made, newest first; they are kept for 7 days."""
    rows, following = queries.exports_page(request.auth, cursor, limit)
    return Page(items=[export_out(one) for one in rows], next_cursor=following)


@router.get("/exports/{uuid:export_id}", response=ExportOut)
def get_export(request: ActorRequest, export_id: UUID) -> ExportOut:
    """One file with its progress."""
    return export_out(queries.export_page(request.auth, export_id))


@router.get("/exports/{uuid:export_id}/file")
def get_export_file(request: ActorRequest, export_id: UUID) -> FileResponse:
    """The finished file."""
    export, made = queries.export_file(request.auth, export_id)
    name = f"{export.object_type or 'leadline'}-{export.created_at:%Y-%m-%d}.{export.format}"
    return _attached(FileResponse(made, content_type=MIMES[export.format]), name)


def _attached(response: FileResponse, name: str) -> FileResponse:
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    response.headers["Cache-Control"] = "private, no-store"
    return response
