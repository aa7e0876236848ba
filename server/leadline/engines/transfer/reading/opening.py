"""Find out what a file is and give its rows; whatever is no table is refused in plain words."""

from __future__ import annotations

import re
from collections.abc import Generator
from contextlib import closing
from typing import IO

from leadline.engines.transfer.reading import cards, delimited, mailbox, workbook
from leadline.engines.transfer.reading.rows import Form, Kind, Record, Unreadable
from leadline.infra.files.kinds import kind_of
from leadline.kit.sentences import Text, say

_REFUSED: tuple[tuple[str, Text], ...] = (
    ("image/", "This is a picture. Bring the list as CSV or as an Excel workbook (.xlsx)."),
    ("audio/", "This is a sound. Bring the list as CSV or as an Excel workbook (.xlsx)."),
    ("video/", "This is a film. Bring the list as CSV or as an Excel workbook (.xlsx)."),
    ("application/pdf", "This is a PDF. Bring the list as CSV or as an Excel workbook (.xlsx)."),
    (
        "application/x-ole-storage",
        "This is an old Excel or Word file. Save it as .xlsx or as CSV and bring that.",
    ),
)
_MARKUP = re.compile(r"^\s*(<!doctype|<html|<\?xml|[{\[]\s*[\"{\[])", re.IGNORECASE)
_VALUE = re.compile(r"^\s*([+(]?[\d][\d\s().,:/+-]*|\S+@\S+\.\S+|https?://\S+)\s*$")
_OWN_HEADERS = {Kind.CARDS: cards.HEADERS, Kind.MAILBOX: mailbox.HEADERS}


def recognise(file: IO[bytes]) -> Form:
    """What the file is and how it is written, by its content; Unreadable (422) in plain words otherwise."""
    file.seek(0)
    head = file.read(4096)
    if not head.strip(b"\0 \r\n\t"):
        raise Unreadable("The file is empty.")
    kind = kind_of(head, "")
    for start, sentence in _REFUSED:
        if kind.startswith(start):
            raise Unreadable(sentence)
    if kind == "application/zip":
        return workbook.form_of(file)
    if head.startswith(b"\x1f\x8b"):
        raise Unreadable("This file is packed. Unpack it and bring the file in it.")
    if head.startswith(b"From ") and b"\n" in head:
        return Form(kind=Kind.MAILBOX)
    if re.search(r"BEGIN:VCARD", head.replace(b"\0", b"").decode("latin-1"), re.IGNORECASE):
        return Form(kind=Kind.CARDS)
    form = delimited.form_of(file)
    if _MARKUP.match(head.decode(form.encoding.removesuffix("-sig"), "replace").lstrip("\ufeff")):
        raise Unreadable("This is a web page or a program's file. Bring the list as CSV or as .xlsx.")
    return Form(**{**form.data, "header": _has_header(file, form)})


def _has_header(file: IO[bytes], form: Form) -> bool:
    """The first row names the columns unless one of its cells is a number, a mail address or a link."""
    with closing(_cells(file, form)) as rows:
        first = next(rows, [])
    return not any(_VALUE.match(cell) for cell in first)


def headers(file: IO[bytes], form: Form) -> list[str]:
    """The names of the columns; a column without a name is called by its place."""
    if form.kind in _OWN_HEADERS:
        return list(_OWN_HEADERS[form.kind])
    with closing(_table(file, form)) as table:
        first = next(table, [])
    if not form.header:
        first = ["" for _ in first]
    names = [" ".join(cell.split())[:200] for cell in first]
    while names and not names[-1] and form.header:
        names.pop()
    return [name or f"#{place}" for place, name in enumerate(names, 1)]


def rows(file: IO[bytes], form: Form, width: int, *, after: int = 0) -> Generator[Record, None, None]:
    """The rows after so many, each with `width` cells; one with more says so."""
    table = _table(file, form)
    with closing(table):
        if form.header and form.kind not in _OWN_HEADERS:
            next(table, None)
        for number, cells in enumerate(table, 1):
            if number <= after:
                continue
            extra = [cell for cell in cells[width:] if cell.strip()]
            trouble: Text = say("has {n} cells more than there are columns", n=len(extra)) if extra else ""
            padded = [cell.strip() for cell in cells[:width]] + [""] * (width - len(cells))
            yield Record(number, padded, trouble)


def _table(file: IO[bytes], form: Form) -> Generator[list[str], None, None]:
    """The rows from the heading on: a title above the table is no row."""
    rows = _cells(file, form)
    if not form.header or form.kind in _OWN_HEADERS:
        yield from rows
        return
    above: list[list[str]] = []
    for row in rows:
        above.append(row)
        if sum(bool(cell.strip()) for cell in row) > 1 or len(above) > 5:
            break
    # Where every row has one cell only, the first is the heading.
    wide = above and sum(bool(cell.strip()) for cell in above[-1]) > 1
    yield from above[-1:] if wide else above
    yield from rows


def _cells(file: IO[bytes], form: Form) -> Generator[list[str], None, None]:
    file.seek(0)
    if form.kind is Kind.WORKBOOK:
        return workbook.cells(file, form)
    if form.kind is Kind.CARDS:
        return cards.cells(file)
    if form.kind is Kind.MAILBOX:
        return mailbox.cells(file)
    return delimited.cells(file, form)
