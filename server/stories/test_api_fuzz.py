"""Whatever strangers' programs send to the API, it answers as its description says and never breaks."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from time import monotonic
from typing import Any

import pytest
import requests
import schemathesis
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis.core.failures import FailureGroup
from schemathesis.core.result import Ok
from schemathesis.core.transport import Response
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from leadline.app.cli.openapi import description
from leadline.infra import tenancy
from leadline.testing import Api
from leadline.workspaces.actor import Actor
from stories.sweep import company
from stories.sweep.routes import Ids, Operation, operations

CHECKS = [
    schemathesis.checks.not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
DESCRIPTION = json.loads(description())
KNOWN = {(operation.verb, operation.path): operation for operation in operations()}
# A busy machine asks each operation less often, but at least once.
SECONDS = 45
GENERATED = settings(
    max_examples=12,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
SENT = {"method", "url", "headers", "params", "json", "data", "files"}


@pytest.fixture
def acme(db: None, held: Any, drain: Callable[[], int]) -> Iterator[tuple[Actor, Ids]]:
    """A company with a row in every table that a path may name."""
    owner = company.build("Acme", "fuzz", drain)
    with tenancy.workspace(owner.workspace_id):
        yield owner, Ids()


def test_nothing_that_is_sent_breaks_the_house_or_its_description(acme: tuple[Actor, Ids]) -> None:
    owner, ids = acme
    client = Api(owner)
    client.client.raise_request_exception = False
    wrong: dict[str, str] = {}
    for found in schemathesis.openapi.from_dict(DESCRIPTION).get_all_operations():
        assert isinstance(found, Ok), found
        operation = found.ok()
        for trouble in troubles(client, operation, KNOWN[operation.method, operation.path], ids):
            wrong.setdefault(f"{operation.method} {operation.path}: {trouble.splitlines()[0]}", trouble)
    assert not wrong, "\n\n".join(f"{where}\n{trouble}" for where, trouble in wrong.items())


def troubles(client: Api, operation: Any, known: Operation, ids: Ids) -> list[str]:
    """What goes wrong when an operation is asked with anything that fits its description."""
    found: list[str] = []
    until, asked = monotonic() + SECONDS / len(KNOWN), [0]

    @seed(1)
    @GENERATED
    @given(case=operation.as_strategy(), real=st.booleans())
    def ask(case: Any, real: bool) -> None:
        if asked[0] and monotonic() > until:
            return
        asked[0] += 1
        if real:
            case.path_parameters = own_ids(known, ids, case.path_parameters)
        with transaction.atomic():
            answer = send(client, case)
            transaction.set_rollback(True)
        if trouble := judged(case, answer):
            found.append(trouble)

    ask()
    return found


def own_ids(operation: Operation, ids: Ids, given: dict[str, Any]) -> dict[str, Any]:
    """The path's parameters with ids that exist."""
    own = {name: str(ids.of(operation.table_of(name)._meta.label)) for name in operation.path_ids}
    return {**given, **own}


def send(client: Api, case: Any) -> Any:
    """What the house answers."""
    sent = case.as_transport_kwargs(base_url="http://testserver")
    request = requests.Request(**{k: v for k, v in sent.items() if k in SENT}).prepare()
    plain = {str(name): str(value) for name, value in request.headers.items()}
    headers = {k: v for k, v in plain.items() if k.lower() not in ("cookie", "content-length")}
    return client.client.generic(
        case.method,
        request.path_url,
        request.body or b"",
        content_type=headers.pop("Content-Type", "application/json"),
        headers=headers,
    )


def judged(case: Any, answer: Any) -> str:
    """What is wrong with an answer; empty when it is as described."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    response = Response(
        status_code=answer.status_code,
        headers={name.lower(): [value] for name, value in answer.headers.items()},
        content=content,
        request=requests.Request(case.method, "http://testserver" + answer.request["PATH_INFO"]).prepare(),
        elapsed=timedelta().total_seconds(),
        verify=False,
    )
    try:
        case.validate_response(response, checks=CHECKS)
    except FailureGroup as group:
        return "\n".join(str(one) for one in group.exceptions)
    return ""
