"""Read address books (vCard 2.1, 3 and 4), card by card."""

from __future__ import annotations

import codecs
import quopri
import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from typing import IO

from leadline.engines.transfer.reading import dialects

HEADERS = [
    "Name",
    "E-mail",
    "E-mail 2",
    "Phone",
    "Phone 2",
    "Company",
    "Job title",
    "City",
    "Region",
    "Country",
    "Note",
]
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_SPLIT = re.compile(r"(?<!\\);")
_NAME, _MAILS, _PHONES, _COMPANY, _TITLE, _PLACE, _NOTE = "FN", "EMAIL", "TEL", "ORG", "TITLE", "ADR", "NOTE"
# One card is not longer than this; pictures inside cards are skipped line by line.
_MAX_VALUE = 20_000


@dataclass(frozen=True)
class _Line:
    name: str
    parameters: dict[str, str]
    value: str


def cells(file: IO[bytes]) -> Generator[list[str], None, None]:
    """One row per card, under HEADERS."""
    encoding = dialects.encoding_of(file)
    card: list[_Line] | None = None
    for text in _unfolded(codecs.getreader(encoding)(file, "replace")):
        line = _read(text)
        if line is None:
            continue
        if line.name == "BEGIN" and line.value.upper() == "VCARD":
            card = []
        elif line.name == "END" and card is not None:
            yield _row(card)
            card = None
        elif card is not None:
            card.append(line)


def _unfolded(lines: Iterator[str]) -> Iterator[str]:
    """Whole lines: continuation lines begin with a blank, those of quoted-printable follow a final `=`."""
    whole = ""
    for raw in lines:
        line = raw.rstrip("\r\n")
        if line[:1] in (" ", "\t"):
            whole = (whole + line[1:])[:_MAX_VALUE]
        elif whole.endswith("=") and "QUOTED-PRINTABLE" in whole.upper().partition(":")[0]:
            whole = (whole[:-1] + line)[:_MAX_VALUE]
        else:
            if whole:
                yield whole
            whole = line
    if whole:
        yield whole


def _read(text: str) -> _Line | None:
    before, colon, value = _parted(text)
    if not colon:
        return None
    name, *given = before.split(";")
    parameters: dict[str, str] = {}
    for one in given:
        key, equals, said = one.partition("=")
        known = (key if equals else "TYPE").upper()
        parameters[known] = f"{parameters.get(known, '')},{said if equals else key}".strip(",").upper()
    if "QUOTED-PRINTABLE" in f"{parameters.get('ENCODING', '')},{parameters.get('TYPE', '')}":
        charset = parameters.get("CHARSET", "utf-8")
        value = _decoded(quopri.decodestring(value.encode("utf-8", "replace")), charset)
    return _Line(name.rpartition(".")[2].upper(), parameters, value)


def _parted(text: str) -> tuple[str, str, str]:
    """Split at the first colon that is not inside a quoted parameter."""
    quoted = False
    for place, char in enumerate(text):
        if char == '"':
            quoted = not quoted
        elif char == ":" and not quoted:
            return text[:place].replace('"', ""), ":", text[place + 1 :]
    return text, "", ""


def _decoded(value: bytes, charset: str) -> str:
    try:
        return value.decode(charset, "replace")
    except LookupError:
        return value.decode("utf-8", "replace")


def _row(card: list[_Line]) -> list[str]:
    mails, phones = _all(card, _MAILS), [_number(one) for one in _all(card, _PHONES)]
    place = _parts(next((line.value for line in card if line.name == _PLACE), ""))
    company = [
        part for part in _parts(next((line.value for line in card if line.name == _COMPANY), "")) if part
    ]
    return [
        _first(card, _NAME) or _from_parts(card),
        *(mails[i] if i < len(mails) else "" for i in range(2)),
        *(phones[i] if i < len(phones) else "" for i in range(2)),
        company[0] if company else "",
        _first(card, _TITLE),
        *(place[i] if i < len(place) else "" for i in (3, 4, 6)),
        _first(card, _NOTE),
    ]


def _all(card: list[_Line], name: str) -> list[str]:
    lines = [line for line in card if line.name == name]
    # The preferred one first, as the person said.
    lines.sort(
        key=lambda line: "PREF" not in line.parameters and "PREF" not in line.parameters.get("TYPE", "")
    )
    values = [_plain(line.value) for line in lines]
    return list(dict.fromkeys(value for value in values if value))


def _first(card: list[_Line], name: str) -> str:
    return next(iter(_all(card, name)), "")


def _number(value: str) -> str:
    return value.removeprefix("tel:").partition(";")[0]


def _from_parts(card: list[_Line]) -> str:
    parts = _parts(next((line.value for line in card if line.name == "N"), ""))
    return " ".join(part for part in [*parts[1:3], *parts[:1]] if part)


def _parts(value: str) -> list[str]:
    return [_plain(part) for part in _SPLIT.split(value)]


def _plain(value: str) -> str:
    return _ESCAPE.sub(lambda found: "\n" if found[1] in "nN" else found[1], value).strip()
