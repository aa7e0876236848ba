"""Locks that are held for long keep nobody waiting who does not mean them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from django.db import connection

from leadline.infra.locks import Lock
from leadline.testing import Api
from leadline.workspaces.tests.test_people import FIRST_RUN


@pytest.mark.parametrize("held", [lock for lock in Lock if lock != Lock.FIRST_RUN])
def test_the_first_run_works_while_others_hold_their_locks(
    db: None, api: Callable[..., Api], held: Lock
) -> None:
    with psycopg.connect(**_address(), autocommit=True) as clock_process:
        clock_process.execute("SELECT pg_advisory_lock(%s)", [held])
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '3s'")
        assert api().post("/start", FIRST_RUN).status_code == 201


def _address() -> dict[str, Any]:
    given = connection.get_connection_params()
    return {key: given[key] for key in ("dbname", "user", "password", "host", "port") if given.get(key)}
