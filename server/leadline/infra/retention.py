"""Forget rows that have been kept long enough, in every workspace, in small transactions."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet

from leadline.infra import tenancy

AT_ONCE = 5000


def forget(old: QuerySet[Any]) -> int:
    """Delete these rows, the oldest first as the query orders them; how many there were.

    The query is asked once across workspaces and then inside each, so it names only what is old.
    """
    deleted = 0
    for workspace_id in workspaces_with(old):
        while True:
            with tenancy.workspace(workspace_id):
                count = _delete(old.model, old.values("pk")[:AT_ONCE])
            deleted += count
            if count < AT_ONCE:
                break
    return deleted


def workspaces_with(rows: QuerySet[Any]) -> list[UUID]:
    """The workspaces that have such rows."""
    with tenancy.everywhere():
        return list(rows.order_by().values_list("workspace_id", flat=True).distinct())


def _delete(model: type[Model], keys: QuerySet[Any]) -> int:
    return model._default_manager.filter(pk__in=keys).delete()[0]
