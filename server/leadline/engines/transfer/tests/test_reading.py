"""Every file people have is read as they would read it."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest
from openpyxl import Workbook

from leadline.engines.transfer import reading
from leadline.engines.transfer.reading import Form, Kind, Unreadable

# The cases of csv-spectrum (BSD-2-Clause), and what each means.
SPECTRUM = {
    "comma in quotes": (
        'first,last,address,city,zip\nJohn,Doe,120 any st.,"Anytown, WW",08123\n',
        [["John", "Doe", "120 any st.", "Anytown, WW", "08123"]],
    ),
    "empty": ('a,b,c\n1,"",""\n2,3,4\n', [["1", "", ""], ["2", "3", "4"]]),
    "empty crlf": ('a,b,c\r\n1,"",""\r\n2,3,4\r\n', [["1", "", ""], ["2", "3", "4"]]),
    "escaped quotes": ('a,b\n1,"ha ""ha"" ha"\n3,4\n', [["1", 'ha "ha" ha'], ["3", "4"]]),
    "json": (
        'key,val\n1,"{""type"": ""Point"", ""coordinates"": [102.0, 0.5]}"\n',
        [["1", '{"type": "Point", "coordinates": [102.0, 0.5]}']],
    ),
    "newlines": (
        'a,b,c\n1,2,3\n"Once upon \na time",5,6\n7,8,9\n',
        [["1", "2", "3"], ["Once upon \na time", "5", "6"], ["7", "8", "9"]],
    ),
    "newlines crlf": (
        'a,b,c\r\n1,2,3\r\n"Once upon \r\na time",5,6\r\n7,8,9\r\n',
        [["1", "2", "3"], ["Once upon \r\na time", "5", "6"], ["7", "8", "9"]],
    ),
    "quotes and newlines": ('a,b\n1,"ha \n""ha"" \nha"\n3,4\n', [["1", 'ha \n"ha" \nha'], ["3", "4"]]),
    "location": (
        "Contact Phone Number,Location Coordinates,Cities\n2095257564,37°36'37.8\"N 121°2'17.9\"W,Modesto\n",
        [["2095257564", "37°36'37.8\"N 121°2'17.9\"W", "Modesto"]],
    ),
    "simple": ("a,b,c\n1,2,3\n", [["1", "2", "3"]]),
    "simple crlf": ("a,b,c\r\n1,2,3\r\n", [["1", "2", "3"]]),
    "utf8": ("a,b,c\n1,2,3\n4,5,ʤ\n", [["1", "2", "3"], ["4", "5", "ʤ"]]),
}


def read(content: bytes) -> tuple[Form, list[str], list[list[str]]]:
    """The form, the headers and the rows of a file."""
    file = io.BytesIO(content)
    form = reading.recognise(file)
    headers = reading.headers(file, form)
    return form, headers, [record.cells for record in reading.rows(file, form, len(headers))]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("name", SPECTRUM)
def test_every_case_of_the_spectrum_in_every_encoding(name: str, encoding: str) -> None:
    text, rows = SPECTRUM[name]
    assert read(text.encode(encoding))[2] == rows


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(delimiter: str) -> None:
    rows = [["Name", "Note"], ["Dana", "Haifa, north; sea"], ["Omer", "x"]]
    text = "\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows)
    form, headers, found = read(text.encode())
    assert (form.delimiter, headers, found) == (delimiter, rows[0], rows[1:])


def test_hebrew_and_western_files_of_old_spreadsheets_are_told_apart() -> None:
    assert read("שם,עיר\nדנה,חיפה\n".encode("cp1255"))[1:] == (["שם", "עיר"], [["דנה", "חיפה"]])
    assert read("Name,Café\nJosé,Málaga\n".encode("cp1252"))[1:] == (["Name", "Café"], [["José", "Málaga"]])


def test_utf16_without_its_mark_is_known_by_its_zeros() -> None:
    assert read("Name,City\nDana,Haifa\n".encode("utf-16-le"))[2] == [["Dana", "Haifa"]]


def test_rows_a_spreadsheet_wrapped_into_one_cell_are_opened() -> None:
    content = b'a,b,c\n1,2,3\n"4,""five, six"",7"\n'
    assert read(content)[2] == [["1", "2", "3"], ["4", "five, six", "7"]]


def test_a_column_without_a_name_at_the_end_is_none_and_a_row_with_more_cells_says_so() -> None:
    file = io.BytesIO(b"a,b,\n1,2,\n3,4,5\n")
    form = reading.recognise(file)
    headers = reading.headers(file, form)
    troubles = [str(record.trouble) for record in reading.rows(file, form, len(headers))]
    assert (headers, bool(troubles[0]), bool(troubles[1])) == (["a", "b"], False, True)


def test_a_file_without_a_heading_keeps_its_first_row() -> None:
    form, headers, rows = read(b"Dana,dana@example.org,0521234567\nOmer,omer@example.org,0521234568\n")
    assert (form.header, headers, len(rows)) == (False, ["#1", "#2", "#3"], 2)


def test_a_workbook_is_read_below_its_title() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Our leads"])
    sheet.append([])
    sheet.append(["Name", "Phone", "Since", "Value"])
    sheet.append(["Dana", 521234567, date(2026, 1, 31), 12.5])
    out = io.BytesIO()
    book.save(out)
    form, headers, rows = read(out.getvalue())
    assert (form.kind, headers) == (Kind.WORKBOOK, ["Name", "Phone", "Since", "Value"])
    assert rows == [["Dana", "521234567", "2026-01-31", "12.5"]]


CARDS = """BEGIN:VCARD\r
VERSION:3.0\r
N:Levi;Dana;;;\r
FN:Dana Levi\r
ORG:Harbour\\, Ltd;Sales\r
TEL;TYPE=WORK:03-5551234\r
TEL;TYPE=CELL,PREF:+972 52-123-4567\r
item1.EMAIL;type=INTERNET:dana@\r
 example.org\r
