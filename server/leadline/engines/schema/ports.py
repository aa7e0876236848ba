"""How a room describes the fields of its objects, once for everybody."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from django.db.models import Model


class FieldType(StrEnum):
    """What a value is; decides how it is checked, compared, shown and asked for."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    DATETIME = "datetime"
    BOOL = "bool"
    CHOICE = "choice"
    MULTI_CHOICE = "multi_choice"
    MEMBER = "member"
    TEAM = "team"
    STAGE = "stage"
    PHONE = "phone"
    EMAIL = "email"
    URL = "url"
    TAGS = "tags"
    FILE = "file"


@dataclass(frozen=True)
class Choice:
    """One value of a choice and what people read."""

    value: str
    label: str
    colour: str = ""


# Choices that are rows of a room are read when they are asked for, inside the workspace.
Choices = Sequence[Choice] | Callable[[], Sequence[Choice]]


@dataclass(frozen=True, kw_only=True)
class Field:
    """One field of an object. `path` is the ORM path from the object's model; empty means: the key."""

    key: str
    type: FieldType
    label: str
    choices: Choices | None = None
    filterable: bool = True
    sortable: bool = False
    importable: bool = True
    exportable: bool = True
    writable: bool = True
    required: bool = False
    in_templates: bool = True
    in_rules: bool = True
    # Every record has one, so that asking for any says nothing.
    always: bool = False
    path: str = ""
    # Computed of other fields by every read: never written.
    formula: str = ""
    # The fields its formula may name.
    parts: Mapping[str, Field] = field(default_factory=dict, compare=False, repr=False)
    # The object it belongs to, where that is another one: a lead shows what is known of its person.
    of: str = ""
    # Custom fields are rows that a workspace changes.
    custom: bool = False
    id: UUID | None = None
    version: int | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "type", FieldType(self.type))
        object.__setattr__(self, "path", self.path or self.key)

    def choice_list(self) -> Sequence[Choice]:
        """The choices now; rows of a room are read inside the running workspace."""
        return self.choices() if callable(self.choices) else (self.choices or ())


@dataclass(frozen=True, kw_only=True)
class ObjectType:
    """An object of the house: its model, its own fields, and the JSONB column of its custom values.

    `linked` names the objects whose custom fields show on it too, by the prefix of their keys.
    """

    key: str
    label: str
    model: type[Model]
    fields: Sequence[Field]
    custom_column: str | None = "custom"
    linked: Mapping[str, str] = field(default_factory=dict)
    # Whether its reads show what formulas compute.
    computes: bool = False
    # Whether files can be brought to it.
    keeps_files: bool = False
    by_key: dict[str, Field] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_key = {described.key: described for described in self.fields}
        if len(by_key) != len(self.fields):
            raise ValueError(f"The object {self.key} describes a field twice.")
        object.__setattr__(self, "by_key", by_key)


objects: dict[str, ObjectType] = {}
