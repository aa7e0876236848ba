"""Cells become values as the people who wrote them meant."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadline.engines.schema.ports import Field, FieldType
from leadline.engines.transfer import dates
from leadline.engines.transfer.cells import Place, verdict
from leadline.engines.transfer.guessing import guess, look_at
from leadline.engines.transfer.ports import Column
from leadline.engines.transfer.reading import Record
from leadline.engines.transfer.rules import DateOrder, as_written, harmless

DAY, MONTH, YEAR = DateOrder.DAY_FIRST, DateOrder.MONTH_FIRST, DateOrder.YEAR_FIRST


def seen(*cells: str) -> DateOrder | None:
    """The order the cells of a column leave."""
    (column,), _ = look_at(["Date"], [Record(n, [cell]) for n, cell in enumerate(cells, 1)])
    return column.order


def test_one_cell_decides_the_order_of_dates_for_the_whole_column() -> None:
    assert seen("01/02/2026", "03/04/2026", "31/12/2026") is DAY
    assert seen("01/02/2026", "12/31/2026") is MONTH
    assert seen("2026-01-02") is YEAR


def test_where_nothing_decides_the_order_somebody_has_to() -> None:
    assert seen("01/02/2026", "03/04/2026") is None


@pytest.mark.parametrize(
    ("cell", "order", "at"),
    [
        ("31/12/2026", DAY, datetime(2026, 12, 31, tzinfo=UTC)),
        ("12/31/26 5:30 PM", MONTH, datetime(2026, 12, 31, 17, 30, tzinfo=UTC)),
        ("2026-12-31T08:00:00+02:00", DAY, datetime(2026, 12, 31, 8, tzinfo=timezone(timedelta(hours=2)))),
        ("5 Jan 2026", DAY, datetime(2026, 1, 5, tzinfo=UTC)),
        ("January 5, 2026", DAY, datetime(2026, 1, 5, tzinfo=UTC)),
        ("46022", DAY, datetime(2025, 12, 31, tzinfo=UTC)),
        ("31/02/2026", DAY, None),
        ("soon", DAY, None),
    ],
)
def test_dates_are_read_as_written(cell: str, order: DateOrder, at: datetime | None) -> None:
    assert dates.read(cell, order, UTC) == at


@given(st.dates(min_value=date(1970, 1, 1), max_value=date(2069, 12, 31)))
def test_every_date_survives_in_every_order(day: date) -> None:
    for order, form in ((DAY, "%d/%m/%Y"), (MONTH, "%m/%d/%Y"), (YEAR, "%Y-%m-%d")):
        found = dates.read(day.strftime(form), order, UTC)
        assert found is not None
        assert found.date() == day


def value(type: FieldType, cell: str, decimal: str = "") -> object:
    """The value of one cell, or its trouble."""
    place = Place("Column", "key", Field(key="key", type=type, label="Key"), decimal=decimal)
    found = verdict(Record(1, [cell]), [place], UTC)
    return str(found.trouble) or found.row.values["key"]


def test_numbers_yes_and_no_and_lists() -> None:
    assert value(FieldType.NUMBER, "1,234.5") == "1234.5"
    assert value(FieldType.NUMBER, "1.234,5", ",") == "1234.5"
    assert value(FieldType.NUMBER, "12,5") == "12.5"
    assert value(FieldType.BOOL, "כן") is True
    assert value(FieldType.TAGS, "a, b;c") == ["a", "b", "c"]
    assert value(FieldType.NUMBER, "many") == "Column: “many” is not a number"
    assert value(FieldType.BOOL, "perhaps") == "Column: “perhaps” is neither yes nor no"


@given(st.text())
def test_nothing_a_spreadsheet_would_run_leaves_and_everything_comes_back_as_it_was(cell: str) -> None:
    shown = harmless(cell)
    assert not shown.startswith(("=", "+", "@", "\t", "\r"))
    if not cell.startswith("'"):
        assert as_written(shown) == cell


PERSON = Column(
    field=Field(key="person", type=FieldType.TEXT, label="Name"), synonyms=("full name",), identifies=True
)
FIRM = Column(field=Field(key="firm", type=FieldType.TEXT, label="Company"), synonyms=("account",))
TITLE = Column(field=Field(key="title", type=FieldType.TEXT, label="Deal"), names=True)


def guessed(headers: list[str], *rows: list[str]) -> list[str]:
    """Where the columns of such a file would go."""
    seen, _ = look_at(headers, [Record(n, row) for n, row in enumerate(rows, 1)])
    return guess(seen, [PERSON, FIRM, TITLE], ["en", "he"])


def test_a_list_of_people_is_called_by_their_names() -> None:
    assert guessed(["Full Name", "Number"], ["Dana", "1"], ["Omer", "2"]) == ["person", "extra"]
    assert guessed(["שם", "Number"], ["דנה", "1"])[1] == "extra"


def test_a_list_without_names_is_called_by_the_column_that_tells_rows_apart() -> None:
    assert guessed(["Kind", "Number", "Account"], ["a", "1", "Acme"], ["a", "2", ""]) == [
        "extra",
        "title",
        "firm",
    ]
