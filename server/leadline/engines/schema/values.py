"""Check values before they are kept: each type reads what people, forms and programs write."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import Any, NoReturn
from urllib.parse import urlsplit
from uuid import UUID

from leadline.engines.schema import queries
from leadline.engines.schema.ports import Field, FieldType
from leadline.engines.schema.rules import stored_time
from leadline.infra import tenancy
from leadline.kit import email, phone
from leadline.kit.errors import Invalid
from leadline.kit.sentences import Sentence, say
from leadline.workspaces.models import Member, Team, Workspace

MAX_TEXT, MAX_LONG_TEXT, MAX_ITEMS, MAX_ITEM = 1000, 50_000, 100, 100
_LIMIT = Decimal(10**15)
_YES, _NO = {"true", "yes", "on", "1"}, {"false", "no", "off", "0"}
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class ValueCheck:
    """Checks values of one object; made once for a batch, it reads fields, members and teams once."""

    def __init__(self, object_key: str, keys: Iterable[str]) -> None:
        self.fields = queries.fields_named(object_key, keys)

    def __call__(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The values as they are kept; Invalid (422) names the first field that is unknown or wrong."""
        return {key: self._one(key, value) for key, value in values.items()}

    def _one(self, key: str, value: Any) -> Any:
        field = self.fields.get(key)
        if field is None:
            raise Invalid(say("There is no field “{key}”.", key=key[:60]), code="unknown_field", field=key)
        if not field.writable:
            raise Invalid(
                say("“{label}” cannot be set.", label=field.label), code="field_not_writable", field=key
            )
        value = value.strip() if isinstance(value, str) else value
        if value is None or value == "" or value == []:
            if field.required:
                _refuse(field, say("cannot be empty"))
            return None
        return _kept(field, self._readers[field.type](field, value))

    @cached_property
    def _readers(self) -> dict[FieldType, Callable[[Field, Any], Any]]:
        return {
            FieldType.TEXT: lambda field, value: _text(field, value, MAX_TEXT),
            FieldType.LONG_TEXT: lambda field, value: _text(field, value, MAX_LONG_TEXT),
            FieldType.NUMBER: _number,
            FieldType.MONEY: _minor,
            FieldType.DATE: _date,
            FieldType.DATETIME: _datetime,
            FieldType.BOOL: _bool,
            FieldType.CHOICE: _choice,
            FieldType.MULTI_CHOICE: _choices,
            FieldType.TAGS: _tags,
            FieldType.MEMBER: lambda field, value: _known_id(field, value, self._members),
            FieldType.TEAM: lambda field, value: _known_id(field, value, self._teams),
            FieldType.STAGE: lambda field, value: _known_id(field, value, _choice_ids(field)),
            FieldType.PHONE: lambda field, value: _phone(field, value, self._region),
            FieldType.EMAIL: _email,
            FieldType.URL: _url,
            FieldType.FILE: lambda field, value: _refuse(field, say("is brought by itself, as a file")),
        }

    @cached_property
    def _members(self) -> set[UUID]:
        return set(Member.objects.values_list("id", flat=True))

    @cached_property
    def _teams(self) -> set[UUID]:
        return set(Team.objects.values_list("id", flat=True))

    @cached_property
    def _region(self) -> str | None:
        here = Workspace.objects.filter(id=tenancy.require_current())
        return here.values_list("phone_region", flat=True).first()


def _kept(field: Field, value: Any) -> Any:
    """Custom values are JSON; the columns of an object take the value itself."""
    if not field.custom:
        return value
    if isinstance(value, date):
        return stored_time(value)
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return str(value) if isinstance(value, UUID) else value


def _refuse(field: Field, why: Sentence) -> NoReturn:
    label = field.label if field.custom else say(field.label)
    raise Invalid(say("“{label}” {why}.", label=label, why=why), code="invalid_field", field=field.key)


