"""Describe objects, check their values, and let a workspace add fields to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max

from leadline.engines.schema import formula as formulas
from leadline.engines.schema import policy, queries, rules
from leadline.engines.schema.events import FieldsChanged
from leadline.engines.schema.models import CustomField
from leadline.engines.schema.ports import Choice, Field, FieldType, ObjectType, objects
from leadline.engines.schema.queries import fields, fields_named, fields_of, object_type
from leadline.engines.schema.values import ValueCheck
from leadline.infra import events, lookup
from leadline.kit import clock, ids
from leadline.kit.errors import Conflict, Invalid
from leadline.kit.sentences import say
from leadline.workspaces import audit
from leadline.workspaces.actions import mark
from leadline.workspaces.actor import Actor

__all__ = [
    "Choice",
    "Field",
    "FieldType",
    "ObjectType",
    "ValueCheck",
    "archive_field",
    "change_field",
    "check_values",
    "create_field",
    "fields",
    "fields_named",
    "fields_of",
    "object_type",
    "offer",
]


def offer(described: ObjectType) -> None:
    """A room describes one of its objects; called once, from its room drawer."""
    objects[described.key] = described


def check_values(object_key: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values of one record as they are kept; Invalid (422) names a field that is unknown or wrong.

    For many records make one ValueCheck and call it for each: it reads the fields once.
    """
    return ValueCheck(object_key, values)(values)


def create_field(
    actor: Actor,
    *,
    object_key: str,
    label: str,
    type: FieldType,
    key: str = "",
    choices: Sequence[Choice] = (),
    required: bool = False,
    formula: str = "",
    field_id: UUID | None = None,
) -> CustomField:
    """A new field, at once in forms, lists, filters and rules; an archived one of the same key comes back.

    With a formula it is computed of other fields, and nobody writes it.
    """
    policy.require_can_change_fields(actor)
    if queries.object_type(object_key).custom_column is None:
        raise Invalid("This object takes no custom fields.", field="object")
    if formula.strip() and not queries.object_type(object_key).computes:
        raise Invalid("This object has no computed fields.", field="formula")
    if type is FieldType.FILE and not queries.object_type(object_key).keeps_files:
        raise Invalid("This object keeps no files.", field="type")
    key = _checked_key(key or rules.key_from(label) or f"field_{str(field_id or ids.new_id())[-8:]}")
    rows = policy.visible_fields(actor).filter(object_type=object_key)
    row = rows.filter(key=key).first()
    if row and (row.archived_at is None or row.type != type.value or bool(row.formula) != bool(formula)):
        raise Conflict(
            say("There is a field with the key “{key}” already. Choose another key.", key=key),
            code="key_taken",
        )
    if rows.filter(archived_at=None).count() >= rules.MAX_FIELDS:
        raise Conflict(
            say("An object has at most {max_fields} custom fields.", max_fields=rules.MAX_FIELDS),
            code="too_many_fields",
        )
    last = rows.aggregate(last=Max("position"))["last"]
    row = row or CustomField(id=field_id or ids.new_id(), object_type=object_key, key=key, type=type.value)
    row.label, row.required, row.archived_at = _checked_label(label), required, None
    row.choices, row.position = _checked_choices(type, choices), (last or 0) + 1
    row.formula = _checked_formula(row, formula)
    row.required = required and not row.formula and type is not FieldType.FILE
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise Conflict("This field exists already.", code="key_taken") from error
    _mark(actor, row)
    _note(actor, "field_created", row, {"label": row.label, "type": row.type})
    return row


def change_field(
    actor: Actor, field_id: UUID, changes: Mapping[str, Any], version: int | None
) -> CustomField:
    """Change label, choices, position, formula or whether it is required; key and type stay for ever."""
    policy.require_can_change_fields(actor)
    row = lookup.lock(policy.visible_fields(actor).filter(archived_at=None), field_id)
    if version is not None and version != row.version:
        raise Conflict("Somebody else changed this field meanwhile. Look again.")
    before = {name: getattr(row, name) for name in changes}
    if "position" in changes:
        _make_room(actor, row, changes["position"])
    for name, value in changes.items():
        setattr(row, name, _CHECKS[name](row, value))
    changed = {name: [old, getattr(row, name)] for name, old in before.items() if old != getattr(row, name)}
    if changed:
        row.save(update_fields=list(changed))
        _note(actor, "field_changed", row, changed)
    return row


