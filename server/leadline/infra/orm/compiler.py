"""Compilers that take a short way for plain columns.

A lead with its contact, owner and stage is more than a hundred columns, and Django asks each of them five
questions per query whose answer is always the same. The SQL that comes out is Django's own, apart from
ORDER BY, which names the column instead of counting its place.
"""

from __future__ import annotations

from typing import Any

from django.db.backends.postgresql import compiler
from django.db.models.expressions import Col, ColPairs
from django.db.models.sql.compiler import SQLCompiler as AnyCompiler

from leadline.infra.orm.documents import columns_of

__all__ = [
    "SQLAggregateCompiler",
    "SQLCompiler",
    "SQLDeleteCompiler",
    "SQLInsertCompiler",
    "SQLUpdateCompiler",
]

_quoted: dict[str, str] = {}


class _PlainColumns(AnyCompiler):
    """What all compilers share; a mix-in in front of Django's."""

    def compile(self, node: Any) -> Any:
        """The node's SQL; a column's is its quoted names."""
        if node.__class__ is not Col or not node.alias:
            return super().compile(node)
        column = str(node.target.column)
        name = _quoted.get(column) or _quoted.setdefault(column, self._quote(column))
        alias = self.quote_cache.get(node.alias) or self.quote_name_unless_alias(node.alias)
        return f"{alias}.{name}", []

    def _quote(self, column: str) -> str:
        return str(self.connection.ops.quote_name(column))

    def get_converters(self, expressions: Any) -> Any:
        """What turns the database's values into Python's, by position; PostgreSQL itself adds nothing."""
        if ColPairs in map(type, expressions):
            return super().get_converters(expressions)
        found: dict[int, tuple[list[Any], Any]] = {}
        for place, one in enumerate(expressions):
            if one.__class__ is Col and one.target is one.output_field:
                converters = one.target.get_db_converters(self.connection)
            else:
                converters = one.get_db_converters(self.connection) if one else []
            if converters:
                found[place] = (converters, one)
        return found

    def has_composite_fields(self, expressions: Any) -> bool:
        """Whether a key of several columns is among them."""
        return ColPairs in map(type, expressions)

    def _order_by_pairs(self) -> Any:
        select = self.select
        query = self.query
        if query.combinator or query.distinct or not select or any(alias for _, _, alias in select):
            return super()._order_by_pairs()
        # Only a named expression is ordered by place for a reason; looking for plain columns among a hundred
        # costs more than the rest of the query.
        self.select = []
        try:
            pairs: Any = super()._order_by_pairs()
            return list(pairs)
        finally:
            self.select = select


class SQLCompiler(_PlainColumns, compiler.SQLCompiler):
    """SELECT."""


class SQLInsertCompiler(_PlainColumns, compiler.SQLInsertCompiler):
    """INSERT: of plain rows as one document."""

    def as_sql(self, *args: Any, **kwargs: Any) -> Any:
        """The statement with its values."""
        query: Any = self.query
        ops: Any = self.connection.ops
        columns = None if query.raw else columns_of(query.fields, self.connection)
        document = columns.document(query.objs) if columns and not columns.binary else None
        if columns is None or document is None:
            return super().as_sql(*args, **kwargs)
        returning, self.returning_params = "", ()
        if self.returning_fields:
            returning, self.returning_params = ops.return_insert_columns(self.returning_fields)
        parts = [
            ops.insert_statement(on_conflict=query.on_conflict),
            self._quote(query.get_meta().db_table),
            f"({columns.names})",
            "SELECT",
            columns.names,
            "FROM",
            columns.given,
            ops.on_conflict_suffix_sql(
                query.fields,
                query.on_conflict,
                (field.column for field in query.update_fields),
                (field.column for field in query.unique_fields),
            ),
            returning,
        ]
        return [(" ".join(filter(None, parts)), (document, *self.returning_params))]


class SQLDeleteCompiler(_PlainColumns, compiler.SQLDeleteCompiler):
    """DELETE."""


class SQLUpdateCompiler(_PlainColumns, compiler.SQLUpdateCompiler):
    """UPDATE."""


class SQLAggregateCompiler(_PlainColumns, compiler.SQLAggregateCompiler):
    """SELECT of totals over a subquery."""
