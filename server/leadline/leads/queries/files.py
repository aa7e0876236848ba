"""Files in the own fields of leads."""

from __future__ import annotations

from uuid import UUID

from leadline.engines.schema import queries as schema
from leadline.engines.schema.ports import Field, FieldType
from leadline.engines.schema.rules import CUSTOM
from leadline.kit.errors import Invalid, NotFound
from leadline.kit.sentences import say
from leadline.leads.queries.reaching import require_visible
from leadline.workspaces.actor import Actor


def file_field(key: str) -> Field:
    """The field for a file with this key; Invalid (422) when it is none."""
    field = schema.fields_named("lead", [key]).get(key)
    if field is None or field.type is not FieldType.FILE:
        raise Invalid(say("There is no field “{key}” for a file.", key=key[:60]), field="key")
    return field


def file_of(actor: Actor, lead_id: UUID, key: str) -> UUID:
    """The file in this field of a lead the actor sees; NotFound (404) when there is none."""
    lead = require_visible(actor, lead_id)
    held = lead.custom.get(file_field(key).key.removeprefix(CUSTOM))
    if not held:
        raise NotFound("There is no file in this field.")
    return UUID(held["id"])