def archive_field(actor: Actor, field_id: UUID) -> None:
    """The field disappears everywhere; its values stay and are there again when it is created again."""
    policy.require_can_change_fields(actor)
    row = lookup.lock(policy.visible_fields(actor).filter(archived_at=None), field_id)
    row.archived_at = clock.now()
    row.save(update_fields=["archived_at"])
    _mark(actor, row)
    _note(actor, "field_archived", row, {"label": row.label})


def _make_room(actor: Actor, row: CustomField, place: int) -> None:
    """The other fields of the object stand around this place, one after the other."""
    rows = policy.visible_fields(actor).filter(object_type=row.object_type, archived_at=None)
    others = list(rows.exclude(id=row.id).order_by("position", "id"))
    for position, other in enumerate(others):
        other.position = position if position < place else position + 1
    CustomField.objects.bulk_update(others, ["position"])


def _mark(actor: Actor, row: CustomField) -> None:
    """Readers know without asking whether the workspace computes anything."""
    if not row.formula:
        return
    rows = policy.visible_fields(actor).filter(archived_at=None).exclude(formula="")
    kinds = sorted(set(rows.values_list("object_type", flat=True)))
    mark(actor.workspace_id, rules.COMPUTED, kinds)


def _note(actor: Actor, action: str, row: CustomField, changes: Mapping[str, Any]) -> None:
    audit.record(actor, action, "field", row.id, changes)
    events.record(FieldsChanged(workspace_id=actor.workspace_id, object_type=row.object_type))


def _checked_key(key: str) -> str:
    if not rules.is_key(key):
        raise Invalid(
            say(
                "A key is at most {max_key} letters a to z, digits and single underscores, "
                "and begins with a letter.",
                max_key=rules.MAX_KEY,
            ),
            field="key",
        )
    return key


def _checked_label(label: str) -> str:
    cleaned = " ".join(label.replace("\x00", "").split())
    if not cleaned or len(cleaned) > 120:
        raise Invalid("Give a label of 1 to 120 characters.", field="label")
    return cleaned


def _checked_choices(kind: FieldType, choices: Sequence[Choice]) -> list[dict[str, str]]:
    chosen = kind in rules.CHOSEN
    if chosen and not 1 <= len(choices) <= rules.MAX_CHOICES:
        raise Invalid(say("Give 1 to {max_choices} choices.", max_choices=rules.MAX_CHOICES), field="choices")
    if choices and not chosen:
        raise Invalid("Only fields of choices have choices.", field="choices")
    if len({choice.value for choice in choices}) < len(choices):
        raise Invalid("Two choices have the same value.", field="choices")
    if any(not choice.value or "\x00" in choice.value + choice.label for choice in choices):
        raise Invalid("Every choice needs a value.", field="choices")
    return [{"value": c.value, "label": c.label or c.value, "colour": c.colour} for c in choices]


def _checked_formula(row: CustomField, text: str) -> str:
    cleaned = " ".join(text.replace("\x00", "").split())
    if cleaned:
        formulas.checked(cleaned, FieldType(row.type), queries.fields(row.object_type))
    return cleaned


def _changed_formula(row: CustomField, text: str) -> str:
    if bool(text.strip()) != bool(row.formula):
        raise Invalid("A field is computed for ever, or never. Make another field.", field="formula")
    return _checked_formula(row, text)


_CHECKS: Mapping[str, Any] = {
    "label": lambda row, value: _checked_label(value),
    "choices": lambda row, value: _checked_choices(FieldType(row.type), value),
    "position": lambda row, value: value,
    "required": lambda row, value: value and not row.formula,
    "formula": _changed_formula,
}