def _text(field: Field, value: Any, limit: int) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        _refuse(field, say("is a text"))
    text = _UNSTORABLE.sub("\ufffd", str(value))
    if len(text) > limit:
        _refuse(field, say("is too long: at most {n} characters", n=limit))
    return text


def _number(field: Field, value: Any) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        _refuse(field, say("is a number"))
    if isinstance(value, float) and not math.isfinite(value):
        _refuse(field, say("is a number"))
    try:
        number = Decimal(str(value).replace("\u2212", "-")[:60])
    except InvalidOperation:
        _refuse(field, say("is a number, like 12.5"))
    if not number.is_finite() or abs(number) >= _LIMIT:
        _refuse(field, say("is too large a number"))
    return number


def _minor(field: Field, value: Any) -> int:
    number = _number(field, value)
    if number != number.to_integral_value():
        _refuse(field, say("is an amount in whole minor units (cents)"))
    return int(number)


def _date(field: Field, value: Any) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return date.fromisoformat(_text(field, value, 40))
    except ValueError:
        _refuse(field, say("is a date like 2026-01-31"))


def _datetime(field: Field, value: Any) -> datetime:
    try:
        moment = value if isinstance(value, datetime) else datetime.fromisoformat(_text(field, value, 40))
        if moment.tzinfo is None:
            _refuse(field, say("is a time with its zone, like 2026-01-31T10:00:00Z"))
        return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        _refuse(field, say("is a time like 2026-01-31T10:00:00Z"))


def _bool(field: Field, value: Any) -> bool:
    if isinstance(value, bool):
        return value
    said = str(value).lower()
    if said not in _YES | _NO:
        _refuse(field, say("is true or false"))
    return said in _YES


def _choice(field: Field, value: Any) -> str:
    """The value of the choice, which may be named by its label too, as forms and spreadsheets do."""
    said = _text(field, value, MAX_TEXT)
    choices = field.choice_list()
    by_label = {choice.label.casefold(): choice.value for choice in reversed(choices)}
    if any(choice.value == said for choice in choices):
        return said
    if said.casefold() not in by_label:
        _refuse(field, say("has no choice “{choice}”", choice=said[:60]))
    return by_label[said.casefold()]


def _listed(field: Field, value: Any) -> list[Any]:
    items = value if isinstance(value, list | tuple) else [value]
    if len(items) > MAX_ITEMS:
        _refuse(field, say("takes at most {n} values", n=MAX_ITEMS))
    return list(items)


def _choices(field: Field, value: Any) -> list[str]:
    return list(dict.fromkeys(_choice(field, item) for item in _listed(field, value)))


def _tags(field: Field, value: Any) -> list[str]:
    items = value.split(",") if isinstance(value, str) else _listed(field, value)
    tags = (_text(field, item, MAX_ITEM).strip() for item in items)
    return list(dict.fromkeys(tag for tag in tags if tag))


def _known_id(field: Field, value: Any, known: set[UUID]) -> UUID:
    try:
        found = value if isinstance(value, UUID) else UUID(_text(field, value, 60))
    except ValueError:
        _refuse(field, say("is an id"))
    if found not in known:
        _refuse(
            field,
            say("names nobody here") if field.type is FieldType.MEMBER else say("names none that exists"),
        )
    return found


def _choice_ids(field: Field) -> set[UUID]:
    return {UUID(choice.value) for choice in field.choice_list()}


def _phone(field: Field, value: Any, region: str | None) -> str:
    # A number that cannot be read is kept as it was written: nothing that arrived is dropped.
    text = _text(field, value, 100)
    return phone.parse(text, region).e164 or text


def _email(field: Field, value: Any) -> str:
    address = email.normalise(_text(field, value, 320))
    if address is None:
        _refuse(field, say("is a mail address"))
    return address


def _url(field: Field, value: Any) -> str:
    text = _text(field, value, 2000)
    try:
        parts = urlsplit(text)
    except ValueError:
        _refuse(field, say("is a web address"))
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        _refuse(field, say("is a web address that begins with https://"))
    return text
