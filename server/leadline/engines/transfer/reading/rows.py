"""What every reader gives: records of cells, in the order of the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from leadline.kit.errors import Invalid
from leadline.kit.sentences import Text

MAX_COLUMNS = 500
MAX_CELL = 50_000


class Kind(StrEnum):
    """What a file is."""

    TEXT = "csv"
    WORKBOOK = "xlsx"
    CARDS = "vcard"
    MAILBOX = "mbox"


class Unreadable(Invalid):
    """The file is not one we can read; the sentence says what to bring instead."""

    default_code = "file_unreadable"


@dataclass(frozen=True, kw_only=True)
class Form:
    """How the file is written. `quote` is empty where a quote is plain text."""

    kind: Kind
    encoding: str = "utf-8"
    delimiter: str = ","
    quote: str = '"'
    header: bool = True
    sheet: str = ""

    @property
    def data(self) -> dict[str, Any]:
        """The form as JSON."""
        return asdict(self)

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Form:
        """The form read back."""
        return cls(**{**data, "kind": Kind(data["kind"])})


@dataclass(frozen=True)
class Record:
    """One row: its number among the rows (from 1), its cells, and why it cannot be used, if it cannot."""

    number: int
    cells: list[str]
    trouble: Text = ""
