"""The workspace a transaction works in. PostgreSQL's row-level security reads it: the second wall."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from typing import Any, TypeVar
from uuid import UUID

from django.db import DatabaseError, OperationalError, connection, transaction
from django.db.models import Model, QuerySet

APP_ROLE = "leadline_app"
ENGINE_ROLE = "leadline_engine"

M = TypeVar("M", bound=Model)
T = TypeVar("T")

_current: ContextVar[UUID | None] = ContextVar("leadline_workspace", default=None)
_kept: ContextVar[dict[str, Any] | None] = ContextVar("leadline_kept", default=None)


def current() -> UUID | None:
    """The workspace of the running transaction, if any."""
    return _current.get()


def require_current() -> UUID:
    """The workspace of the running transaction; a programming error outside one."""
    workspace_id = _current.get()
    if workspace_id is None:
        raise RuntimeError("No workspace is entered; use tenancy.workspace(...).")
    return workspace_id


def kept(key: str, load: Callable[[], T]) -> T:
    """What was loaded under this key since the workspace was entered, loaded now if it was not.

    For what many ask for in one transaction; whoever changes it says so with `forget`.
    """
    found = _kept.get()
    if found is None:
        return load()
    if key not in found:
        found[key] = load()
    value: T = found[key]
    return value


def forget(key: str) -> None:
    """Let it be loaded anew."""
    (_kept.get() or {}).pop(key, None)


def forget_everything() -> None:
    """Let everything be loaded anew, as at the beginning of a transaction."""
    (_kept.get() or {}).clear()


def _tell(workspace_id: UUID | None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('leadline.workspace', %s, true)", [str(workspace_id) if workspace_id else ""]
        )


@contextmanager
def workspace(workspace_id: UUID) -> Iterator[None]:
    """Work inside one workspace, in one transaction: no row of another is seen or written."""
    outer = _current.get()
    token = _current.set(workspace_id)
    memory = _kept.set(_kept.get() if outer == workspace_id and connection.in_atomic_block else {})
    try:
        with transaction.atomic():
            # Inside an outer block of the same workspace the setting still holds; a rollback restores it.
            if outer != workspace_id or not connection.savepoint_ids:
                _tell(workspace_id)
            yield
        if outer != workspace_id and connection.in_atomic_block:
            _tell(outer)
    finally:
        _kept.reset(memory)
        _current.reset(token)


@contextmanager
def nowhere() -> Iterator[None]:
    """Work outside every workspace, as a job does before it enters its own; for the job engine."""
    outer = _current.get()
    token = _current.set(None)
    if connection.in_atomic_block:
        _tell(None)
    try:
        yield
    except BaseException:
        _current.reset(token)
        # What failed may have broken the transaction; then its own error is the one to tell.
        with suppress(DatabaseError):
            _return_to(outer)
        raise
    _current.reset(token)
    _return_to(outer)


def _return_to(outer: UUID | None) -> None:
    if connection.in_atomic_block and not connection.needs_rollback:
        _tell(outer)


@contextmanager
def everywhere() -> Iterator[None]:
    """Read (never write) across workspaces, for front doors that know only a token and for sweeps."""
    nested = connection.in_atomic_block
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL ROLE {ENGINE_ROLE}")
        yield
        # The end of the transaction gives the role back by itself.
        if nested:
            with connection.cursor() as cursor:
                cursor.execute(f"SET LOCAL ROLE {APP_ROLE}")


def asked_everywhere(statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """The rows of one reading statement across workspaces, in one journey to the database.

    It stands before every request, so it also finds out whether the connection still lives, and takes a
    new one if it does not.
    """
    if connection.in_atomic_block:
        with everywhere():
            return _rows(statement, values)
    # Statements sent together are one transaction, so the role is given back by itself.
    together = f"SET LOCAL ROLE {ENGINE_ROLE}; {statement}"
    try:
        return _rows(together, values)
    except OperationalError:
        connection.close()
        return _rows(together, values)


def _rows(statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        while cursor.nextset():
            pass
        return list(cursor.fetchall())


def first_everywhere(rows: QuerySet[M]) -> M | None:
    """The first of these rows across workspaces, in one journey to the database."""
    compiler = rows[:1].query.get_compiler(connection=connection)
    statement, values = compiler.as_sql()
    found = asked_everywhere(statement, values)
    if not found:
        return None
    columns = compiler.select or ()
    converters = compiler.get_converters([column for column, _, _ in columns])
    (row,) = compiler.apply_converters(found, converters) if converters else found
    names = [column.target.attname for column, _, _ in columns]
    return rows.model.from_db(connection.alias, names, row)
