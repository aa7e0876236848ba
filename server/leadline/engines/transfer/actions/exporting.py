"""Make a file of records, or of everything: as a job, piece by piece, always what its maker may see."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from typing import IO, Any
from uuid import UUID

from leadline.engines.notices import actions as notices
from leadline.engines.notices.ports import Telling
from leadline.engines.transfer import policy
from leadline.engines.transfer.models import Export
from leadline.engines.transfer.ports import Source, sources
from leadline.engines.transfer.rules import PIECE, State
from leadline.engines.transfer.writing import CSV, MAX_SHEET_ROWS, MIMES, XLSX, table
from leadline.infra import files, language, tenancy
from leadline.infra.jobs import background
from leadline.kit import clock
from leadline.kit.errors import Invalid, LeadlineError, NotFound
from leadline.kit.sentences import say
from leadline.workspaces import audit
from leadline.workspaces.actor import Actor
from leadline.workspaces.door import actor_of_member
from leadline.workspaces.policy import visible_members

_ZIP = "zip"
Told = Callable[[int], None]


def start_export(
    actor: Actor,
    *,
    object_type: str = "",
    format: str = CSV,
    filter: Mapping[str, Any] | None = None,
    export_id: UUID | None = None,
) -> Export:
    """Begin a file of one kind of records, as many as the filter finds, or of everything.

    The same id twice is the same export.
    """
    policy.require_can_export(actor, everything=not object_type)
    if export_id is not None and (known := policy.visible_exports(actor).filter(id=export_id).first()):
        return known
    if object_type and object_type not in sources:
        raise NotFound(say("“{key}” cannot be exported.", key=object_type[:40]), field="object")
    if format not in (CSV, XLSX):
        raise Invalid("Choose csv or xlsx.", field="format")
    wanted = [sources[object_type]] if object_type else list(sources.values())
    total = sum(source.count(actor, filter if object_type else None) for source in wanted)
    export = Export(
        object_type=object_type,
        format=format if object_type else _ZIP,
        filter=dict(filter) if filter and object_type else None,
        total=total,
        language=actor.language,
        by_id=actor.member_id,
        by_name=actor.name,
    )
    if format == XLSX and total >= MAX_SHEET_ROWS:
        raise Invalid("A workbook cannot hold so many rows. Choose CSV.", field="format")
    if export_id is not None:
        export.id = export_id
    export.save(force_insert=True)
    make.later(workspace_id=str(export.workspace_id), export_id=str(export.id))
    facts = {"object": object_type or "everything", "rows": total, "format": export.format}
    audit.record(actor, "export.started", "export", export.id, facts)
    return export


@background(retries=3, name="transfer.make")
def make(*, workspace_id: str, export_id: str) -> None:
    """Write the file; begun anew when a worker died, for half a file is none."""
    workspace = UUID(workspace_id)
    with tenancy.workspace(workspace):
        export = Export.objects.filter(id=export_id, state=State.RUNNING).select_related("by").first()
        if export is None:
            return
        if export.by is None or not export.by.active:
            _end(export, State.FAILED, "Whoever wanted this file is no longer here.")
            return
        member = visible_members(Actor.product(workspace)).prefetch_related("teams").get(id=export.by.id)
        actor = actor_of_member(member, frozenset(team.id for team in member.teams.all()), export.language)
    with tempfile.TemporaryFile() as out, language.speaking(export.language):
        try:
            _write(actor, export, out)
        except LeadlineError as problem:
            with tenancy.workspace(workspace):
                _end(export, State.FAILED, problem.detail)
            return
        with tenancy.workspace(workspace):
            name = f"{export.object_type or 'leadline'}-{clock.now():%Y-%m-%d}.{export.format}"
            export.file = files.store_stream(name, out, MIMES[export.format])
            _end(export, State.DONE)


def _write(actor: Actor, export: Export, out: IO[bytes]) -> None:
    def told(count: int) -> None:
        export.done += count
        Export.objects.filter(id=export.id).update(done=export.done)

    export.done = 0
    if export.object_type:
        source = sources[export.object_type]
        _table(actor, source, export.filter, out, export.format, told)
        return
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for source in sources.values():
            with packed.open(f"{source.object_type}.csv", "w", force_zip64=True) as entry:
                _table(actor, source, None, entry, CSV, told)
        _files(actor, packed)


def _table(
    actor: Actor,
    source: Source,
    filter: Mapping[str, Any] | None,
    out: IO[bytes],
    format: str,
    told: Told,
) -> None:
    written = table(out, format)
    after: UUID | None = None
    headers: Sequence[tuple[str, str]] = ()
    while True:
        with tenancy.workspace(actor.workspace_id):
            if not headers:
                headers = source.headers(actor)
                written.row([label for _, label in headers])
            rows = source.rows(actor, filter, after, PIECE)
            told(len(rows))
        for row_id, values in rows:
            written.row([_shown(values.get(key)) for key, _ in headers])
            after = row_id
        if len(rows) < PIECE:
            break
    written.end()


def _files(actor: Actor, packed: zipfile.ZipFile) -> None:
    taken: set[str] = set()
    for source in sources.values():
        if source.files is None:
            continue
        with tenancy.workspace(actor.workspace_id):
            listed = source.files(actor)
        for name, file_id in listed:
            place = f"files/{file_id}-{name}"
            if place in taken:
                continue
            taken.add(place)
            with tenancy.workspace(actor.workspace_id):
                content = files.opened(file_id)
            with closing(content), packed.open(place, "w") as entry:
                while piece := content.read(1024 * 1024):
                    entry.write(piece)


def _shown(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return ", ".join(str(item) for item in value)
    return str(getattr(value, "isoformat", lambda: value)())


def _end(export: Export, state: State, error: str = "") -> None:
    export.state, export.error, export.finished_at = state, error, clock.now()
    export.save(update_fields=["state", "error", "finished_at", "file", "done"])
    if export.by_id is None or state != State.DONE:
        return
    title = say("Your export is ready ({n} rows)", n=export.done)
    notices.tell(
        [
            Telling(
                member_id=export.by_id,
                kind="export.done",
                title=title,
                link_object="export",
                link_id=export.id,
                once=f"export:{export.id}",
            )
        ]
    )
