"""Row-level security alone keeps two companies apart."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction

from leadline.infra import tenancy
from leadline.testing import people
from leadline.workspaces.actor import Actor
from leadline.workspaces.models import Member, Team, Workspace


def test_without_any_filter_a_company_sees_only_its_own_members(
    workspace: Workspace, stranger: Actor
) -> None:
    with tenancy.workspace(workspace.id):
        people.member(workspace, "Rita", "rep")
        assert [m.name for m in Member.objects.all()] == ["Rita"]
    with tenancy.workspace(stranger.workspace_id):
        assert [m.name for m in Member.objects.all()] == ["Zed"]


def test_outside_a_workspace_nothing_is_seen(rita: Actor) -> None:
    with tenancy.workspace(people.other().id):
        assert Member.objects.count() == 0


def test_a_row_of_another_company_cannot_be_written(workspace: Workspace, stranger: Actor) -> None:
    with (
        pytest.raises(DatabaseError, match="row-level security"),
        tenancy.workspace(workspace.id),
        transaction.atomic(),
    ):
        Team.objects.create(workspace_id=stranger.workspace_id, name="Spies")


def test_a_sweep_reads_everywhere_but_never_writes(rita: Actor, stranger: Actor) -> None:
    with tenancy.everywhere():
        assert {m.name for m in Member.objects.all()} == {"Rita", "Zed"}
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            Member.objects.update(name="Nobody")
    assert Member.objects.get(name="Rita")
