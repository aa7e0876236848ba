"""Describe objects, and let a workspace add fields to them."""

from __future__ import annotations

from leadline.engines.schema.ports import Choice, Field, FieldType, ObjectType, objects
from leadline.engines.schema.queries import fields, fields_named, fields_of, object_type

__all__ = [
    "Choice",
    "Field",
    "FieldType",
    "ObjectType",
    "fields",
    "fields_named",
    "fields_of",
    "object_type",
    "offer",
]


def offer(described: ObjectType) -> None:
    """A room describes one of its objects; called once, from its room drawer."""
    objects[described.key] = described
