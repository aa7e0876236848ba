"""A transaction reads its workspace once, and sees its own changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from leadline.infra import tenancy
from leadline.workspaces import actions, queries
from leadline.workspaces.actor import Actor
from leadline.workspaces.models import Workspace


def test_the_workspace_is_read_once_in_a_transaction(
    ada: Actor, workspace: Workspace, statements: Callable[[], Any]
) -> None:
    with tenancy.workspace(workspace.id), statements() as seen:
        names = {queries.own_workspace(ada).name for _ in range(3)}
    assert names == {"Acme"}
    assert sum("workspaces_workspace" in one["sql"] for one in seen.captured_queries) == 1


def test_a_changed_workspace_is_seen_at_once(ada: Actor, workspace: Workspace) -> None:
    with tenancy.workspace(workspace.id):
        before = queries.own_workspace(ada)
        actions.change_workspace(ada, {"name": "Acme Kitchens"}, before.version)
        assert queries.own_workspace(ada).name == "Acme Kitchens"


def test_the_next_transaction_reads_anew(workspace: Workspace) -> None:
    product = Actor.product(workspace.id)
    with tenancy.workspace(workspace.id):
        queries.own_workspace(product)
    Workspace.objects.filter(id=workspace.id).update(name="Renamed elsewhere")
    with tenancy.workspace(workspace.id):
        assert queries.own_workspace(product).name == "Renamed elsewhere"


def test_nothing_kept_crosses_into_another_workspace(
    ada: Actor, stranger: Actor, workspace: Workspace
) -> None:
    with tenancy.workspace(workspace.id):
        queries.own_workspace(ada)
        with tenancy.workspace(stranger.workspace_id):
            assert queries.own_workspace(stranger).name == "Other"
        assert queries.own_workspace(ada).name == "Acme"
