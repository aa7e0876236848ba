"""The question that stands before every request: across workspaces, on a living connection."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from leadline.infra import tenancy
from leadline.testing import people
from leadline.workspaces.models import Member, Workspace

_WHO = "SELECT pg_backend_pid(), count(*), current_user FROM workspaces_workspace WHERE id = %s"


def _who_works() -> tuple[int, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid(), current_user")
        found: tuple[int, str] = cursor.fetchone()
        return found


def _end(backend: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [backend])
    connection.close()


@pytest.mark.django_db(transaction=True)
def test_a_dead_connection_is_replaced_before_anybody_notices() -> None:
    acme = people.acme()
    first, _ = _who_works()
    elsewhere = threading.Thread(target=_end, args=(first,))
    elsewhere.start()
    elsewhere.join()
    ((second, count, role),) = tenancy.asked_everywhere(_WHO, [acme.id])
    assert (second != first, count, role) == (True, 1, tenancy.ENGINE_ROLE)


@pytest.mark.django_db(transaction=True)
def test_the_right_to_see_everything_ends_with_the_question() -> None:
    acme = people.acme()
    assert tenancy.asked_everywhere(_WHO, [acme.id])[0][1] == 1
    assert _who_works()[1] == tenancy.APP_ROLE
    assert Member.objects.count() == 0


def test_a_row_found_everywhere_is_a_whole_row(workspace: Workspace, statements: Callable[[], Any]) -> None:
    with tenancy.workspace(workspace.id):
        rita = people.member(workspace, "Rita", "rep")
    with tenancy.nowhere():
        found = tenancy.first_everywhere(Member.objects.filter(name="Rita"))
        assert tenancy.first_everywhere(Member.objects.filter(name="Nobody")) is None
    assert found is not None
    assert (found.id, found.workspace_id, found.active) == (rita.member_id, workspace.id, True)
    assert found.created_at.tzinfo is not None