ADR;TYPE=HOME:;;1 Sea St;Haifa;North;31000;Israel\r
NOTE:likes\\nboats\r
END:VCARD\r
BEGIN:VCARD\r
VERSION:4.0\r
N:Cohen;Omer;;;\r
TEL;VALUE=uri;TYPE="voice,cell":tel:+972-52-7654321;ext=5\r
END:VCARD\r
BEGIN:VCARD\r
VERSION:2.1\r
FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=D7=93=D7=\r
=A0=D7=94\r
END:VCARD\r
"""


def test_address_books_of_every_version_are_read() -> None:
    form, _, rows = read(CARDS.encode())
    assert form.kind is Kind.CARDS
    assert rows[0] == [
        "Dana Levi", "dana@example.org", "", "+972 52-123-4567", "03-5551234", "Harbour, Ltd", "", "Haifa",
        "North", "Israel", "likes\nboats",
    ]  # fmt: skip
    assert (rows[1][0], rows[1][3]) == ("Omer Cohen", "+972-52-7654321")
    assert rows[2][0] == "דנה"


MAILBOX = b"""From dana@example.org Mon Jan  5 10:00:00 2026
From: Dana Levi <dana@example.org>
Subject: A boat
Date: Mon, 5 Jan 2026 10:00:00 +0200

How much is the small one?
>From here it looks fine.

From noreply@shop.example Mon Jan  5 11:00:00 2026
From: noreply@shop.example
Subject: Your order

Thanks

From dana@example.org Mon Jan  5 12:00:00 2026
From: DANA@example.org
Subject: And

Hello?
"""


def test_a_mailbox_gives_one_row_per_sender_with_the_first_message() -> None:
    form, headers, rows = read(MAILBOX)
    assert form.kind is Kind.MAILBOX
    assert [dict(zip(headers, row, strict=True)) for row in rows] == [
        {
            "Name": "Dana Levi", "E-mail": "dana@example.org", "Subject": "A boat",
            "Message": "How much is the small one?\nFrom here it looks fine.",
            "Date": "2026-01-05T10:00:00+02:00",
        }
    ]  # fmt: skip


def _zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("list.csv", "a,b\n1,2\n")
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"\r\n\r\n", "empty"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n\x1a\n....", "picture"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "old Excel"),
        (b"<!DOCTYPE html><html></html>", "web page"),
        (b'[{"name": "Dana"}]', "web page or a program"),
        (b"\x1f\x8b\x08....", "packed"),
        (_zip(), "zip"),
    ],
)
def test_whatever_is_no_list_is_refused_in_plain_words(content: bytes, said: str) -> None:
    with pytest.raises(Unreadable, match=said):
        read(content)


def test_a_quote_that_is_never_closed_is_refused_not_swallowed() -> None:
    with pytest.raises(Unreadable, match="never closed"):
        read(b'a,b\n1,"2\n' + b"3,4\n" * 400_000)
