"""Set-based writes: one statement for a thousand rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast
from uuid import UUID

from django.db import connection
from django.db.models import Field, Model
from psycopg import sql

from leadline.kit import clock


def update_rows(model: type[Model], changes: Mapping[UUID, Mapping[str, Any]], fields: Sequence[str]) -> int:
    """Set the given fields of each row by id in one statement and count versions up; how many rows changed.

    Every change must name every field. Only the rows the transaction's workspace may write are changed.
    """
    if not changes:
        return 0
    described = [cast("Field[Any, Any]", model._meta.get_field(name)) for name in fields]
    columns = [str(field.column) for field in described]
    types = [str(field.db_type(connection)) for field in described]
    statement = sql.SQL(
        "UPDATE {table} AS t SET {sets}, version = t.version + 1, updated_at = %s "
        "FROM unnest(%s::uuid[], {casts}) AS v(id, {names}) WHERE t.id = v.id"
    ).format(
        table=sql.Identifier(model._meta.db_table),
        sets=sql.SQL(", ").join(sql.SQL("{0} = v.{0}").format(sql.Identifier(column)) for column in columns),
        casts=sql.SQL(", ").join(sql.SQL("%s::{}[]").format(sql.SQL(_base(name))) for name in types),
        names=sql.SQL(", ").join(map(sql.Identifier, columns)),
    )
    values = [
        [field.get_db_prep_save(change[name], connection) for change in changes.values()]
        for name, field in zip(fields, described, strict=True)
    ]
    with connection.cursor() as cursor:
        cursor.execute(statement.as_string(cursor.connection), [clock.now(), list(changes), *values])
        return int(cursor.rowcount)


def _base(column_type: str) -> str:
    # varchar(20)[] would silently cut; text keeps the column's own check.
    return "text" if column_type.startswith("varchar") else column_type
