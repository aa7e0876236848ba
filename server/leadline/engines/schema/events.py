"""What the schema tells browsers."""

from __future__ import annotations

from dataclasses import dataclass

from leadline.infra.events import Event


@dataclass(frozen=True, kw_only=True)
class FieldsChanged(Event):
    """The custom fields of an object changed; forms, lists and filters read them again."""

    live = "fields"
    object_type: str
