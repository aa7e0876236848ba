"""Set-based writes: one statement for a thousand rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Model

from leadline.infra.orm.documents import Columns, columns_of
from leadline.kit import clock

_COUNTED = "version = t.version + 1, updated_at = %s"


def update_rows(model: type[Model], changes: Mapping[UUID, Mapping[str, Any]], fields: Sequence[str]) -> int:
    """Set the given fields of each row by id in one statement and count versions up; how many rows changed.

    Every change must name every field. Only the rows the transaction's workspace may write are changed.
    """
    if not changes:
        return 0
    columns = _columns(model, ("id", *fields))
    rows = [(row_id, *(change[name] for name in fields)) for row_id, change in changes.items()]
    return _update(model, columns, [_COUNTED], [clock.now(), columns.document_of(rows)])


def save_rows(rows: Sequence[Model], fields: Sequence[str]) -> int:
    """Write the given fields of these rows of one table in one statement; how many are still there."""
    if not rows:
        return 0
    columns = _columns(type(rows[0]), ("id", *fields))
    document = columns.document(rows)
    if document is None:
        raise TypeError("One of the rows holds a value that cannot be written.")
    return _update(type(rows[0]), columns, [], [document])


def _columns(model: type[Model], names: Sequence[str]) -> Columns:
    found = columns_of([model._meta.get_field(name) for name in names], connection)
    if found is None:
        raise TypeError(f"{model.__name__}: one of {', '.join(names)} cannot be written in bulk.")
    return found


def _update(model: type[Model], columns: Columns, more: Sequence[str], values: Sequence[Any]) -> int:
    """The first of the columns is the id."""
    sets = [*(f"{name} = given.{name}" for name in columns.quoted[1:]), *more]
    table = connection.ops.quote_name(model._meta.db_table)
    parts = ["UPDATE", table, "AS t SET", ", ".join(sets), "FROM", columns.given, "WHERE t.id = given.id"]
    with connection.cursor() as cursor:
        cursor.execute(" ".join(parts), values)
        return int(cursor.rowcount)
