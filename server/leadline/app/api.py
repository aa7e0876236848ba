"""The API: one NinjaAPI that every room adds its router to."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Router
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.operation import PathView
from ninja.parser import Parser
from ninja.utils import check_csrf

from leadline.app import rooms, upkeep_api
from leadline.app.describing import DescribedApi
from leadline.app.malformed import trouble_of
from leadline.app.problems import problem, problem_of
from leadline.infra.language import worded
from leadline.kit import json
from leadline.kit.errors import LeadlineError
from leadline.kit.sentences import say, sentence_from
from leadline.workspaces.actor import Actor


def _actor(request: HttpRequest) -> Actor | None:
    actor: Actor | None = getattr(request, "actor", None)
    if actor is not None and actor.api_key_id is None and check_csrf(request) is not None:
        raise HttpError(403, "The page is out of date. Reload it and try again.")
    return actor


class BodyParser(Parser):
    """Reads bodies as strangers' JSON: bounded in depth, exact in numbers, and always storable."""

    def parse_body(self, request: HttpRequest) -> Any:
        """The value; ninja answers 400 when it is none."""
        return json.loads(request.body)


api = DescribedApi(
    title="Leadline",
    parser=BodyParser(),
    version="1",
    auth=_actor,
    urls_namespace="api",
    docs_url="/docs",
    openapi_url="/openapi.json",
)


@api.exception_handler(LeadlineError)
def _refused(request: HttpRequest, error: LeadlineError) -> HttpResponse:
    return problem_of(error)


@api.exception_handler(ValidationError)
def _malformed(request: HttpRequest, error: ValidationError) -> HttpResponse:
    first = error.errors[0] if error.errors else {}
    path = [str(part) for part in first.get("loc", ()) if part not in ("body", "query", "path")]
    # Ninja names the parameter first; the caller knows only the fields inside it.
    field = ".".join(path[1:] if len(path) > 1 else path)
    errors = [
        {"field": ".".join(map(str, e["loc"][2:] or e["loc"][1:])), "detail": worded(trouble_of(e))}
        for e in error.errors
    ]
    unknown = first.get("type") == "extra_forbidden"
    code = "unknown_field" if unknown else "invalid_field"
    detail = (
        say("There is no field “{field}”.", field=field)
        if unknown
        else say("{field}: {trouble}.", field=field, trouble=sentence_from(trouble_of(first)))
    )
    return problem(422, code, detail, field=field, errors=errors)


@api.exception_handler(AuthenticationError)
def _unknown(request: HttpRequest, error: Any) -> HttpResponse:
    return problem(401, "unauthorized", "Sign in, or send a valid API key.")


@api.exception_handler(HttpError)
def _http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    codes = {400: "malformed_body", 403: "forbidden", 404: "not_found"}
    return problem(error.status_code, codes.get(error.status_code, "refused"), str(error))


@api.exception_handler(RequestDataTooBig)
def _too_big(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    return problem(413, "body_too_large", "The body is too large.")


def add_rooms() -> NinjaAPI:
    """Add every room's router; called once, by the URL table."""
    known: dict[str, PathView] = {}
    for module in rooms.drawers("api"):
        router: Router = import_module(module).router
        _share_addresses(router, known)
        api.add_router("", router)
    api.add_router("", upkeep_api.router)
    return api


def _share_addresses(router: Router, known: dict[str, PathView]) -> None:
    """Let two rooms answer one address with different verbs; the URL table asks only the first view."""
    for path, view in list(router.path_operations.items()):
        first = known.setdefault(path, view)
        if first is not view:
            first.operations.extend(view.operations)
            del router.path_operations[path]
