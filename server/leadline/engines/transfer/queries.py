"""Read imports and exports: lists, previews, files of bad rows."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import islice
from typing import IO, Any
from uuid import UUID

from leadline.engines.transfer import mapping, policy, reading
from leadline.engines.transfer.cells import Place, label_of, verdict
from leadline.engines.transfer.models import Export, Import, ImportedRow
from leadline.engines.transfer.ports import Verdict
from leadline.engines.transfer.reading import Form, Record
from leadline.engines.transfer.rules import COUNTED_AT_ONCE, PIECE, PREVIEWED, Outcome, harmless
from leadline.infra import files, lookup
from leadline.infra.language import told, worded
from leadline.infra.web.shapes import decode_cursor, page
from leadline.kit.errors import Conflict, Invalid
from leadline.workspaces.actor import Actor

_MARK = "\ufeff"


def imports_page(actor: Actor, cursor: str | None, limit: int) -> tuple[list[Import], str | None]:
    """Imports, newest first: 1 statement."""
    rows = policy.visible_imports(actor)
    if cursor:
        rows = rows.filter(id__lt=_id_in(cursor))
    return page(list(rows.order_by("-id")[: limit + 1]), limit=limit, key=lambda run: [str(run.id)])


def import_page(actor: Actor, import_id: UUID) -> Import:
    """One import."""
    return lookup.get(policy.visible_imports(actor), import_id)


def exports_page(actor: Actor, cursor: str | None, limit: int) -> tuple[list[Export], str | None]:
    """The actor's exports, newest first: 1 statement."""
    rows = policy.visible_exports(actor)
    if cursor:
        rows = rows.filter(id__lt=_id_in(cursor))
    return page(list(rows.order_by("-id")[: limit + 1]), limit=limit, key=lambda one: [str(one.id)])


def export_page(actor: Actor, export_id: UUID) -> Export:
    """One export."""
    return lookup.get(policy.visible_exports(actor), export_id)


def export_file(actor: Actor, export_id: UUID) -> tuple[Export, IO[bytes]]:
    """The finished file, open; Conflict (409) while it is not finished."""
    export = export_page(actor, export_id)
    if export.file_id is None:
        raise Conflict("This file is not ready yet. Try again in a moment.")
    return export, files.opened(export.file_id)


@contextmanager
def records(run: Import, *, after: int = 0) -> Iterator[Iterator[Record]]:
    """The rows of the import's file after so many."""
    with (
        files.opened(run.file_id) as file,
        closing(reading.rows(file, Form.of(run.form), len(run.columns), after=after)) as rows,
    ):
        yield rows


@dataclass
class Counts:
    """What would become of all rows."""

    new: int = 0
    duplicate: int = 0
    bad: int = 0

    def add(self, verdicts: Sequence[Verdict]) -> None:
        """Count these too."""
        bad = sum(bool(one.trouble) for one in verdicts)
        duplicate = sum(one.duplicate and not one.trouble for one in verdicts)
        self.bad += bad
        self.duplicate += duplicate
        self.new += len(verdicts) - bad - duplicate


@dataclass
class Preview:
    """The first rows as they would be, and the counts over the whole file; None while they are counted."""

    rows: list[Verdict] = field(default_factory=list)
    counts: Counts | None = None
    labels: Mapping[str, str] = field(default_factory=dict)
    undecided: Sequence[str] = ()


def preview(actor: Actor, import_id: UUID) -> Preview:
    """What would happen; a fixed number of statements for every thousand rows."""
    run = import_page(actor, import_id)
    columns = mapping.target_of(run.object_type).columns()
    made = Preview(
        labels={column.field.key: label_of(column.field) for column in columns},
        undecided=mapping.undecided(run, columns),
    )
    most = run.rows if run.rows <= COUNTED_AT_ONCE and run.counts is None else PREVIEWED
    counts = Counts()
    for verdicts in judged(actor, run, most=most):
        made.rows = made.rows or list(verdicts[:PREVIEWED])
        counts.add(verdicts)
    if run.counts is not None:
        made.counts = Counts(**run.counts)
    elif most == run.rows:
        made.counts = counts
    return made


def judged(actor: Actor, run: Import, *, most: int) -> Iterator[list[Verdict]]:
    """What would become of the first rows, in pieces; nothing is written."""
    target, terms = mapping.target_of(run.object_type), mapping.terms(run)
    places, zone = mapping.places(run, target.columns()), mapping.zone_of(actor)
    seen: set[Any] = set()
    with records(run) as rows:
        wanted = islice(rows, most)
        while piece := list(islice(wanted, PIECE)):
            read = [verdict(record, places, zone) for record in piece]
            good = [one.row for one in read if not one.trouble]
            known = {one.row.number: one for one in target.judge(actor, good, terms, seen)}
            yield [known.get(one.row.number, one) for one in read]


def read_rows(run: Import, records: Sequence[Record], places: Sequence[Place], actor: Actor) -> list[Verdict]:
    """These rows with their values."""
    zone = mapping.zone_of(actor)
    return [verdict(record, places, zone) for record in records]


def outcomes(run: Import, outcome: Outcome, *, most: int) -> list[ImportedRow]:
    """The first rows that ended so, in the order of the file."""
    return list(ImportedRow.objects.filter(run=run, outcome=outcome).order_by("number")[:most])


def error_file(actor: Actor, import_id: UUID) -> tuple[Import, IO[bytes]]:
    """The bad rows exactly as they were, each with its reason, as CSV that no spreadsheet runs."""
    run = import_page(actor, import_id)
    bad = ImportedRow.objects.filter(run=run, outcome=Outcome.BAD).order_by("number")
    waiting = iter(bad.values_list("number", "reason").iterator(chunk_size=2000))
    made = tempfile.SpooledTemporaryFile(5 * 1024 * 1024)  # noqa: SIM115 - the answer closes it
    text = io.TextIOWrapper(made, encoding="utf-8", newline="", write_through=True)
    text.write(_MARK)
    out = csv.writer(text)
    headers = [str(column["header"]) for column in run.columns]
    out.writerow([harmless(header) for header in [worded("Row"), worded("Reason"), *headers]])
    number, reason = next(waiting, (0, {}))
    with records(run) as rows:
        for record in rows:
            if not number:
                break
            if record.number == number:
                out.writerow([number, *map(harmless, [reason_of(reason), *record.cells])])
                number, reason = next(waiting, (0, {}))
    text.detach()
    made.seek(0)
    return run, made


def reason_of(stored: Mapping[str, Any]) -> str:
    """The reason of an outcome in the language spoken now."""
    return told(stored.get("sentence"), str(stored.get("text", "")))


def _id_in(cursor: str) -> UUID:
    try:
        return UUID(str(decode_cursor(cursor)[0]))
    except (ValueError, IndexError) as error:
        raise Invalid("This cursor is not valid; start again without it.", field="cursor") from error
