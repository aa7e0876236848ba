"""Find out how a text file is written: its encoding, its delimiter, its quotes."""

from __future__ import annotations

import codecs
import csv
from collections import Counter
from collections.abc import Iterator
from typing import IO

SAMPLE = 128 * 1024
_PIECE = 1024 * 1024
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DELIMITERS = (",", ";", "\t", "|")
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "cp1255", "cp1251")


def encoding_of(file: IO[bytes]) -> str:
    """The encoding of a text file; the file is left at its beginning."""
    file.seek(0)
    head = file.read(SAMPLE)
    try:
        for mark, name in _MARKS:
            if head.startswith(mark):
                return name
        if wide := _wide(head):
            return wide
        if _is_utf8(head, file):
            return "utf-8"
        return "cp1255" if _looks_hebrew(head) else "cp1252"
    finally:
        file.seek(0)


def _wide(head: bytes) -> str:
    """UTF-16 without its mark: every second byte of Western text is zero, and many of any other."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    enough = len(head) // 8
    if odd > enough and odd > 4 * even:
        return "utf-16-le"
    if even > enough and even > 4 * odd:
        return "utf-16-be"
    return ""


def _is_utf8(head: bytes, rest: IO[bytes]) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    piece = head
    try:
        while piece:
            decoder.decode(piece)
            piece = rest.read(_PIECE)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _looks_hebrew(head: bytes) -> bool:
    """Hebrew words are rows of high bytes; in Western languages accented letters stand among plain ones."""
    letters = [0xE0 <= byte <= 0xFA for byte in head]
    total = sum(letters)
    beside = sum(one and (letters[i - 1] if i else False) for i, one in enumerate(letters))
    return total > 0 and beside > total / 2


def delimiter_and_quote(sample: str, *, whole: bool) -> tuple[str, str]:
    """The delimiter and the quote under which the rows of the sample are most alike."""
    best, found = -1.0, (",", '"')
    for delimiter in _DELIMITERS:
        for quote in ('"', "'", ""):
            score = _alike(sample, delimiter, quote, whole=whole)
            # A plain quote is the usual one: another reading must be clearly better.
            if score > best + (0 if best < 0 else 1e-9 if quote == '"' else 0.05):
                best, found = score, (delimiter, quote)
    return found


def _alike(sample: str, delimiter: str, quote: str, *, whole: bool) -> float:
    if quote == "'" and not any(
        f"{delimiter}'" in line or line.startswith("'") for line in sample.split("\n")
    ):
        return -1.0
    try:
        rows = [row for row in parsed(iter(sample.splitlines(keepends=True)), delimiter, quote) if any(row)]
    except csv.Error:
        return -1.0
    rows = rows if whole or len(rows) < 3 else rows[:-1]
    widths = Counter(len(row) for row in rows)
    if not widths:
        return 0.0
    # The first row says how wide the table is; where it is a heading of one cell, the usual row does.
    width, count = max(widths.items(), key=lambda one: (one[1], one[0]))
    if width == 1:
        return 0.0
    torn = sum(
        quote in ("", "'") and cell.startswith('"') and cell.endswith('"') for row in rows for cell in row
    )
    return count / len(rows) + min(width, 50) / 500 - torn / len(rows)


def parsed(lines: Iterator[str], delimiter: str, quote: str) -> Iterator[list[str]]:
    """The rows of delimited text."""
    return csv.reader(
        (line.replace("\0", "") for line in lines),
        delimiter=delimiter,
        quotechar=quote or None,
        quoting=csv.QUOTE_MINIMAL if quote else csv.QUOTE_NONE,
        doublequote=True,
    )
