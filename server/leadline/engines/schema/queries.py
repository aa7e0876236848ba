"""Read the description of objects."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from uuid import UUID

from leadline.engines.schema import policy
from leadline.engines.schema.models import CustomField
from leadline.engines.schema.ports import Choice, Field, FieldType, ObjectType, objects
from leadline.engines.schema.rules import CUSTOM, SORTABLE
from leadline.infra import lookup
from leadline.infra.language import worded
from leadline.kit.errors import NotFound
from leadline.kit.sentences import say
from leadline.workspaces.actor import Actor

__all__ = [
    "custom_field",
    "custom_fields",
    "field_of",
    "fields",
    "fields_named",
    "fields_of",
    "object_type",
    "shown_choices",
    "shown_label",
]


def object_type(key: str) -> ObjectType:
    """The object with this key; NotFound (404) when no room offers it."""
    try:
        return objects[key]
    except KeyError:
        raise NotFound(say("There is no object “{key}”.", key=key[:40]), field="object") from None


def fields(object_key: str) -> dict[str, Field]:
    """All fields of an object in the running workspace; one statement.

    Custom ones stand under `custom.<key>`, those of linked objects as in `contact.custom.<key>`.
    """
    described = object_type(object_key)
    return {**described.by_key, **{field.key: field for field in _custom_fields(described)}}


def fields_of(actor: Actor, object_key: str) -> dict[str, Field]:
    """All fields of an object that the actor works with."""
    return fields(object_key)


def fields_named(object_key: str, keys: Iterable[str]) -> dict[str, Field]:
    """Those of the keys that exist; looks into the database only when one of them is custom."""
    described = object_type(object_key)
    wanted = set(keys)
    known: Mapping[str, Field] = described.by_key
    if any(CUSTOM in key for key in wanted):
        known = fields(object_key)
    return {key: known[key] for key in wanted if key in known}


def custom_fields(described: ObjectType) -> list[Field]:
    """The fields the running workspace added to an object, in their order."""
    if described.custom_column is None:
        return []
    rows = CustomField.objects.filter(object_type=described.key, archived_at=None)
    return _own(described, rows.order_by("position", "id"))


def _custom_fields(described: ObjectType) -> list[Field]:
    """Its own ones and those of the objects linked with it: one statement."""
    if not described.linked:
        return custom_fields(described)
    kinds = [described.key, *described.linked.values()]
    rows = CustomField.objects.filter(object_type__in=kinds, archived_at=None).order_by("position", "id")
    by_kind: dict[str, list[CustomField]] = {kind: [] for kind in kinds}
    for row in rows:
        by_kind[row.object_type].append(row)
    linked = [
        _linked(row, prefix)
        for prefix, kind in described.linked.items()
        for row in by_kind[kind]
        if not row.formula
    ]
    return [*_own(described, by_kind[described.key], linked), *linked]


def _own(described: ObjectType, rows: Iterable[CustomField], linked: Iterable[Field] = ()) -> list[Field]:
    own = [_field(row, described.custom_column or "custom") for row in rows]
    if not any(field.formula for field in own):
        return own
    known = {**described.by_key, **{field.key: field for field in (*own, *linked)}}
    return [replace(field, parts=known) if field.formula else field for field in own]


def _field(row: CustomField, column: str) -> Field:
    return Field(
        key=CUSTOM + row.key,
        type=FieldType(row.type),
        label=row.label,
        choices=tuple(Choice(c["value"], c["label"], c.get("colour", "")) for c in row.choices),
        required=row.required,
        # A file is brought by itself, not as a value among others.
        writable=not row.formula and row.type != FieldType.FILE,
        importable=not row.formula and row.type != FieldType.FILE,
        sortable=not row.formula and row.type in SORTABLE,
        path=f"{column}__{row.key}",
        formula=row.formula,
        custom=True,
        id=row.id,
        version=row.version,
    )


def _linked(row: CustomField, prefix: str) -> Field:
    own = _field(row, objects[row.object_type].custom_column or "custom")
    return replace(
        own,
        key=prefix + own.key,
        path=prefix.replace(".", "__") + own.path,
        required=False,
        writable=False,
        importable=False,
        of=row.object_type,
        id=None,
        version=None,
    )


def shown_label(field: Field) -> str:
    """What people read for a field, in the language spoken now."""
    if field.of:
        return f"{field.label} ({worded(objects[field.of].label)})"
    return field.label if field.custom else worded(field.label)


def shown_choices(field: Field) -> list[Choice]:
    """The choices of a field in the language spoken now; rows and custom choices are called as they are."""
    named = field.choice_list()
    if field.custom or callable(field.choices):
        return list(named)
    return [replace(choice, label=worded(choice.label)) for choice in named]


def custom_field(actor: Actor, field_id: UUID) -> CustomField:
    """One custom field in use."""
    return lookup.get(policy.visible_fields(actor).filter(archived_at=None), field_id)


def field_of(row: CustomField) -> Field:
    """A custom field as everybody else sees it."""
    return _field(row, object_type(row.object_type).custom_column or "custom")
