"""Write tables as files: CSV that no spreadsheet runs, and workbooks."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import IO, Any, Protocol

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from leadline.engines.transfer.rules import harmless
from leadline.kit import text

CSV, XLSX = "csv", "xlsx"
MIMES = {
    CSV: "text/csv",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}
_LONGEST_CELL = 32_767
# A sheet ends here; more rows need CSV.
MAX_SHEET_ROWS = 1_048_576


class Table(Protocol):
    """A table that is written row by row."""

    def row(self, cells: Sequence[str]) -> None:
        """Add one row."""
        ...

    def end(self) -> None:
        """Nothing more comes."""
        ...


class CsvTable:
    """Comma-separated, UTF-8 with the mark by which spreadsheets know it."""

    def __init__(self, out: IO[bytes]) -> None:
        self._text = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
        self._text.write("\ufeff")
        self._writer = csv.writer(self._text)

    def row(self, cells: Sequence[str]) -> None:
        """Add one row."""
        self._writer.writerow([harmless(cell) for cell in cells])

    def end(self) -> None:
        """Leave the file open for whoever opened it."""
        self._text.detach()


class SheetTable:
    """A workbook with one sheet; every cell is text, so that nothing in it is run."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out
        self._book = Workbook(write_only=True)
        self._sheet: Any = self._book.create_sheet("Leadline")

    def row(self, cells: Sequence[str]) -> None:
        """Add one row."""
        self._sheet.append([self._cell(cell) for cell in cells])

    def end(self) -> None:
        """Write the file."""
        self._book.save(self._out)

    def _cell(self, value: str) -> Any:
        made = WriteOnlyCell(self._sheet, value=text.clean(value, _LONGEST_CELL))
        made.data_type = "s"
        return made


def table(out: IO[bytes], format: str) -> Table:
    """A table of the format that is written to the file."""
    return SheetTable(out) if format == XLSX else CsvTable(out)
