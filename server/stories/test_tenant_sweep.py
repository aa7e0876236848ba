"""Nothing crosses a workspace: every route, every verb, strangers, colleagues and nobody."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.db.models.query import QuerySet

from leadline.infra import tenancy
from leadline.testing import Api
from leadline.workspaces.actor import Actor
from stories.sweep import company
from stories.sweep.routes import OUTSIDE, PATH_IDS, PUBLIC, RULES, Ids, Operation, operations, patterns

CANARY = "canary7f3"
OPERATIONS = operations()


@dataclass
class Two:
    """Two full companies."""

    acme: Actor
    reader: Actor
    acme_ids: Ids
    stranger: Actor


@pytest.fixture
def two(db: None, drain: Callable[[], int]) -> Two:
    acme = company.build("Acme", CANARY, drain)
    stranger = company.build("Other", "other9c1", drain)
    with tenancy.workspace(acme.workspace_id):
        ids = Ids()
    return Two(acme, company.lowest(acme, CANARY), ids, stranger)


def fingerprint(workspace_id: UUID) -> str:
    """A digest of everything a company owns, apart from remembered answers."""
    digest = hashlib.sha256()
    with tenancy.workspace(workspace_id), connection.cursor() as cursor:
        for model in apps.get_models():
            names = {field.name for field in model._meta.fields}
            if "workspace_id" in names and model._meta.label != "workspaces.IdempotentAnswer":
                table = model._meta.db_table
                cursor.execute(f"SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) FROM \"{table}\" t")
                digest.update(f"{table}{cursor.fetchone()}".encode())
    return digest.hexdigest()


def call(client: Api, operation: Operation, ids: Ids, *, foreign_query: bool = True) -> Any:
    """Call the operation with ids of the given company; whatever it did is undone afterwards."""
    path = operation.path.removeprefix("/api/v1")
    for parameter in operation.path_ids:
        path = path.replace("{" + parameter + "}", str(ids.of(operation.table_of(parameter)._meta.label)))
    path = path.replace("{n}", "0")
    query = {p["name"]: ids.fill(p["schema"], p["name"]) for p in operation.parameters if p["in"] == "query"}
    query = {k: v for k, v in query.items() if v is not None and k not in ("cursor", "filter", "sort")}
    query.update(
        {
            k: v
            for k, v in {"q": CANARY, "object": "lead", "limit": 20, "key": "custom.proof"}.items()
            if k in query
        }
    )
    for free in ("state", "kinds", "view", "channel"):
        query.pop(free, None)
    if operation.verb == "get":
        return client.get(path, **query)
    body = ids.fill(operation.body) if operation.body is not None else None
    with transaction.atomic():
        answer = getattr(client, operation.verb)(path, *([body] if operation.verb != "delete" else []))
        transaction.set_rollback(True)
    return answer


def test_every_route_has_an_entry() -> None:
    unknown = [
        f"{operation.name}: {parameter}"
        for operation in OPERATIONS
        for parameter in operation.path_ids
        if parameter not in PATH_IDS
        and not (parameter == "rule_id" and any(part in operation.path for part in RULES))
    ]
    addresses = {operation.path.removeprefix("/") for operation in OPERATIONS}
    for pattern in patterns():
        plain = pattern.replace("<uuidstr:", "{").replace("<", "{").replace(">", "}")
        if plain not in addresses and not any(pattern.startswith(known) for known in OUTSIDE):
            unknown.append(pattern)
    assert unknown == []


def test_nobody_gets_in_without_a_login(two: Two) -> None:
    client = Api()
    wrong = []
    for operation in OPERATIONS:
        answer = call(client, operation, two.acme_ids)
        if CANARY.encode() in answer.content:
            wrong.append(f"{operation.name}: a canary")
        if (operation.verb, operation.path) not in PUBLIC and answer.status_code != 401:
            wrong.append(f"{operation.name}: {answer.status_code} {answer.content[:120]!r}")
    assert not wrong, "\n".join(wrong)


def sweep(two: Two) -> list[str]:
    """What went wrong when the stranger tried everything with Acme's ids."""
    wrong = []
    client = Api(two.stranger)
    before = fingerprint(two.acme.workspace_id)
    for operation in OPERATIONS:
        if (operation.verb, operation.path) == ("post", "/api/v1/start"):
            continue
        answer = call(client, operation, two.acme_ids)
        said = b"" if answer.streaming else answer.content.replace(f'"q": "{CANARY}"'.encode(), b"")
        if CANARY.encode() in said:
            wrong.append(f"{operation.name}: a canary in the answer {answer.status_code}")
        if operation.path_ids and answer.status_code not in (404, 422):
            wrong.append(f"{operation.name}: {answer.status_code} {said[:120]!r}")
        if answer.status_code >= 500:
            wrong.append(f"{operation.name}: {answer.status_code}")
    if fingerprint(two.acme.workspace_id) != before:
        wrong.append("something of Acme changed")
    return wrong


def test_a_stranger_with_every_id_of_acme_gets_nothing_and_changes_nothing(two: Two) -> None:
    assert sweep(two) == []


def test_row_level_security_alone_keeps_the_stranger_out(two: Two, monkeypatch: pytest.MonkeyPatch) -> None:
    honest = QuerySet.filter

    def forgetful(self: Any, *args: Any, **kwargs: Any) -> Any:
        kwargs.pop("workspace_id", None)
        return honest(self, *args, **kwargs)

    monkeypatch.setattr(QuerySet, "filter", forgetful)
    assert sweep(two) == []


def test_a_reader_changes_nothing(two: Two) -> None:
    client = Api(two.reader)
    before = fingerprint(two.acme.workspace_id)
    wrong = []
    for operation in OPERATIONS:
        own = operation.path in ("/api/v1/me", "/api/v1/notices/reads")
        if operation.verb == "get" or own or (operation.verb, operation.path) in PUBLIC:
            continue
        answer = call(client, operation, two.acme_ids)
        if answer.status_code not in (403, 404, 422):
            wrong.append(f"{operation.name}: {answer.status_code} {answer.content[:120]!r}")
    assert not wrong, "\n".join(wrong)
    assert fingerprint(two.acme.workspace_id) == before


def test_the_owner_can_read_every_route_so_the_sweep_really_asks(two: Two) -> None:
    client = Api(two.acme)
    wrong = []
    for operation in OPERATIONS:
        if operation.verb != "get" or (operation.verb, operation.path) in PUBLIC:
            continue
        answer = call(client, operation, two.acme_ids)
        if answer.status_code != 200 and "media" not in operation.path:
            wrong.append(f"{operation.name}: {answer.status_code} {answer.content[:160]!r}")
    assert not wrong, "\n".join(wrong)
