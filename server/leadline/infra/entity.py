"""The base of every table that belongs to a workspace."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db import models

from leadline.infra import bulk, tenancy
from leadline.kit import clock, ids


class Entity(models.Model):
    """A row with a time-ordered id, two times and a version that grows by one with every save."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    updated_at = models.DateTimeField(default=clock.now, editable=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and count the version up when the row existed before."""
        if not self._state.adding:
            self.version += 1
            self.updated_at = clock.now()
            if kwargs.get("update_fields") is not None:
                kwargs["update_fields"] = {*kwargs["update_fields"], "version", "updated_at"}
        super().save(*args, **kwargs)


class WorkspaceEntity(Entity):
    """A row of one workspace. The column has no foreign key: row-level security checks it on every write,
    and a key check per insert would lock the workspace's row in every capture."""

    workspace_id = models.UUIDField(default=tenancy.require_current, editable=False)

    class Meta:
        abstract = True


E = TypeVar("E", bound=Entity)


def save_all(rows: Iterable[E], fields: Iterable[str]) -> None:
    """Save the given fields of many rows of one table in one statement, versions counted up."""
    saved = list(rows)
    if not saved:
        return
    now = clock.now()
    for row in saved:
        row.version += 1
        row.updated_at = now
    bulk.save_rows(saved, [*fields, "version", "updated_at"])
