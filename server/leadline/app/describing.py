"""The description of the API: its logins, its refusals, and what the caller's workspace has added."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation

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
    FieldType.FILE: {"type": "object"},
}


_LOGINS = {
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": settings.SESSION_COOKIE_NAME,
        "description": "A member in the browser; writes carry the X-CSRFToken header as well.",
    },
    "key": {"type": "http", "scheme": "bearer", "description": "An API key from the settings."},
}
_PROBLEM = {
    "title": "Problem",
    "type": "object",
    "description": "Why a request was refused, with a sentence that says what to do.",
    "required": ["type", "status", "code", "detail"],
    "properties": {
        "type": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string", "description": "Stable; for programs."},
        "detail": {"type": "string", "description": "For people."},
        "field": {"type": "string", "description": "What the sentence is about."},
        "errors": {
            "type": "array",
            "description": "Every wrong field.",
            "items": {
                "type": "object",
                "properties": {"field": {"type": "string"}, "detail": {"type": "string"}},
            },
        },
        "current": {"description": "After a conflict: the record as it is now."},
    },
    "additionalProperties": True,
}
_REFUSAL = {
    "description": "Refused: the status and the code say why.",
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
}


class Description(OpenAPISchema):
    """Says of every operation who may ask and how a refusal looks."""

    def responses(self, operation: Operation) -> dict[Any, Any]:
        """The documented answers, and the form of every refusal."""
        known = {str(status): answer for status, answer in super().responses(operation).items()}
        return {**known, "default": {"$ref": "#/components/responses/Problem"}}

    def operation_security(self, operation: Operation) -> list[dict[str, Any]] | None:
        """By login or by key, or by nobody in particular."""
        return [{name: []} for name in _LOGINS] if operation.auth_callbacks else None

    def get_components(self) -> dict[str, Any]:
        """The shapes of all bodies, refusals and logins."""
        found = super().get_components()
        found["schemas"]["Problem"] = _PROBLEM
        return {**found, "responses": {"Problem": _REFUSAL}, "securitySchemes": _LOGINS}


class DescribedApi(NinjaAPI):
    """Whoever asks as a member or with a key finds the own fields under `custom`."""

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        """The description; a stranger gets the one that is the same for everybody."""
        if path_prefix is None:
            path_prefix = self.get_root_path(path_params or {})
        described = Description(api=self, path_prefix=path_prefix)
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
