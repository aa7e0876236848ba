"""The values of a record as people read them in a text: names for ids, labels for choices, local time."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from leadline.engines.automation import texts
from leadline.engines.schema import queries as schema
from leadline.engines.schema.ports import Field, FieldType
from leadline.infra import tenancy
from leadline.kit.money import Money
from leadline.workspaces.models import Member, Team, Workspace

_CHOSEN = {FieldType.CHOICE, FieldType.MULTI_CHOICE, FieldType.STAGE}
_PEOPLE: dict[FieldType, type[Member] | type[Team]] = {FieldType.MEMBER: Member, FieldType.TEAM: Team}


def filled(value: Any, record: Mapping[str, Any], object_key: str) -> Any:
    """The JSON value with every placeholder filled from the record; no statement for texts without ids,
    times and custom fields."""
    keys = texts.variables_in(value)
    if not keys:
        return value
    return texts.filled_everywhere(value, readable(record, object_key, keys))


def readable(record: Mapping[str, Any], object_key: str, keys: Collection[str]) -> dict[str, Any]:
    """The values of these fields as people read them."""
    fields = schema.fields_named(object_key, keys)
    return {key: _worded(fields[key], record) for key in keys if key in fields}


def _worded(field: Field, record: Mapping[str, Any]) -> Any:
    value = record.get(field.key)
    if value in (None, "", []):
        return None
    if field.type in _PEOPLE:
        return _PEOPLE[field.type].objects.filter(id=value).values_list("name", flat=True).first()
    if field.type in _CHOSEN:
        names = {choice.value: choice.label for choice in field.choice_list()}
        chosen = value if isinstance(value, list) else [value]
        return ", ".join(names.get(str(one), str(one)) for one in chosen)
    if field.type is FieldType.MONEY and isinstance(value, int):
        currency = str(record.get("currency") or _workspace("currency"))
        return Money(value, currency).format()
    if isinstance(value, datetime):
        return value.astimezone(ZoneInfo(_workspace("timezone"))).strftime("%Y-%m-%d %H:%M")
    return value


def _workspace(column: str) -> str:
    return str(Workspace.objects.values_list(column, flat=True).get(id=tenancy.require_current()))
