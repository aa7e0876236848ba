"""Read the values of a condition; refuse by name what a field cannot be compared with."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import NoReturn
from uuid import UUID

from leadline.engines.schema.ports import Field, FieldType
from leadline.engines.schema.rules import CHOSEN, IDS, LISTS, NUMBERS, TEXTS
from leadline.engines.views.rules import (
    MAX_NUMBER,
    MAX_TEXT,
    MAX_VALUES,
    ME,
    RELATIVE,
    WITH_LIST,
    WITHOUT_VALUE,
    Value,
    duration,
)
from leadline.kit import phone
from leadline.kit.errors import Invalid

_EARLIEST, _LATEST = 1000, 9000


def refuse(detail: str, path: str) -> NoReturn:
    """Invalid (422) that names the place in the tree."""
    raise Invalid(f"{detail} (at {path})" if path else detail, code="filter_invalid", field=path or "filter")


def read(field: Field, op: str, raw: object, path: str, *, strict: bool) -> tuple[Value, ...]:
    """The values as the field's type compares them; `strict` also refuses choices that do not exist."""
    if op in WITHOUT_VALUE:
        if raw is not None:
            refuse(f"“{op}” takes no value.", path)
        return ()
    if op in RELATIVE:
        return (_span(field, raw, path),)
    if op == "between":
        return _pair(field, raw, path)
    read_one = _reader(field)
    values: tuple[Value, ...]
    if op not in WITH_LIST:
        values = (read_one(raw, path),)
    else:
        if not isinstance(raw, list) or not 1 <= len(raw) <= MAX_VALUES:
            refuse(f"Give a list of 1 to {MAX_VALUES} values.", path)
        values = tuple(read_one(item, f"{path}[{place}]") for place, item in enumerate(raw))
    if op in {"contains", "starts_with"} and field.type is FieldType.PHONE:
        values = (_part_of_number(str(raw), path),)
    if strict and field.type in CHOSEN:
        _refuse_unknown_choices(field, values, path)
    return values


def _reader(field: Field) -> Callable[[object, str], Value]:
    if field.type is FieldType.PHONE:
        return _number
    if field.type in TEXTS or field.type in LISTS or field.type is FieldType.CHOICE:
        return _text
    if field.type in NUMBERS:
        return _amount if field.type is FieldType.NUMBER else _whole
    if field.type in IDS:
        return _id_or_me if field.type in {FieldType.MEMBER, FieldType.TEAM} else _id
    return _OTHERS[field.type]


def _text(raw: object, path: str) -> str:
    if not isinstance(raw, str) or not raw:
        refuse("Give a text; to look for nothing use “is_empty”.", path)
    if len(raw) > MAX_TEXT:
        refuse(f"Give a text of at most {MAX_TEXT} characters.", path)
    if "\x00" in raw or any("\ud800" <= char <= "\udfff" for char in raw):
        refuse("The text holds a character that cannot be stored.", path)
    return raw


def _number(raw: object, path: str) -> str:
    text = _text(raw, path)
    return phone.parse(text).e164 or text


def _part_of_number(raw: str, path: str) -> str:
    digits = "".join(char for char in raw if char.isascii() and char.isdigit())
    plus = "+" if raw.strip().startswith("+") else ""
    part = plus + (digits if plus else digits.lstrip("0"))
    if not part.strip("+"):
        refuse("Give some digits of the number.", path)
    return part


def _amount(raw: object, path: str) -> Decimal:
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        refuse("Give a number.", path)
    if not math.isfinite(raw) or abs(raw) >= MAX_NUMBER:
        refuse("The number is too large.", path)
    return Decimal(repr(raw))


def _whole(raw: object, path: str) -> Decimal:
    amount = _amount(raw, path)
    if amount != amount.to_integral_value():
        refuse("Give the amount in whole minor units (cents).", path)
    return amount


def _bool(raw: object, path: str) -> bool:
    if not isinstance(raw, bool):
        refuse("Give true or false.", path)
    return raw


def _id(raw: object, path: str) -> UUID:
    if isinstance(raw, UUID):
        return raw
    try:
        return UUID(_text(raw, path))
    except ValueError:
        refuse("Give an id.", path)


def _id_or_me(raw: object, path: str) -> Value:
    return ME if raw == ME else _id(raw, path)


def _date(raw: object, path: str) -> date:
    try:
        return _in_reach(date.fromisoformat(_text(raw, path)), path)
    except ValueError:
        refuse("Give a date like 2026-01-31.", path)


def _moment_or_day(raw: object, path: str) -> date | datetime:
    text = _text(raw, path)
    try:
        if len(text) <= 10:
            return _in_reach(date.fromisoformat(text), path)
        moment = datetime.fromisoformat(text)
    except ValueError:
        refuse("Give a day like 2026-01-31 or a time like 2026-01-31T10:00:00Z.", path)
    if moment.tzinfo is None:
        refuse("Give the time with its zone, as in 2026-01-31T10:00:00Z.", path)
    _in_reach(moment.date(), path)
    return moment.astimezone(UTC)


def _in_reach(day: date, path: str) -> date:
    if not _EARLIEST <= day.year <= _LATEST:
        refuse(f"Give a year from {_EARLIEST} to {_LATEST}.", path)
    return day


def _pair(field: Field, raw: object, path: str) -> tuple[Value, ...]:
    if not isinstance(raw, list) or len(raw) != 2:
        refuse("Give a list of two values: from and to.", path)
    read_one = _reader(field)
    return tuple(read_one(item, f"{path}[{place}]") for place, item in enumerate(raw))


def _span(field: Field, raw: object, path: str) -> Value:
    text = _text(raw, path)
    span = duration(text)
    if span is None:
        refuse("Give a time span like 30m, 2h, 7d or 4w.", path)
    if field.type is FieldType.DATE and text[-1] not in "dw":
        refuse("This is a date: give days or weeks, like 7d or 4w.", path)
    return span


def _refuse_unknown_choices(field: Field, values: tuple[Value, ...], path: str) -> None:
    known = {choice.value for choice in field.choice_list()}
    unknown = [value for value in values if value not in known]
    if known and unknown:
        refuse(f"“{field.label}” has no choice “{unknown[0]}”.", path)


_OTHERS: dict[FieldType, Callable[[object, str], Value]] = {
    FieldType.BOOL: _bool,
    FieldType.DATE: _date,
    FieldType.DATETIME: _moment_or_day,
}
