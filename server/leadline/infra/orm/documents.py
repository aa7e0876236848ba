"""Hand rows to PostgreSQL as one JSON document, which it takes apart again.

Django gives every value of every row a question, a placeholder and a literal of its own, which for a thousand
leads with all that belongs to them is the larger part of the whole work. Here a row is read by one call and
the document is written by one. The columns our tables have need no more preparation than that.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import Any

from django.db import models
from pydantic_core import PydanticSerializationError, to_json

# Values of these are written as they are; a subclass may want to prepare them.
_PLAIN = frozenset(
    {
        models.UUIDField,
        models.CharField,
        models.TextField,
        models.EmailField,
        models.BooleanField,
        models.SmallIntegerField,
        models.IntegerField,
        models.BigIntegerField,
        models.PositiveSmallIntegerField,
        models.PositiveIntegerField,
        models.PositiveBigIntegerField,
        models.BigAutoField,
        models.DecimalField,
        models.FloatField,
        models.DateField,
        models.DateTimeField,
        models.JSONField,
        models.GenericIPAddressField,
        models.BinaryField,
    }
)
Fields = Sequence[Any]


class Columns:
    """Columns of a table as the columns of a document.

    `names` are the `quoted` ones separated by commas; `given` is what a statement reads from: a table of
    that name with these columns, made from its one parameter, the document. `binary` columns are written as
    hexadecimal digits, which is no way for large files.
    """

    def __init__(self, fields: Fields, connection: Any) -> None:
        self._names = [str(field.column) for field in fields]
        self._read = attrgetter(*(field.attname for field in fields))
        self._bytes = [n for n, field in enumerate(fields) if isinstance(field, models.BinaryField)]
        self.binary = bool(self._bytes)
        self.quoted = [str(connection.ops.quote_name(name)) for name in self._names]
        types = [_type_of(field, connection) for field in fields]
        described = ", ".join(f"{name} {type_}" for name, type_ in zip(self.quoted, types, strict=True))
        self.names = ", ".join(self.quoted)
        self.given = f"json_to_recordset(%s::json) AS given({described})"

    def document(self, rows: Sequence[Any]) -> str | None:
        """These rows of the table; None when one of them holds what only Django can write."""
        try:
            return self.document_of(map(self._read, rows))
        except PydanticSerializationError:
            return None

    def document_of(self, values: Iterable[Sequence[Any]]) -> str:
        """Rows whose values are given in the order of the columns."""
        names = self._names
        given = map(self._readable, values) if self._bytes else values
        return to_json([dict(zip(names, row, strict=True)) for row in given]).decode()

    def _readable(self, row: Sequence[Any]) -> Sequence[Any]:
        readable = list(row)
        for place in self._bytes:
            if readable[place] is not None:
                readable[place] = "\\x" + bytes(readable[place]).hex()
        return readable


# By the identities of the fields, which take long to compare; keeping them keeps their identities theirs.
_known: dict[tuple[int, ...], tuple[Fields, Columns | None]] = {}


def columns_of(fields: Fields, connection: Any) -> Columns | None:
    """These fields as columns, described once; None when one of them needs Django's own way."""
    key = tuple(map(id, fields))
    if key not in _known:
        plain = len(fields) > 1 and all(map(_is_plain, fields))
        _known[key] = (tuple(fields), Columns(fields, connection) if plain else None)
    return _known[key][1]


def _is_plain(field: Any) -> bool:
    if isinstance(field, models.ForeignKey):
        return _is_plain(field.target_field)
    clocked = getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)
    return type(field) in _PLAIN and not clocked and getattr(field, "encoder", None) is None


def _type_of(field: Any, connection: Any) -> str:
    # A varchar(20) would silently cut; as text the value is refused by the table's own type.
    found = str(field.db_type(connection))
    return "text" if found.startswith("varchar") else found
