"""The fields of objects, own and custom."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from ninja import Field as BodyField
from ninja import Router, Status

from leadline.engines.schema import actions, queries
from leadline.engines.schema.ports import Choice, Field, FieldType
from leadline.engines.schema.rules import OPERATORS
from leadline.infra.web import Shape, showing_current
from leadline.workspaces.requests import ActorRequest

router = Router(tags=["fields"])


class ChoiceIn(Shape):
    """One choice of a field; the label is the value unless given."""

    value: str = BodyField(max_length=100)
    label: str = BodyField("", max_length=120)
    colour: str = BodyField("", max_length=20)


class ChoiceOut(Shape):
    """One choice of a field."""

    value: str
    label: str
    colour: str


class FieldOut(Shape):
    """A field and what can be done with it; only custom fields have an id and a version.

    `formula` says what it is computed of, `of` whose field it is: a lead shows those of its person too.
    """

    id: UUID | None
    version: int | None
    key: str
    type: FieldType
    label: str
    choices: list[ChoiceOut]
    filterable: bool
    sortable: bool
    writable: bool
    importable: bool
    custom: bool
    required: bool
    formula: str
    of: str
    ops: list[str]


class FieldIn(Shape):
    """A new custom field; without a key it gets one made from its label.

    With a `formula` it is computed of other fields, and `type` says what comes out.
    """

    id: UUID | None = None
    object: str
    label: str = BodyField(max_length=200)
    type: FieldType
    key: str = BodyField("", max_length=60)
    choices: list[ChoiceIn] = BodyField(default_factory=list, max_length=1000)
    required: bool = False
    formula: str = BodyField("", max_length=1000)


class FieldChangeIn(Shape):
    """What may change of a custom field."""

    version: int | None = None
    label: str | None = BodyField(None, max_length=200)
    choices: list[ChoiceIn] | None = BodyField(None, max_length=1000)
    position: int | None = BodyField(None, ge=0, le=10_000)
    required: bool | None = None
    formula: str | None = BodyField(None, max_length=1000)


def _shown(field: Field) -> FieldOut:
    return FieldOut(
        id=field.id,
        version=field.version,
        key=field.key,
        type=field.type,
        label=queries.shown_label(field),
        choices=[
            ChoiceOut(value=c.value, label=c.label, colour=c.colour) for c in queries.shown_choices(field)
        ],
        filterable=field.filterable,
        sortable=field.sortable,
        writable=field.writable,
        importable=field.importable,
        custom=field.custom and not field.of,
        formula=field.formula,
        of=field.of,
        required=field.required,
        ops=list(OPERATORS[field.type]) if field.filterable else [],
    )


def _choices(given: list[ChoiceIn]) -> list[Choice]:
    return [Choice(choice.value, choice.label, choice.colour) for choice in given]


@router.get("/fields", response=list[FieldOut])
def list_fields(request: ActorRequest, object: str) -> list[FieldOut]:
    """All fields of an object, in their order."""
    return [_shown(field) for field in queries.fields_of(request.auth, object).values()]


@router.post("/fields", response={201: FieldOut})
def create_field(request: ActorRequest, body: FieldIn) -> Status[FieldOut]:
    """Add a field to an object."""
    row = actions.create_field(
        request.auth,
        object_key=body.object,
        label=body.label,
        type=body.type,
        key=body.key,
        choices=_choices(body.choices),
        required=body.required,
        formula=body.formula,
        field_id=body.id,
    )
    return Status(201, _shown(queries.field_of(row)))


@router.patch("/fields/{field_id}", response=FieldOut)
def change_field(request: ActorRequest, field_id: UUID, body: FieldChangeIn) -> FieldOut:
    """Change a custom field."""
    given = body.model_dump(exclude_unset=True, exclude={"version", "choices"})
    changes: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
    if body.choices is not None:
        changes["choices"] = _choices(body.choices)
    with showing_current(lambda: _shown(queries.field_of(queries.custom_field(request.auth, field_id)))):
        row = actions.change_field(request.auth, field_id, changes, body.version)
    return _shown(queries.field_of(row))


@router.delete("/fields/{field_id}", response={204: None})
def delete_field(request: ActorRequest, field_id: UUID) -> Status[None]:
    """Remove a custom field; its values are kept."""
    actions.archive_field(request.auth, field_id)
    return Status(204, None)
