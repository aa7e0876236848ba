"""Shapes of the API of import and export."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from leadline.engines.transfer import mapping
from leadline.engines.transfer.cells import label_of
from leadline.engines.transfer.models import Export, Import
from leadline.engines.transfer.ports import Verdict
from leadline.engines.transfer.queries import Preview, reason_of
from leadline.engines.transfer.rules import DateOrder, State
from leadline.infra.language import worded
from leadline.infra.web import Shape, one_of
from leadline.kit import clock

_States = Annotated[str, one_of(State)]
_Order = Literal["dmy", "mdy", "ymd"]


class FileForm(Shape):
    """How a file is written. `kind` and `sheet` are found out; the rest can be chosen."""

    kind: str
    encoding: str
    delimiter: str
    quote: str
    header: bool
    sheet: str


class FileFormIn(Shape):
    """Read the file in another way."""

    encoding: Literal["utf-8", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "cp1255", "cp1251"] | None = None
    delimiter: Literal[",", ";", "\t", "|"] | None = None
    quote: Literal['"', "'", ""] | None = None
    header: bool | None = None


class ColumnShape(Shape):
    """One column of the file; `dates` = its cells are dates, `order` = the only order they can have."""

    header: str
    samples: list[str]
    filled: int
    dates: bool
    order: Annotated[str, one_of(DateOrder)] | None = None
    decimal: str = ""


class PlaceShape(Shape):
    """Where a column goes: the key of a field, `extra` (kept beside the record) or nowhere (empty)."""

    to: str
    mode: Literal["fill", "overwrite"] = "fill"
    dates: _Order | None = None
    decimal: Literal["", ".", ","] = ""


class OptionsShape(Shape):
    """The terms. `quiet`: no automation starts, nobody is told, no clock runs."""

    duplicates: Literal["skip", "update", "create"] = "skip"
    defaults: dict[str, str] = Field(default_factory=dict)
    owner_id: UUID | None = None
    quiet: bool = True


class ImportIn(Shape):
    """Change a draft."""

    form: FileFormIn | None = None
    mapping: list[PlaceShape] | None = None
    options: OptionsShape | None = None


class FieldShape(Shape):
    """A place a column may go to."""

    key: str
    label: str
    type: str
    only_adds: bool


class KeptShape(Shape):
    """A record an undo left alone."""

    id: UUID
    name: str
    reason: str


class UndoneShape(Shape):
    """What an undo did."""

    removed: int = 0
    restored: int = 0
    kept: int = 0
    records: list[KeptShape] = Field(default_factory=list)


class ImportRow(Shape):
    """An import in the list: created + updated + skipped + bad = position, which grows to rows."""

    id: UUID
    object: str
    name: str
    state: _States
    rows: int
    position: int
    created: int
    updated: int
    skipped: int
    bad: int
    per_second: float
    error: str
    by_name: str
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    can_undo: bool


class ImportOut(ImportRow):
    """An import with everything its page shows."""

    form: FileForm
    columns: list[ColumnShape]
    mapping: list[PlaceShape]
    options: OptionsShape
    fields: list[FieldShape]
    undone: UndoneShape | None


class CellShape(Shape):
    """One value of a previewed row."""

    key: str
    label: str
    value: str


class PreviewRow(Shape):
    """A row as it would be."""

    number: int
    fate: Annotated[str, one_of(("new", "duplicate", "bad"))]
    reason: str
    cells: list[CellShape]


class CountsShape(Shape):
    """What would become of all rows."""

    new: int
    duplicate: int
    bad: int


class PreviewOut(Shape):
    """The first rows and the counts, which are missing while a large file is counted.

    `undecided` are the columns whose dates can be read in two ways.
    """

    rows: list[PreviewRow]
    counts: CountsShape | None
    undecided: list[str]


class ExportIn(Shape):
    """A file to be made; without `object` it holds everything."""

    id: UUID | None = None
    object: str = ""
    format: Literal["csv", "xlsx"] = "csv"
    filter: dict[str, Any] | None = None


class ExportOut(Shape):
    """A file that is made."""

    id: UUID
    object: str
    format: str
    state: _States
    done: int
    total: int
    error: str
    created_at: datetime
    finished_at: datetime | None


def import_row(run: Import) -> dict[str, Any]:
    """An import as the list shows it."""
    until = run.finished_at or clock.now()
    seconds = (until - run.started_at).total_seconds() if run.started_at else 0.0
    names = (
        *("id", "name", "state", "rows", "position", "created", "updated", "skipped", "bad"),
        *("by_name", "created_at", "started_at", "finished_at"),
    )
    return {
        **{name: getattr(run, name) for name in names},
        "object": run.object_type,
        "per_second": round(run.position / seconds, 1) if seconds > 0 else 0.0,
        "error": worded(run.error),
        "can_undo": mapping.can_undo(run),
    }


def import_out(run: Import) -> ImportOut:
    """An import as its page shows it."""
    columns = mapping.target_of(run.object_type).columns()
    undone = dict(run.undone) if run.undone else None
    if undone is not None:
        undone["records"] = [{**one, "reason": reason_of(one["reason"])} for one in undone["records"]]
    return ImportOut(
        **import_row(run),
        form=run.form,
        columns=run.columns,
        mapping=run.mapping,
        options=run.options,
        fields=[
            FieldShape(
                key=column.field.key,
                label=label_of(column.field),
                type=column.field.type.value,
                only_adds=column.only_adds,
            )
            for column in columns
        ],
        undone=undone,
    )


def preview_out(made: Preview) -> PreviewOut:
    """A preview as the wizard shows it."""
    return PreviewOut(
        rows=[_preview_row(one, made) for one in made.rows],
        counts=vars(made.counts) if made.counts else None,
        undecided=list(made.undecided),
    )


def _preview_row(one: Verdict, made: Preview) -> PreviewRow:
    fate = "bad" if one.trouble else "duplicate" if one.duplicate else "new"
    values = {**one.row.values, **one.row.extra}
    return PreviewRow(
        number=one.row.number,
        fate=fate,
        reason=worded(one.trouble) if one.trouble else "",
        cells=[
            CellShape(key=key, label=made.labels.get(key, key), value=_shown(value)[:200])
            for key, value in values.items()
        ],
    )


def _shown(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def export_out(export: Export) -> ExportOut:
    """An export as the list shows it."""
    return ExportOut(
        id=export.id,
        object=export.object_type,
        format=export.format,
        state=export.state,
        done=export.done,
        total=export.total,
        error=worded(export.error),
        created_at=export.created_at,
        finished_at=export.finished_at,
    )
