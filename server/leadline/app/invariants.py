"""What must never be true, asked of the whole database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection

from leadline.infra import tenancy

FILE = Path(__file__).with_suffix(".sql")
SHOWN = 5

_FOREIGN_KEYS = """
SELECT c.conrelid::regclass::text, a.attname, c.confrelid::regclass::text, b.attname
FROM pg_constraint c
JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
JOIN pg_attribute b ON b.attrelid = c.confrelid AND b.attnum = c.confkey[1]
WHERE c.contype = 'f' AND c.connamespace = 'public'::regnamespace AND cardinality(c.conkey) = 1
  AND EXISTS (SELECT 1 FROM pg_attribute w WHERE w.attrelid = c.conrelid AND w.attname = 'workspace_id')
  AND EXISTS (SELECT 1 FROM pg_attribute w WHERE w.attrelid = c.confrelid AND w.attname = 'workspace_id')
ORDER BY 1, 2
"""


@dataclass(frozen=True)
class Broken:
    """An invariant that does not hold, with the first rows that break it."""

    sentence: str
    rows: list[tuple[Any, ...]]


def broken(*, timeless: bool = False) -> list[Broken]:
    """Every invariant that does not hold, over all workspaces; none is what everybody hopes for.

    With `timeless` those are left out that compare with the database's clock.
    """
    with tenancy.everywhere(), connection.cursor() as cursor:
        return broken_in(cursor, timeless=timeless)


def broken_in(cursor: Any, *, timeless: bool = False) -> list[Broken]:
    """The same, asked through the cursor of somebody who sees every workspace."""
    found = []
    for sentence, statement in (*written(), *_border_crossings(cursor)):
        if timeless and "now()" in statement:
            continue
        cursor.execute(statement)
        if rows := cursor.fetchmany(SHOWN):
            found.append(Broken(sentence, rows))
    return found


def written() -> Iterator[tuple[str, str]]:
    """The invariants of the file: what each says, and its statement."""
    for block in FILE.read_text(encoding="utf-8").split("\n\n")[1:]:
        lines = block.strip().splitlines()
        sentence = " ".join(line.removeprefix("-- ") for line in lines if line.startswith("--"))
        yield sentence, "\n".join(line for line in lines if not line.startswith("--")).rstrip(";")


def _border_crossings(cursor: Any) -> list[tuple[str, str]]:
    """One statement per foreign key between tables of workspaces."""
    cursor.execute(_FOREIGN_KEYS)
    return [
        (
            f"A row of {table} points through {column} into another workspace.",
            f"SELECT here.{column} FROM {table} here JOIN {other} there ON there.{key} = here.{column} "  # noqa: S608
            "WHERE there.workspace_id <> here.workspace_id",
        )
        for table, column, other, key in cursor.fetchall()
    ]
