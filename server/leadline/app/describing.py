"""The description of the API, as the caller's own workspace has extended it."""

from __future__ import annotations

from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from leadline.engines.schema import queries as schema
from leadline.engines.schema.actions import Field, FieldType
from leadline.infra import tenancy

_TYPES: dict[FieldType, dict[str, Any]] = {
    FieldType.NUMBER: {"type": "number"},
    FieldType.MONEY: {"type": "integer"},
    FieldType.BOOL: {"type": "boolean"},
    FieldType.DATE: {"type": "string", "format": "date"},
    FieldType.DATETIME: {"type": "string", "format": "date-time"},
    FieldType.EMAIL: {"type": "string", "format": "email"},
    FieldType.URL: {"type": "string", "format": "uri"},
    FieldType.MULTI_CHOICE: {"type": "array", "items": {"type": "string"}},
    FieldType.TAGS: {"type": "array", "items": {"type": "string"}},
}


class DescribedApi(NinjaAPI):
    """Whoever asks as a member or with a key finds the own fields under `custom`."""

    def get_openapi_schema(self, **more: Any) -> OpenAPISchema:
        """The description; a stranger gets the one that is the same for everybody."""
        described = super().get_openapi_schema(**more)
        if tenancy.current() is None:
            return described
        own = {field.key.removeprefix("custom."): _shape(field) for field in _own_fields()}
        for shape in described["components"]["schemas"].values():
            custom = shape.get("properties", {}).get("custom", {})
            if custom.get("type") == "object":
                custom["properties"] = own
        return described


def _own_fields() -> list[Field]:
    return schema.custom_fields(schema.object_type("lead"))


def _shape(field: Field) -> dict[str, Any]:
    shape = {"title": field.label, **_TYPES.get(field.type, {"type": "string"})}
    choices = [choice.value for choice in field.choice_list()] if field.type == FieldType.CHOICE else []
    return {**shape, "enum": choices} if choices else shape
