"""The routes of the house, read from the URL table and the API description, with what fills them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Model
from django.urls import URLPattern, URLResolver, get_resolver

from leadline.app.api import api

# Which table the id in a path belongs to. A new route with a new name must be entered here.
PATH_IDS = {
    "member_id": "workspaces.Member",
    "team_id": "workspaces.Team",
    "invitation_id": "workspaces.Invitation",
    "key_id": "workspaces.ApiKey",
    "field_id": "schema.CustomField",
    "automation_id": "automation.Automation",
    "run_id": "automation.Run",
    "contact_id": "contacts.Contact",
    "company_id": "contacts.Company",
    "stage_id": "leads.Stage",
    "pipeline_id": "leads.Pipeline",
    "reason_id": "leads.LossReason",
    "lead_id": "leads.Lead",
    "message_id": "conversations.Message",
    "submission_id": "capture.Submission",
    "connection_id": "capture.Connection",
    "policy_id": "assignment.SlaPolicy",
    "form_id": "capture.Connection",
    "job_id": "infra.Job",
    "person_id": "whatsapp.SandboxPerson",
    "import_id": "transfer.Import",
    "export_id": "transfer.Export",
    "edit_id": "bulk.BulkEdit",
    "view_id": "views.SavedView",
    "objection_id": "leads.Objection",
    "customer_id": "customers.Customer",
    "conversion_id": "customers.Conversion",
    "existing_id": "customers.Customer",
    "mark_id": "formspam.SpamMark",
}
# `rule_id` means another table in each room.
RULES = {"/scoring/": "scoring.ScoreRule", "/assignment-rules/": "assignment.AssignmentRule"}
# Ids inside bodies and queries.
BODY_IDS = {
    **PATH_IDS,
    "owner_id": "workspaces.Member",
    "template_id": "conversations.Template",
    "object_id": "leads.Lead",
    "record_id": "leads.Lead",
    "to": "leads.Stage",
    "pipeline": "leads.Pipeline",
}
# API routes that answer without a login, and why that is right.
PUBLIC = {
    ("get", "/api/v1/start"): "the first-run page",
    ("post", "/api/v1/start"): "the first-run page; refused once a workspace exists",
    ("get", "/api/v1/invitation"): "needs the secret token of the link",
    ("post", "/api/v1/invitation/acceptances"): "needs the secret token of the link",
}
# Everything outside the API: how it is protected, checked by its own tests.
OUTSIDE = {
    "healthz": "says ok",
    "api/v1/openapi.json": "the description, the same for everybody",
    "api/v1/docs": "the description, the same for everybody",
    "api/v1/": "the API's root",
    "_allauth/": "the logged-in person's own login",
    "hooks/": "secret token and signature",
    "f/": "public forms by token",
    "m/": "a mail's picture, links and unsubscribing by sealed token",
    "t/": "the company's own websites, by token and origin",
    "sandbox/": "members only; the graph by its own token",
    "^(?!": "the front end's page",
}


@dataclass(frozen=True)
class Operation:
    """One verb of one address of the API."""

    verb: str
    path: str
    parameters: list[dict[str, Any]]
    body: dict[str, Any] | None

    @property
    def name(self) -> str:
        return f"{self.verb.upper()} {self.path}"

    def table_of(self, parameter: str) -> type[Model]:
        """The table a path parameter names; KeyError = the route has no entry."""
        for part, label in RULES.items():
            if parameter == "rule_id" and part in self.path:
                return apps.get_model(label)
        return apps.get_model(PATH_IDS[parameter])

    @property
    def asked(self) -> dict[str, Any]:
        """The schema of its body; AssertionError where it takes none."""
        assert self.body is not None, self.name
        return self.body

    @property
    def path_ids(self) -> list[str]:
        return [p["name"] for p in self.parameters if p["in"] == "path" and p["name"] != "n"]


def operations() -> list[Operation]:
    """Every operation of the API."""
    described = api.get_openapi_schema()
    schemas = described["components"]["schemas"]
    return [
        Operation(verb, path, list(said.get("parameters", [])), _body(said, schemas))
        for path, verbs in described["paths"].items()
        for verb, said in verbs.items()
    ]


def patterns(resolver: URLResolver | None = None, before: str = "") -> Iterator[str]:
    """Every pattern of the URL table."""
    for entry in (resolver or get_resolver()).url_patterns:
        place = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from patterns(entry, place)
        elif isinstance(entry, URLPattern):
            yield place


def _body(said: dict[str, Any], schemas: dict[str, Any]) -> dict[str, Any] | None:
    content = said.get("requestBody", {}).get("content", {})
    if not content:
        return None
    return resolve(next(iter(content.values()))["schema"], schemas)


def resolve(schema: dict[str, Any], schemas: dict[str, Any], depth: int = 0) -> dict[str, Any]:
    """The schema with its references put in, to a sane depth."""
    if "$ref" in schema:
        schema = schemas[schema["$ref"].rsplit("/", 1)[1]]
    if "anyOf" in schema:
        chosen: dict[str, Any] = next((s for s in schema["anyOf"] if s.get("type") != "null"), {})
        schema = {**chosen, "title": schema.get("title", "")}
        return resolve(schema, schemas, depth)
    if depth > 4:
        return schema
    if "properties" in schema:
        made = {k: resolve(v, schemas, depth + 1) for k, v in schema["properties"].items()}
        schema = {**schema, "properties": made}
    if "items" in schema:
        schema = {**schema, "items": resolve(schema["items"], schemas, depth + 1)}
    return schema


class Ids:
    """The ids of one company's rows by table, collected behind row-level security."""

    def __init__(self) -> None:
        self._rows: dict[str, UUID] = {}
        for model in apps.get_models():
            if any(field.name == "workspace_id" for field in model._meta.fields):
                rows = model._default_manager.order_by("pk")
                if model._meta.label == "capture.Connection":
                    # Forms are connections; theirs are the ids that form routes must be asked with.
                    rows = rows.filter(channel="form")
                if model._meta.label == "conversations.Message":
                    # Mails are messages, and only a mail has a page of its own.
                    rows = rows.filter(channel="email")
                row = rows.first()
                if row is not None and isinstance(row.pk, UUID):
                    self._rows[model._meta.label] = row.pk

    def of(self, label: str) -> UUID:
        """One row's id; KeyError when the company has no row of that table."""
        return self._rows[label]

    def fill(self, schema: dict[str, Any], name: str = "") -> Any:
        """A body of the schema in which every id is one of this company's."""
        if name in BODY_IDS or schema.get("format") == "uuid":
            label = BODY_IDS.get(name)
            return str(self._rows[label]) if label in self._rows else str(UUID(int=7))
        if name.endswith("_ids"):
            return [self.fill({}, name.removesuffix("s"))]
        if "enum" in schema:
            return schema["enum"][0]
        if "properties" in schema:
            wanted = set(schema.get("required", [])) | {k for k in schema["properties"] if _is_id(k)}
            return {k: self.fill(v, k) for k, v in schema["properties"].items() if k in wanted}
        return (
            _PLAIN.get(schema.get("type", ""), lambda s: None)(schema) if name != "id" else str(UUID(int=9))
        )


def _is_id(name: str) -> bool:
    return name in BODY_IDS or name.endswith("_ids")


_PLAIN: dict[str, Any] = {
    "string": lambda s: "eve@evil.example" if s.get("format") == "email" else "sweep",
    "integer": lambda s: 1,
    "number": lambda s: 1,
    "boolean": lambda s: True,
    "array": lambda s: [],
    "object": lambda s: {},
}
