"""Keep files in the own fields of leads."""

from __future__ import annotations

from typing import IO, Any
from uuid import UUID

from leadline.engines.schema.rules import CUSTOM
from leadline.infra import files
from leadline.leads import policy, queries
from leadline.leads.actions.locked import take
from leadline.leads.actions.writing import write
from leadline.leads.models import Lead
from leadline.workspaces.actor import Actor


def keep_file(actor: Actor, lead_id: UUID, key: str, name: str, content: IO[bytes]) -> Lead:
    """A file in a field of a lead, in place of the one before; FileRefused (422) for what is no file."""
    queries.require_visible(actor, lead_id)
    policy.require_can_change(actor)
    field = queries.file_field(key)
    # It is on the disk before the lead is locked: nobody waits for a slow line.
    stored = files.store_stream(name, content)
    held = {"id": str(stored.id), "name": stored.name, "size": stored.size, "mime": stored.mime}
    return _set(actor, lead_id, field.key, held)


def drop_file(actor: Actor, lead_id: UUID, key: str) -> Lead:
    """Nothing is in the field any more."""
    return _set(actor, lead_id, queries.file_field(key).key, None)


def _set(actor: Actor, lead_id: UUID, key: str, held: dict[str, Any] | None) -> Lead:
    lead = take(actor, lead_id)
    bare = key.removeprefix(CUSTOM)
    custom = {name: value for name, value in lead.custom.items() if name != bare}
    if held is not None:
        custom[bare] = held
    if custom != lead.custom:
        write(actor, [(lead, {"custom": [lead.custom, custom]})])
    return lead
