"""Find one row among those an actor may see."""

from __future__ import annotations

from typing import TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet

from leadline.kit.errors import NotFound
from leadline.kit.sentences import say

M = TypeVar("M", bound=Model)


def get(rows: QuerySet[M], row_id: UUID) -> M:
    """The row with this id; NotFound (404) when it is not among the given rows."""
    row = rows.filter(pk=row_id).first()
    if row is None:
        raise missing(rows.model)
    return row


def missing(model: type[Model]) -> NotFound:
    """What is raised for a row that is not among those the actor may see."""
    return NotFound(say("There is no {thing} with this id.", thing=say(str(model._meta.verbose_name))))


def lock(rows: QuerySet[M], row_id: UUID) -> M:
    """Like get(), and nobody else changes the row until this transaction ends."""
    return get(rows.select_for_update(of=("self",)), row_id)
