"""Read the sheets of a workbook, row by row."""

from __future__ import annotations

import zipfile
from collections.abc import Generator, Iterator
from datetime import date, datetime, time
from decimal import Decimal
from typing import IO, Any

from openpyxl import load_workbook

from leadline.engines.transfer.reading.rows import MAX_CELL, MAX_COLUMNS, Form, Kind, Unreadable

# A workbook is a packed folder; a small file that unpacks to more than this is an attack or a mistake.
MAX_UNPACKED = 1024 * 1024 * 1024
_EMPTY_ROWS = 1000


def form_of(file: IO[bytes]) -> Form:
    """The first sheet that has rows."""
    _require_workbook(file)
    book = _open(file)
    for sheet in book.worksheets:
        if any(any(cell is not None for cell in row) for row in _some(sheet)):
            return Form(kind=Kind.WORKBOOK, sheet=sheet.title)
    raise Unreadable("This workbook has no rows.")


def cells(file: IO[bytes], form: Form) -> Generator[list[str], None, None]:
    """Every row of the sheet that is not empty, as text."""
    book = _open(file)
    sheet = book[form.sheet] if form.sheet in book.sheetnames else book.worksheets[0]
    empty = 0
    for row in sheet.iter_rows(values_only=True, max_col=MAX_COLUMNS):
        shown = [_shown(value) for value in row]
        while shown and not shown[-1]:
            shown.pop()
        if shown:
            empty = 0
            yield shown
        elif (empty := empty + 1) > _EMPTY_ROWS:
            # Formatted but empty rows may go on for a million lines.
            return


def _some(sheet: Any) -> Iterator[tuple[Any, ...]]:
    rows: Iterator[tuple[Any, ...]] = sheet.iter_rows(values_only=True, max_row=50, max_col=MAX_COLUMNS)
    return rows


def _require_workbook(file: IO[bytes]) -> None:
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as packed:
            names = {entry.filename for entry in packed.infolist()}
            size = sum(entry.file_size for entry in packed.infolist())
    except zipfile.BadZipFile as error:
        raise Unreadable(
            "This workbook is damaged. Open it in your spreadsheet and save it again."
        ) from error
    if "xl/workbook.xml" not in names:
        raise Unreadable("This is a zip file. Unpack it and bring the CSV or Excel file in it.")
    if size > MAX_UNPACKED:
        raise Unreadable("This workbook is too large. Save the sheet as CSV.")


def _open(file: IO[bytes]) -> Any:
    file.seek(0)
    try:
        return load_workbook(file, read_only=True, data_only=True)
    except Exception as error:
        raise Unreadable(
            "This workbook is damaged. Open it in your spreadsheet and save it again."
        ) from error


def _shown(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float):
        return (
            str(int(value)) if value.is_integer() and abs(value) < 1e15 else format(Decimal(repr(value)), "f")
        )
    return str(value).strip()[:MAX_CELL]
