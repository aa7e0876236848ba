"""Read delimited text, row by row."""

from __future__ import annotations

import csv
import io
from collections.abc import Generator
from typing import IO

from leadline.engines.transfer.reading import dialects
from leadline.engines.transfer.reading.rows import MAX_CELL, MAX_COLUMNS, Form, Kind, Unreadable
from leadline.kit.sentences import say

# A quote that is never closed would swallow the rest of the file.
csv.field_size_limit(1_000_000)


def form_of(file: IO[bytes]) -> Form:
    """How the text is written."""
    encoding = dialects.encoding_of(file)
    text = _text(file, encoding)
    sample = text.read(dialects.SAMPLE)
    whole = len(sample) < dialects.SAMPLE
    text.detach()
    if "\0" in sample:
        raise Unreadable("This file is not text. Save it as CSV or as an Excel workbook (.xlsx).")
    delimiter, quote = dialects.delimiter_and_quote(sample, whole=whole)
    return Form(kind=Kind.TEXT, encoding=encoding, delimiter=delimiter, quote=quote)


def cells(file: IO[bytes], form: Form) -> Generator[list[str], None, None]:
    """Every row that is not empty; a row that a spreadsheet wrapped into one cell is opened."""
    width = 0
    text = _text(file, form.encoding)
    try:
        for row in dialects.parsed(text, form.delimiter, form.quote):
            if not any(cell.strip() for cell in row):
                continue
            if width > 1 and len(row) > 0 and form.delimiter in row[0] and not any(row[1:]):
                row = _unwrapped(row, form, width)
            width = width or len(row)
            if len(row) > MAX_COLUMNS:
                raise Unreadable(say("The file has more than {n} columns.", n=MAX_COLUMNS))
            yield [cell[:MAX_CELL] for cell in row]
    except csv.Error as error:
        raise Unreadable(
            "A quotation mark is opened in this file and never closed. Correct it, or choose another quote."
        ) from error
    finally:
        text.detach()


def _unwrapped(row: list[str], form: Form, width: int) -> list[str]:
    inner = next(dialects.parsed(iter([row[0]]), form.delimiter, form.quote), row)
    return inner if len(inner) > 1 and abs(len(inner) - width) <= 1 else row


def _text(file: IO[bytes], encoding: str) -> io.TextIOWrapper:
    file.seek(0)
    return io.TextIOWrapper(file, encoding=encoding, errors="replace", newline="")
